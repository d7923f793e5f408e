package io.yunyu.engine.aggregate;

import io.yunyu.engine.privacy.QuantileChoice;
import java.math.BigDecimal;

/**
 * A quantile that is chosen for every cell, from the points of its column's grid.
 *
 * @param measure position in the plan's measures
 * @param share of the records below it, 0 to 1
 */
record Quantile(int measure, BigDecimal share, QuantileGrid grid, QuantileChoice choice, long rhoMicros) {
    /** Weight of one record: a unit with more records than count in a cell divides the weight of those among all it has. */
    static final long RECORD = 1L << 16;

    /** What the quantile is, before it is known how it is chosen. */
    record Wanted(int measure, BigDecimal share) {}

    boolean is(Wanted wanted) {
        return measure == wanted.measure && share.compareTo(wanted.share) == 0;
    }

    /** Records between the quantile and the chosen point, at most, with the given confidence. */
    double recordsWithin(double confidence) {
        return choice.distanceWithin(confidence, grid.points()) / RECORD;
    }
}
