package io.yunyu.anonymizer.quality;

import java.util.Arrays;

/**
 * What a transformation costs under a measure: smaller is better. One number, or for the rank aggregate a vector that is
 * compared from its first element on.
 */
public final class InformationLoss implements Comparable<InformationLoss> {
    /** Below every loss. */
    public static final InformationLoss LEAST = new InformationLoss(new double[] {Double.NEGATIVE_INFINITY});

    private final double[] values;

    private InformationLoss(double[] values) {
        this.values = values;
    }

    static InformationLoss of(double value) {
        return new InformationLoss(new double[] {value});
    }

    static InformationLoss ofVector(double[] values) {
        return new InformationLoss(values.clone());
    }

    /**
     * The loss without its last ten bits, for sums whose order of summation is not fixed: the same classes in another
     * order must not look better.
     */
    static InformationLoss rounded(double value) {
        return of(
                Double.isFinite(value)
                        ? Double.longBitsToDouble((Double.doubleToLongBits(value) + 512) & ~1023L)
                        : value);
    }

    /** A bound that stays below {@code value} whatever the rounding. */
    static InformationLoss justBelow(double value) {
        return of(value - 1e-11 * Math.abs(value));
    }

    /** Whether the loss is a vector (rank aggregate). */
    public boolean isVector() {
        return values.length > 1;
    }

    public double[] values() {
        return values.clone();
    }

    /** The number; of a vector its first element, the greatest. */
    public double value() {
        return values[0];
    }

    @Override
    public int compareTo(InformationLoss other) {
        return Arrays.compare(values, other.values);
    }

    static InformationLoss max(InformationLoss a, InformationLoss b) {
        return a.compareTo(b) >= 0 ? a : b;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof InformationLoss loss && Arrays.equals(values, loss.values);
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return isVector() ? Arrays.toString(values) : Double.toString(values[0]);
    }
}
