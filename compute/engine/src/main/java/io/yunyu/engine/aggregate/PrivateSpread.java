package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.ClampingBounds;
import io.yunyu.engine.privacy.DiscreteGaussian;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;
import java.math.RoundingMode;

/**
 * A variance of records from a noisy count, sum and sum of squares, the latter two of distances from the middle of the
 * column's bounds. A function of noisy numbers and signed bounds only.
 */
record PrivateSpread(ClampingBounds bounds) {
    private static final MathContext DIGITS = new MathContext(40, RoundingMode.HALF_EVEN);
    private static final BigDecimal FOUR = BigDecimal.valueOf(4);

    /**
     * With n - 1, and between 0 and the most that values between the bounds can have.
     *
     * @param records noisy count, at least 2
     * @param sum of distances, in units of the last digit
     * @param squares in squared steps
     */
    BigDecimal variance(BigDecimal records, BigInteger sum, BigInteger squares) {
        BigDecimal freedom = records.subtract(BigDecimal.ONE);
        BigDecimal total = new BigDecimal(sum);
        BigDecimal inUnits = new BigDecimal(squares)
                .multiply(SquareScale.of(bounds).squaredUnits())
                .subtract(total.multiply(total).divide(records, DIGITS))
                .divide(freedom, DIGITS);
        BigDecimal width = BigDecimal.valueOf(bounds.upperUnits() - bounds.lowerUnits());
        BigDecimal most = width.multiply(width).divide(FOUR).multiply(records).divide(freedom, DIGITS);
        return inUnits.max(BigDecimal.ZERO).min(most).movePointLeft(2 * bounds.decimals());
    }

    /** The root of a variance. */
    static BigDecimal deviation(BigDecimal variance) {
        return variance.sqrt(DIGITS);
    }

    /**
     * How far the noise takes the variance of so many records, at most, with the given confidence and whatever the
     * records are; for most records it is far less, since it grows with the distance of their mean from the middle of the
     * bounds.
     */
    double within(
            double confidence, int records, DiscreteGaussian count, DiscreteGaussian sum, DiscreteGaussian squares) {
        double each = 1 - (1 - confidence) / 3;
        double width = (double) bounds.upperUnits() - bounds.lowerUnits();
        long middle = NoisePlan.middle(bounds);
        double farthest = Math.max(bounds.upperUnits() - middle, middle - bounds.lowerUnits());
        double left = records - count.halfWidth(each);
        double most = width * width / 2;
        if (left >= 2) {
            double mean = (sum.halfWidth(each) + farthest * count.halfWidth(each)) / left;
            double square = (squares.halfWidth(each)
                                    * SquareScale.of(bounds).squaredUnits().doubleValue()
                            + farthest * farthest * count.halfWidth(each))
                    / left;
            double freedom = farthest * farthest * count.halfWidth(each) / (records - 1) / (left - 1);
            most = Math.min(most, (square + 2 * farthest * mean + mean * mean) * left / (left - 1) + freedom);
        }
        return most / Math.pow(10, 2.0 * bounds.decimals());
    }
}
