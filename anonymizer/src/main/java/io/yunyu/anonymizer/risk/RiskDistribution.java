package io.yunyu.anonymizer.risk;

import java.util.ArrayList;
import java.util.List;

/**
 * Classes and their members by class size, in bands whose ends are the usual thresholds. A record in a class of n records has
 * the prosecutor risk 1/n; sizes are kept as whole numbers, since 1/11 is not 0.09.
 */
public final class RiskDistribution {
    private static final long[] STARTS = {
        1, 2, 3, 4, 5, 8, 11, 15, 20, 30, 50, 100, 200, 500, 1_000, 2_000, 5_000, 10_000, 100_000, 1_000_000
    };

    private RiskDistribution() {}

    /**
     * Classes of a range of sizes.
     *
     * @param from smallest size of the band
     * @param to greatest size of the band, inclusive
     * @param members records in these classes, or people where people are counted
     */
    public record Band(long from, long to, long classes, long members) {}

    /** Bands from size 1 to the band of the greatest class; empty bands between are kept, none without a class. */
    public static List<Band> of(long[] sizes) {
        long[] classes = new long[STARTS.length];
        long[] members = new long[STARTS.length];
        int last = -1;
        for (long size : sizes) {
            int band = band(size);
            classes[band]++;
            members[band] += size;
            last = Math.max(last, band);
        }
        List<Band> bands = new ArrayList<>();
        for (int i = 0; i <= last; i++) {
            long to = i + 1 < STARTS.length ? STARTS[i + 1] - 1 : Long.MAX_VALUE;
            bands.add(new Band(STARTS[i], to, classes[i], members[i]));
        }
        return List.copyOf(bands);
    }

    private static int band(long size) {
        int band = 0;
        while (band + 1 < STARTS.length && STARTS[band + 1] <= size) {
            band++;
        }
        return band;
    }
}
