package io.yunyu.engine.perturbation;

import java.util.OptionalDouble;

/**
 * What the agreement and the schema say about a measure whose sums are published.
 *
 * <p>Nothing here may be taken from the data: a flex point or a number of decimals that follows the data would publish
 * something about it.
 *
 * @param measure name of the measure; sums of different measures over the same units get unlike noise
 * @param flexPoint contribution up to which noise is 20 % of the largest contribution, falling towards 3 % far above it;
 *     set by the data owner. Empty means 20 % throughout, so an undeclared measure is never protected less.
 * @param decimals decimals of published sums, -9 to 9: those of the measure or fewer. Finer digits would show the noise,
 *     and with it the largest contribution, in the digits that the original cannot have.
 */
public record MeasureProtection(String measure, OptionalDouble flexPoint, int decimals) {
    private static final double BOUND_PER_FLEX_POINT = 100;

    public MeasureProtection {
        if (measure.isBlank()) {
            throw new IllegalArgumentException("The measure has no name; pass the column's name in the schema.");
        }
        if (flexPoint.isPresent() && (!(flexPoint.getAsDouble() > 0) || Double.isInfinite(flexPoint.getAsDouble()))) {
            throw new IllegalArgumentException("The flex point of measure " + measure
                    + " must be above 0 and finite. Leave it out to protect all contributions like small ones.");
        }
        if (decimals < -9 || decimals > 9) {
            throw new IllegalArgumentException(
                    "Sums of measure " + measure + " are to have " + decimals + " decimals, but must have -9..9.");
        }
    }

    /** Protection of a measure about which nothing was declared: 20 % throughout, whole-numbered sums. */
    public static MeasureProtection undeclared(String measure) {
        return new MeasureProtection(measure, OptionalDouble.empty(), 0);
    }

    /**
     * Protection by the largest absolute contribution that the schema or the agreement admits: the flex point is a
     * hundredth of it, so that an admissible contribution of the largest size is hidden by about 3.8 % of itself per unit
     * of noise and one below the flex point by 20 %.
     */
    public static MeasureProtection declared(String measure, double largestAdmissible, int decimals) {
        return new MeasureProtection(measure, OptionalDouble.of(largestAdmissible / BOUND_PER_FLEX_POINT), decimals);
    }
}
