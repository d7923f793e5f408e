package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.ClampingBounds;

/**
 * The values that a quantile can have: from the lower bound that the privacy clause gives a column on, at equal steps of
 * 1, 2 or 5 times a power of ten, to its upper bound. A function of the signed bounds alone, never of records.
 *
 * @param first in units of the last digit
 * @param step in units of the last digit
 * @param points 2 to 1,001
 */
record QuantileGrid(long first, long step, int points) {
    private static final long MOST_STEPS = 1000;
    private static final int[] FACTORS = {1, 2, 5};

    static QuantileGrid of(ClampingBounds bounds) {
        long width = Math.subtractExact(bounds.upperUnits(), bounds.lowerUnits());
        for (long power = 1; ; power = Math.multiplyExact(power, 10L)) {
            for (int factor : FACTORS) {
                long step = factor * power;
                if (width / step <= MOST_STEPS) {
                    return new QuantileGrid(bounds.lowerUnits(), step, (int) (width / step) + 1);
                }
            }
        }
    }

    /** In units of the last digit. */
    long value(int point) {
        return first + point * step;
    }
}
