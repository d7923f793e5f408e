package io.yunyu.engine.perturbation;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.util.stream.IntStream;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;

/** Pseudorandom numbers and permutations that only the holder of a secret can compute: HMAC-SHA256 in counter mode. */
final class KeyedNumbers {
    private static final int MIN_SECRET_BYTES = 16;

    private final SecretKeySpec key;

    KeyedNumbers(byte[] secret) {
        if (secret.length < MIN_SECRET_BYTES) {
            throw new IllegalArgumentException("The perturbation secret has " + secret.length + " bytes, but needs at"
                    + " least " + MIN_SECRET_BYTES + ": a short one can be guessed. Use 32 random bytes.");
        }
        key = new SecretKeySpec(secret, "HmacSHA256");
    }

    /** The 64-bit number at a position of the stream of a purpose. */
    long number(String purpose, long position) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(key);
            mac.update(ByteBuffer.allocate(Long.BYTES).putLong(position).array());
            return ByteBuffer.wrap(mac.doFinal(("yunyu.perturbation.v1." + purpose).getBytes(StandardCharsets.UTF_8)))
                    .getLong();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("HMAC-SHA256 is missing from this Java runtime, which must offer it.", e);
        }
    }

    /** A permutation of 0..size-1, uniform over the secrets: Fisher and Yates. */
    int[] permutation(int size, String purpose) {
        int[] order = IntStream.range(0, size).toArray();
        long position = 0;
        for (int k = size - 1; k > 0; k--) {
            long bound = k + 1L;
            long drawn;
            do {
                drawn = number(purpose, position++) >>> 1;
                // Numbers of the last, incomplete run of the bound would favour small indices.
            } while (drawn >= Long.MAX_VALUE - Long.MAX_VALUE % bound);
            int other = (int) (drawn % bound);
            int kept = order[k];
            order[k] = order[other];
            order[other] = kept;
        }
        return order;
    }
}
