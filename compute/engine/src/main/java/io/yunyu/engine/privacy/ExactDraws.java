package io.yunyu.engine.privacy;

import java.math.BigInteger;

/**
 * Draws with exactly the probability that is asked for: integers only, no logarithm and no floating point, whose low bits
 * would reveal what the noise hides (Mironov 2012). How long a draw takes depends on what is drawn.
 */
public final class ExactDraws {
    private static final int BUFFER_BYTES = 64;

    private final RandomBits bits;
    private final byte[] buffer = new byte[BUFFER_BYTES];
    private int usedBits = BUFFER_BYTES * Byte.SIZE;

    public ExactDraws(RandomBits bits) {
        this.bits = bits;
    }

    boolean bit() {
        if (usedBits == BUFFER_BYTES * Byte.SIZE) {
            bits.fill(buffer);
            usedBits = 0;
        }
        boolean bit = (buffer[usedBits >> 3] >> (usedBits & 7) & 1) == 1;
        usedBits++;
        return bit;
    }

    private long bits(int count) {
        long value = 0;
        for (int i = 0; i < count; i++) {
            value = value << 1 | (bit() ? 1 : 0);
        }
        return value;
    }

    /** Uniform on 0..bound-1. */
    BigInteger below(BigInteger bound) {
        int length = bound.subtract(BigInteger.ONE).bitLength();
        if (length < Long.SIZE) {
            return BigInteger.valueOf(below(bound.longValueExact(), length));
        }
        BigInteger drawn;
        do {
            byte[] bytes = new byte[(length + 7) / 8];
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] = (byte) bits(i == 0 && length % 8 != 0 ? length % 8 : 8);
            }
            drawn = new BigInteger(1, bytes);
        } while (drawn.compareTo(bound) >= 0);
        return drawn;
    }

    private long below(long bound, int length) {
        long drawn;
        do {
            drawn = bits(length);
        } while (drawn >= bound);
        return drawn;
    }

    /** True with a probability of numerator / denominator, at most 1. */
    boolean bernoulli(BigInteger numerator, BigInteger denominator) {
        return below(denominator).compareTo(numerator) < 0;
    }

    /** True with the given probability, at most 1. */
    boolean bernoulli(Ratio probability) {
        return bernoulli(probability.numerator(), probability.denominator());
    }

    /** True with probability exp(-numerator / denominator), an exponent of at least 0: CKS20, algorithm 1. */
    boolean bernoulliExp(BigInteger numerator, BigInteger denominator) {
        BigInteger rest = numerator;
        while (rest.compareTo(denominator) > 0) {
            if (!bernoulliExpOfFraction(BigInteger.ONE, BigInteger.ONE)) {
                return false;
            }
            rest = rest.subtract(denominator);
        }
        return bernoulliExpOfFraction(rest, denominator);
    }

    private boolean bernoulliExpOfFraction(BigInteger numerator, BigInteger denominator) {
        long k = 1;
        while (bernoulli(numerator, denominator.multiply(BigInteger.valueOf(k)))) {
            k++;
        }
        return k % 2 == 1;
    }
}
