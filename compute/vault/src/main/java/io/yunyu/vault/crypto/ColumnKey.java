package io.yunyu.vault.crypto;

import com.google.crypto.tink.subtle.AesGcmJce;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;

/** The key of one column of one dataset. It wraps data keys and never leaves the vault. */
public final class ColumnKey {
    public static final int KEY_BYTES = 32;

    private static final SecureRandom RANDOM = new SecureRandom();

    private final AesGcmJce aead;
    private final byte[] place;

    public ColumnKey(byte[] key, String dataset, String column) {
        try {
            this.aead = new AesGcmJce(key);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot use a column key.", e);
        }
        this.place = (dataset + "|" + column).getBytes(StandardCharsets.UTF_8);
    }

    /** 32 random bytes: a column key, a data key or a secret. */
    public static byte[] random() {
        byte[] key = new byte[KEY_BYTES];
        RANDOM.nextBytes(key);
        return key;
    }

    public byte[] wrap(byte[] dataKey) {
        try {
            return aead.encrypt(dataKey, place);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Tink cannot wrap a data key.", e);
        }
    }

    /** @throws GeneralSecurityException if it was wrapped for another column or dataset, by another vault, or changed */
    public byte[] unwrap(byte[] wrapped) throws GeneralSecurityException {
        return aead.decrypt(wrapped, place);
    }
}
