package io.yunyu.ledger.event;

import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.merkle.MerkleHashing;
import java.nio.charset.StandardCharsets;
import java.security.SecureRandom;

/**
 * What opens a commitment: the event and the salt it was committed with. The log holds only
 * SHA-256(salt, event), so that events of low entropy cannot be guessed from it, and erasing the opening erases the
 * event while every proof stays valid.
 *
 * @param salt base64 of 32 random bytes
 */
public record Opening(String salt, AuditEvent event) {
    private static final int SALT_BYTES = 32;
    private static final SecureRandom RANDOM = new SecureRandom();

    public Opening {
        StrictBase64.decode(salt, SALT_BYTES, "An event's salt");
    }

    /** An opening with a fresh salt. */
    public static Opening of(AuditEvent event) {
        byte[] salt = new byte[SALT_BYTES];
        RANDOM.nextBytes(salt);
        return new Opening(StrictBase64.encode(salt), event);
    }

    /** The commitment: the data of the leaf. */
    public byte[] commitment() {
        return ContentDigest.sha256(
                StrictBase64.decode(salt, SALT_BYTES, "An event's salt"),
                event.toText().getBytes(StandardCharsets.UTF_8));
    }

    public byte[] leafHash() {
        return MerkleHashing.leaf(commitment());
    }

    /** Without the salt. */
    @Override
    public String toString() {
        return "Opening[" + event.type() + "]";
    }
}
