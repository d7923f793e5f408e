package io.yunyu.engine.privacy;

import java.util.Arrays;
import java.util.function.LongSupplier;
import org.apache.commons.math3.distribution.BetaDistribution;

/**
 * How different two mechanisms' outputs can be shown to be: a lower bound on epsilon that holds with the given
 * confidence, from frequencies of one event.
 */
final class EpsilonAudit {
    private EpsilonAudit() {}

    /** From k1 of n1 occurrences on one data set and k0 of n0 on its neighbour, by Clopper and Pearson 1934. */
    static double lowerBound(long k1, long n1, long k0, long n0, double alpha, double delta) {
        double low =
                k1 == 0 ? 0 : new BetaDistribution(null, k1, n1 - k1 + 1.0).inverseCumulativeProbability(alpha / 2);
        double high = k0 == n0
                ? 1
                : new BetaDistribution(null, k0 + 1.0, n0 - k0).inverseCumulativeProbability(1 - alpha / 2);
        return low <= delta ? 0 : Math.max(0, Math.log((low - delta) / high));
    }

    /**
     * Draws from both, chooses on the first half the threshold (and the side of it) that tells them best apart, and
     * bounds epsilon on the second half.
     */
    static double lowerBound(LongSupplier withUnit, LongSupplier without, int draws, double alpha, double delta) {
        long[] first1 = drawn(withUnit, draws);
        long[] first0 = drawn(without, draws);
        long best = 0;
        boolean above = true;
        double most = -1;
        for (double q = 0.001; q < 1; q += 0.001) {
            long threshold = first1[(int) (q * draws)];
            for (boolean side : new boolean[] {true, false}) {
                double found = lowerBound(
                        count(first1, threshold, side), draws, count(first0, threshold, side), draws, alpha, delta);
                if (found > most) {
                    most = found;
                    best = threshold;
                    above = side;
                }
            }
        }
        return lowerBound(
                count(drawn(withUnit, draws), best, above),
                draws,
                count(drawn(without, draws), best, above),
                draws,
                alpha,
                delta);
    }

    private static long[] drawn(LongSupplier source, int draws) {
        long[] values = new long[draws];
        Arrays.setAll(values, i -> source.getAsLong());
        Arrays.sort(values);
        return values;
    }

    /** Values of a sorted array at or above the threshold, or below it. */
    private static long count(long[] sorted, long threshold, boolean above) {
        int at = Arrays.binarySearch(sorted, threshold);
        while (at > 0 && sorted[at - 1] == threshold) {
            at--;
        }
        int below = at < 0 ? -at - 1 : at;
        return above ? sorted.length - below : below;
    }
}
