package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.ClampingBounds;
import java.math.BigDecimal;

/**
 * How the squares of a clamped column are added in whole numbers: of its distance from the middle of its bounds, which
 * keeps them small, in steps of 2^shift units where the distance itself would have a square beyond 10^15.
 *
 * @param middle of the column's bounds, in units of its last digit
 * @param shift 0 or more; a step is at most a ten-millionth of the bounds' width where it is above 0
 * @param largest most steps of any value
 */
record SquareScale(long middle, int shift, long largest) {
    private static final long MOST_STEPS = ClampingBounds.LARGEST.sqrt().longValueExact();

    static SquareScale of(ClampingBounds bounds) {
        long middle = NoisePlan.middle(bounds);
        for (int shift = 0; ; shift++) {
            SquareScale scale = new SquareScale(middle, shift, 0);
            long largest =
                    Math.max(Math.abs(scale.steps(bounds.upperUnits())), Math.abs(scale.steps(bounds.lowerUnits())));
            if (largest <= MOST_STEPS) {
                return new SquareScale(middle, shift, largest);
            }
        }
    }

    /** What is added to a value's distance, so that the shift rounds it. */
    long half() {
        return shift == 0 ? 0 : 1L << (shift - 1);
    }

    private long steps(long value) {
        return (value - middle + half()) >> shift;
    }

    /** Bounds of the squares, in squared steps. */
    ClampingBounds bounds() {
        return new ClampingBounds(BigDecimal.ZERO, BigDecimal.valueOf(largest * largest), 0);
    }

    /** How many squared units of the column's last digit one squared step has. */
    BigDecimal squaredUnits() {
        return BigDecimal.valueOf(2).pow(2 * shift);
    }
}
