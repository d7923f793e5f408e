package io.yunyu.engine.rank;

/** Whole numbers modulo the Mersenne prime 2^61 - 1. */
final class PrimeField {
    static final long P = (1L << 61) - 1;

    private PrimeField() {}

    static long add(long a, long b) {
        long sum = a + b;
        return sum >= P ? sum - P : sum;
    }

    static long negative(long a) {
        return a == 0 ? 0 : P - a;
    }

    static long times(long a, long b) {
        long high = Math.multiplyHigh(a, b);
        long low = a * b;
        long folded = (low & P) + (low >>> 61 | high << 3);
        folded = (folded & P) + (folded >>> 61);
        return folded == P ? 0 : folded;
    }

    /** By Fermat: a^(p-2). */
    static long inverse(long a) {
        long result = 1;
        long base = a;
        for (long e = P - 2; e > 0; e >>= 1) {
            if ((e & 1) == 1) {
                result = times(result, base);
            }
            base = times(base, base);
        }
        return result;
    }
}
