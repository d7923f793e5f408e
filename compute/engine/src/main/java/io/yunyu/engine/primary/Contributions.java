package io.yunyu.engine.primary;

import java.util.Comparator;
import java.util.stream.IntStream;

/**
 * The contributions to one cell of a magnitude table as the rules see them: absolute values, largest first.
 *
 * <p>Negative contributions count with their absolute value, and so does the total: what hides a contribution is the size
 * of the others, not their sign. A weight stands for that many equal contributions, of which the rules take as many as
 * they ask for. Holds original data; names none in {@code toString}.
 */
public final class Contributions {
    private final double[] sizes;
    private final double[] weights;
    private final boolean[] waives;
    private final double total;

    private Contributions(double[] sizes, double[] weights, boolean[] waives, double total) {
        this.sizes = sizes;
        this.weights = weights;
        this.waives = waives;
        this.total = total;
    }

    /**
     * All contributions to a cell, one per unit or one per holding.
     *
     * @param values finite
     * @param weights as many, finite and at least 0; a contribution of weight 0 is none
     * @param waives whether the unit has given up its protection; it can still attack others
     */
    public static Contributions of(double[] values, double[] weights, boolean[] waives) {
        if (values.length != weights.length || values.length != waives.length) {
            throw new IllegalArgumentException("There are " + values.length + " contributions, " + weights.length
                    + " weights and " + waives.length + " waivers; give one of each per unit.");
        }
        double total = 0;
        for (int k = 0; k < values.length; k++) {
            if (!Double.isFinite(values[k]) || !(weights[k] >= 0) || Double.isInfinite(weights[k])) {
                throw new IllegalArgumentException(
                        "A contribution is not a finite number, or its weight is not a finite"
                                + " number of at least 0. Remove or recode missing and infinite values.");
            }
            total += Math.abs(values[k]) * weights[k];
        }
        int[] order = IntStream.range(0, values.length)
                .boxed()
                .sorted(Comparator.comparingDouble(k -> -Math.abs(values[k])))
                .mapToInt(k -> k)
                .toArray();
        double[] sizes = new double[order.length];
        double[] sortedWeights = new double[order.length];
        boolean[] sortedWaives = new boolean[order.length];
        for (int k = 0; k < order.length; k++) {
            sizes[k] = Math.abs(values[order[k]]);
            sortedWeights[k] = weights[order[k]];
            sortedWaives[k] = waives[order[k]];
        }
        return new Contributions(sizes, sortedWeights, sortedWaives, total);
    }

    /** Contributions without weights and waivers. */
    public static Contributions of(double... values) {
        double[] ones = new double[values.length];
        java.util.Arrays.fill(ones, 1);
        return of(values, ones, new boolean[values.length]);
    }

    /**
     * What an aggregating query knows: the total and the largest contributions only. Rules that ask for more
     * contributions than are given must not be applied.
     *
     * @param total of the absolute contributions
     * @param largest absolute contributions, largest first
     */
    public static Contributions ofLargest(double total, double... largest) {
        double[] ones = new double[largest.length];
        java.util.Arrays.fill(ones, 1);
        return new Contributions(largest.clone(), ones, new boolean[largest.length], total);
    }

    /** The total of the absolute contributions, weights included. */
    public double total() {
        return total;
    }

    /** The n largest contributions together, a weight standing for equal contributions. */
    public double largest(int n) {
        return largestBeside(-1, n);
    }

    /** The largest contribution whose unit has not waived its protection; 0 if all have. */
    double largestProtected() {
        int position = protectedPosition();
        return position < 0 ? 0 : sizes[position] * Math.min(1, weights[position]);
    }

    /** The n largest contributions beside the one of {@link #largestProtected}. */
    double largestOthers(int n) {
        return largestBeside(protectedPosition(), n);
    }

    private int protectedPosition() {
        for (int k = 0; k < sizes.length; k++) {
            if (!waives[k] && weights[k] > 0) {
                return k;
            }
        }
        return -1;
    }

    private double largestBeside(int position, int n) {
        double sum = 0;
        double rest = n;
        for (int k = 0; k < sizes.length && rest > 0; k++) {
            double taken = Math.min(rest, k == position ? Math.max(0, weights[k] - 1) : weights[k]);
            sum += taken * sizes[k];
            rest -= taken;
        }
        return sum;
    }

    @Override
    public String toString() {
        return "Contributions[withheld]";
    }
}
