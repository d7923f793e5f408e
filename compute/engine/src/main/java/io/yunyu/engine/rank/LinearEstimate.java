package io.yunyu.engine.rank;

/**
 * The best linear unbiased estimate of a sum from published sums with independent noise of one variance (Gauss and Markov):
 * its variance is t' (M'M)^- t, by conjugate gradients on the normal equations (Hestenes and Stiefel 1952).
 */
public final class LinearEstimate {
    private static final double TOLERANCE = 1e-8;
    private static final int MOST_STEPS = 2_000;

    private final int[][] sums;
    private final int atoms;

    /** @param sums the published ones, each as its atoms; {@code atoms} in all */
    public LinearEstimate(int[][] sums, int atoms) {
        this.sums = sums.clone();
        this.atoms = atoms;
    }

    /**
     * Variance of the best estimate of a sum, in multiples of that of one published sum; infinite if the published ones
     * do not determine it.
     */
    public double variance(int... target) {
        double[] t = new double[atoms];
        for (int a : target) {
            t[a] = 1;
        }
        double[] z = new double[atoms];
        double[] rest = t.clone();
        double[] direction = t.clone();
        double size = dot(rest, rest);
        double enough = size * TOLERANCE * TOLERANCE;
        for (int step = 0; step < MOST_STEPS && size > enough; step++) {
            double[] image = normal(direction);
            double curve = dot(direction, image);
            if (curve <= enough) {
                return Double.POSITIVE_INFINITY;
            }
            double by = size / curve;
            for (int a = 0; a < atoms; a++) {
                z[a] += by * direction[a];
                rest[a] -= by * image[a];
            }
            double next = dot(rest, rest);
            for (int a = 0; a < atoms; a++) {
                direction[a] = rest[a] + next / size * direction[a];
            }
            size = next;
        }
        return size > enough ? Double.POSITIVE_INFINITY : dot(t, z);
    }

    private double[] normal(double[] x) {
        double[] image = new double[atoms];
        for (int[] sum : sums) {
            double value = 0;
            for (int a : sum) {
                value += x[a];
            }
            for (int a : sum) {
                image[a] += value;
            }
        }
        return image;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }
}
