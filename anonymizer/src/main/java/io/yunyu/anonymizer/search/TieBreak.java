package io.yunyu.anonymizer.search;

import java.util.Arrays;
import java.util.Comparator;

/**
 * Decides between transformations of equal loss: the smaller sum of levels first, then the smaller sum of levels relative
 * to their hierarchies' heights, then the smaller levels read from the first attribute on. The first two are ARX's rule
 * too. Depends on neither the rows' order nor the search's.
 */
final class TieBreak implements Comparator<int[]> {
    private final int[] heights;

    /** @param heights greatest level of each quasi-identifier's hierarchy */
    TieBreak(int[] heights) {
        this.heights = heights.clone();
    }

    @Override
    public int compare(int[] a, int[] b) {
        int bySum = Integer.compare(Arrays.stream(a).sum(), Arrays.stream(b).sum());
        if (bySum != 0) {
            return bySum;
        }
        int byRelative = Double.compare(relative(a), relative(b));
        return byRelative != 0 ? byRelative : Arrays.compare(a, b);
    }

    /** In units small enough that equal sums are equal whatever their order. */
    private double relative(int[] levels) {
        double sum = 0;
        for (int i = 0; i < levels.length; i++) {
            sum += heights[i] == 0 ? 0 : (double) levels[i] / heights[i];
        }
        return Math.rint(sum * 1e9);
    }
}
