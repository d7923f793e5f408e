package io.yunyu.engine.perturbation;

import java.util.Comparator;
import java.util.stream.DoubleStream;
import java.util.stream.IntStream;

/** The contributions that noise has to hide: what a magnitude cell's noise is scaled by. */
public final class Magnifier {
    /** Most components a cell's noise can have. */
    public static final int MAX_COMPONENTS = 6;

    private Magnifier() {}

    /**
     * The weighted values of the k contributions of largest absolute unweighted value, largest first; of equal ones the
     * larger weight comes first. Shorter than k where there are fewer contributions.
     */
    public static double[] topContributions(double[] values, double[] weights, int k) {
        if (k < 1 || k > MAX_COMPONENTS) {
            throw new IllegalArgumentException(
                    "Number of top contributions is " + k + ", but must lie in 1.." + MAX_COMPONENTS + ".");
        }
        if (values.length != weights.length) {
            throw new IllegalArgumentException("There are " + values.length + " values but " + weights.length
                    + " weights; give one weight per value.");
        }
        return IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.<Integer>comparingDouble(r -> -Math.abs(values[r]))
                        .thenComparingDouble(r -> -weights[r]))
                .limit(k)
                .mapToDouble(r -> values[r] * weights[r])
                .toArray();
    }

    /** The weighted mean: for cells of many similar contributions. Empty for a cell without weight. */
    public static double[] mean(double sum, double weightSum) {
        return weightSum == 0 ? new double[0] : new double[] {sum / weightSum};
    }

    /** The unweighted difference of the largest and the smallest value, zeros included. Empty for an empty cell. */
    public static double[] range(double[] values) {
        return values.length == 0
                ? new double[0]
                : new double[] {
                    DoubleStream.of(values).max().getAsDouble()
                            - DoubleStream.of(values).min().getAsDouble()
                };
    }

    /** The cell's weighted sum itself. */
    public static double[] sum(double sum) {
        return new double[] {sum};
    }
}
