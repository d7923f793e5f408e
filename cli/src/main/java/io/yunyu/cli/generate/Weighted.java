package io.yunyu.cli.generate;

/** Draws from a finite distribution in constant time: the alias method (Vose, 1991). */
final class Weighted {
    private final long[] threshold;
    private final int[] alias;

    /** @param weights not negative, one of them positive; they need not add up to one */
    Weighted(double[] weights) {
        int n = weights.length;
        double total = 0;
        for (double weight : weights) {
            total += weight;
        }
        threshold = new long[n];
        alias = new int[n];
        double[] scaled = new double[n];
        int[] small = new int[n];
        int[] large = new int[n];
        int smallCount = 0;
        int largeCount = 0;
        for (int i = 0; i < n; i++) {
            scaled[i] = weights[i] * n / total;
            if (scaled[i] < 1) {
                small[smallCount++] = i;
            } else {
                large[largeCount++] = i;
            }
        }
        while (smallCount > 0 && largeCount > 0) {
            int less = small[--smallCount];
            int more = large[largeCount - 1];
            put(less, scaled[less], more);
            scaled[more] -= 1 - scaled[less];
            if (scaled[more] < 1) {
                largeCount--;
                small[smallCount++] = more;
            }
        }
        while (largeCount > 0) {
            int i = large[--largeCount];
            put(i, 1, i);
        }
        while (smallCount > 0) {
            int i = small[--smallCount];
            put(i, 1, i);
        }
    }

    /** The index drawn by one random number. */
    int pick(Draws draws) {
        long random = draws.next();
        int i = (int) (((random >>> 32) * threshold.length) >>> 32);
        return (random & 0xFFFFFFFFL) < threshold[i] ? i : alias[i];
    }

    private void put(int i, double share, int other) {
        threshold[i] = (long) (share * 0x1.0p32);
        alias[i] = other;
    }
}
