package io.yunyu.anonymizer.masking;

import java.nio.charset.StandardCharsets;
import java.security.InvalidKeyException;
import java.security.NoSuchAlgorithmException;
import java.util.Arrays;
import java.util.HexFormat;
import javax.crypto.Mac;

/**
 * Pseudonyms: the first 128 bits of HMAC-SHA-256 of a value under a secret key, as 32 hexadecimal digits. The same value
 * gets the same pseudonym under the same key and scope, so that records can be joined; without the key neither can a
 * pseudonym be made from a guessed value, nor compared with those under another key.
 *
 * <p>Pseudonyms are personal information still: whoever holds the key can tell who is who, and the records of one person
 * stay linked. Two values share a pseudonym with a probability of about n^2 / 2^129 among n values.
 */
public final class Pseudonyms implements Masking {
    private static final long serialVersionUID = 1;
    private static final int BYTES = 16;
    private static final String CONTEXT = "yunyu anonymizer pseudonym v1";

    private final PseudonymKey key;
    private final String scope;

    /** @param scope what the values name; equal scopes give equal pseudonyms, whatever the column is called */
    public Pseudonyms(PseudonymKey key, String scope) {
        this.key = key;
        this.scope = scope;
    }

    @Override
    public String masked(String value) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key.secret());
            // Lengths keep scope and value apart, whatever characters they hold.
            mac.update((CONTEXT + " " + scope.length() + " " + scope + " ").getBytes(StandardCharsets.UTF_8));
            byte[] digest = mac.doFinal(value.getBytes(StandardCharsets.UTF_8));
            return HexFormat.of().formatHex(Arrays.copyOf(digest, BYTES));
        } catch (NoSuchAlgorithmException | InvalidKeyException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA-256.", e);
        }
    }

    @Override
    public String label() {
        return "pseudonym(HMAC-SHA-256, scope=" + scope + ")";
    }

    @Override
    public boolean keepsMeaning() {
        return false;
    }

    @Override
    public boolean hidesIdentity() {
        return true;
    }
}
