package io.yunyu.vault.crypto;

import com.google.crypto.tink.subtle.Ed25519Sign;
import com.google.crypto.tink.subtle.Ed25519Verify;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.json.JsonException;
import java.security.GeneralSecurityException;

/** Raw Ed25519 signatures (RFC 8032) by keys of the vault, and their verification by keys that documents name. */
public final class Ed25519 {
    private static final String PREFIX = "ed25519:";
    private static final int KEY_BYTES = 32;
    private static final int SIGNATURE_BYTES = 64;

    private final byte[] seed;
    private final byte[] publicKey;

    /** @param entry as {@link #generate} made it: seed and public key */
    public Ed25519(byte[] entry) {
        this.seed = java.util.Arrays.copyOf(entry, KEY_BYTES);
        this.publicKey = java.util.Arrays.copyOfRange(entry, KEY_BYTES, 2 * KEY_BYTES);
    }

    /** A new key pair in the form it is stored in. */
    public static byte[] generate() {
        try {
            Ed25519Sign.KeyPair pair = Ed25519Sign.KeyPair.newKeyPair();
            byte[] entry = java.util.Arrays.copyOf(pair.getPrivateKey(), 2 * KEY_BYTES);
            System.arraycopy(pair.getPublicKey(), 0, entry, KEY_BYTES, KEY_BYTES);
            return entry;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot make an Ed25519 key.", e);
        }
    }

    public byte[] publicKey() {
        return publicKey.clone();
    }

    /** {@code ed25519:…} */
    public String publicKeyText() {
        return PREFIX + StrictBase64.encode(publicKey);
    }

    public byte[] sign(byte[] message) {
        try {
            return new Ed25519Sign(seed).sign(message);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot sign with the vault's key.", e);
        }
    }

    /** Signs a document as one of the given type. */
    public Signature sign(String type, String document) {
        return new Signature(publicKeyText(), StrictBase64.encode(sign(Signature.message(type, document))));
    }

    /** Whether the signature is by the named key and over the document; malformed keys and signatures are not. */
    public static boolean verifies(String key, String type, String document, Signature signature) {
        if (!signature.key().equals(key) || !key.startsWith(PREFIX)) {
            return false;
        }
        try {
            byte[] publicKey = StrictBase64.decode(key.substring(PREFIX.length()), KEY_BYTES, "A public key");
            byte[] value = StrictBase64.decode(signature.value(), SIGNATURE_BYTES, "A signature");
            new Ed25519Verify(publicKey).verify(value, Signature.message(type, document));
            return true;
        } catch (JsonException | GeneralSecurityException | IllegalArgumentException e) {
            return false;
        }
    }

    /** The public half only. */
    @Override
    public String toString() {
        return "Ed25519[" + publicKeyText() + "]";
    }
}
