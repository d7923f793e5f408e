package io.yunyu.cli.generate;

/**
 * A keyed one-to-one map of 0..size-1 onto itself, without memory: a Feistel network of four rounds over the next even
 * power of two, walked until it falls inside (Black, Rogaway, "Ciphers with arbitrary finite domains", 2002). Mixes
 * well enough for data; it is no encryption.
 */
final class Permutation {
    private static final int ROUNDS = 4;

    private final long size;
    private final int halfBits;
    private final long halfMask;
    private final long[] roundKeys = new long[ROUNDS];

    Permutation(long size, long key) {
        this.size = size;
        int bits = Math.max(2, 64 - Long.numberOfLeadingZeros(size - 1));
        this.halfBits = (bits + 1) / 2;
        this.halfMask = (1L << halfBits) - 1;
        for (int i = 0; i < ROUNDS; i++) {
            roundKeys[i] = Draws.mix(key + i + 1);
        }
    }

    /** The image of {@code index}. Takes four steps in the worst mean case, one in the best. */
    long apply(long index) {
        long value = index;
        do {
            value = network(value);
        } while (value >= size);
        return value;
    }

    private long network(long value) {
        long left = value >>> halfBits;
        long right = value & halfMask;
        for (long roundKey : roundKeys) {
            long next = left ^ (Draws.mix(right ^ roundKey) & halfMask);
            left = right;
            right = next;
        }
        return left << halfBits | right;
    }
}
