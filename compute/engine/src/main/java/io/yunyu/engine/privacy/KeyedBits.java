package io.yunyu.engine.privacy;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import javax.crypto.Mac;
import javax.crypto.ShortBufferException;
import javax.crypto.spec.SecretKeySpec;

/**
 * The stream of bits that belongs to one secret and one purpose: HMAC-SHA256 in counter mode. Asked again it gives the
 * same bits, so that noise drawn a second time is the same noise and tells nothing new. Whoever cannot tell HMAC-SHA256
 * from a random function cannot tell the stream from fresh bits; whoever has the secret can take the noise off.
 */
public final class KeyedBits implements RandomBits {
    private static final int MIN_SECRET_BYTES = 32;
    private static final String HMAC = "HmacSHA256";

    private final Mac stream;
    private final byte[] block;
    private int used;
    private long counter;

    private KeyedBits(Mac stream) {
        this.stream = stream;
        this.block = new byte[stream.getMacLength()];
        this.used = block.length;
    }

    /**
     * @param secret at least 32 bytes
     * @param purpose what the bits are for, down to the single number they perturb: two numbers with the same purpose
     *     get the same noise, and their difference would be free of it
     */
    public static KeyedBits of(byte[] secret, byte[] purpose) {
        return new KeyedBits(mac(derived(secret, purpose)));
    }

    /** A key of its own for a purpose. */
    public static byte[] derived(byte[] secret, byte[] purpose) {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("The noise secret has " + secret.length + " bytes, but needs at least "
                    + MIN_SECRET_BYTES + ": a short one can be guessed.");
        }
        Mac mac = mac(secret);
        mac.update("yunyu.privacy.v1\0".getBytes(StandardCharsets.UTF_8));
        return mac.doFinal(purpose);
    }

    @Override
    public void fill(byte[] into) {
        for (int done = 0; done < into.length; ) {
            if (used == block.length) {
                next();
            }
            int length = Math.min(into.length - done, block.length - used);
            System.arraycopy(block, used, into, done, length);
            used += length;
            done += length;
        }
    }

    private void next() {
        stream.update(ByteBuffer.allocate(Long.BYTES).putLong(0, counter++));
        try {
            stream.doFinal(block, 0);
        } catch (ShortBufferException e) {
            throw new IllegalStateException("A block of HMAC-SHA256 does not fit its buffer.", e);
        }
        used = 0;
    }

    private static Mac mac(byte[] key) {
        try {
            Mac mac = Mac.getInstance(HMAC);
            mac.init(new SecretKeySpec(key, HMAC));
            return mac;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is missing from this Java runtime, which must offer it.", e);
        }
    }
}
