package io.yunyu.engine.perturbation;

import java.util.Arrays;

/**
 * Damped Newton method on the dual of the entropy problem, with pooling of the monotone part of the support.
 *
 * <p>Noise is scaled by its demanded standard deviation so that the multipliers have comparable size. A problem without a solution shows as
 * failure to reach a vanishing gradient.
 */
final class DualNewton {
    private static final int MAX_STEPS = 300;
    private static final double GRADIENT_GOAL = 1e-12;
    /** Rounding keeps some problems from the goal; below this the probabilities are still good to ten digits. */
    private static final double GRADIENT_ACCEPTED = 1e-10;

    private final int size;
    private final int monotoneUntil;
    private final double scale;
    /** Features mean, variance, staying by support position; the pooled ones follow the current multipliers. */
    private final double[][] features;

    /** Where the search ended: the probabilities and the multipliers of the two inequalities. */
    record Solution(boolean converged, double[] probabilities, double variancePull, double stayPull) {}

    private record Point(double[] theta, double value, double[] p, double[] gradient, double[][] hessian) {}

    DualNewton(double[] support, int monotoneUntil, double scale) {
        this.size = support.length;
        this.monotoneUntil = monotoneUntil;
        this.scale = scale;
        features = new double[3][size];
        for (int k = 0; k < size; k++) {
            double v = support[k] / scale;
            features[0][k] = v;
            features[1][k] = v * v;
            features[2][k] = v == 0 ? 1 : 0;
        }
    }

    /** Solves with the given second moment and probability of no noise; NaN leaves the one out. */
    Solution minimise(double secondMoment, double stay) {
        double[] targets = {0, secondMoment / (scale * scale), stay};
        // Without bounds the multiplier of the variance would be that of a Gaussian.
        Point at = evaluate(new double[] {0, Double.isNaN(secondMoment) ? 0 : -0.5, 0}, targets);
        for (int step = 0; step < MAX_STEPS && norm(at.gradient) > GRADIENT_GOAL; step++) {
            double[] direction = newtonDirection(at);
            Point next = at;
            for (double length = 1; length > 1e-12 && next == at; length /= 2) {
                Point trial = evaluate(plus(at.theta, direction, length), targets);
                boolean descends = trial.value <= at.value + 1e-4 * length * dot(at.gradient, direction);
                // Near the minimum the value no longer resolves progress; the gradient still does.
                if (descends || norm(at.gradient) < 1e-5 && norm(trial.gradient) < norm(at.gradient)) {
                    next = trial;
                }
            }
            if (next == at) {
                break;
            }
            at = next;
        }
        return new Solution(norm(at.gradient) < GRADIENT_ACCEPTED, at.p, at.theta[1], at.theta[2]);
    }

    private Point evaluate(double[] theta, double[] targets) {
        double[] exponent = new double[size];
        for (int k = 0; k < size; k++) {
            for (int f = 0; f < 3; f++) {
                exponent[k] += theta[f] * features[f][k];
            }
        }
        double[][] pooled = {features[0].clone(), features[1].clone(), features[2].clone()};
        pool(exponent, pooled);
        double top = Arrays.stream(exponent).max().orElse(0);
        double[] p = Arrays.stream(exponent).map(e -> Math.exp(e - top)).toArray();
        double total = Arrays.stream(p).sum();
        for (int k = 0; k < size; k++) {
            p[k] /= total;
        }
        return moments(theta, top + Math.log(total), p, pooled, targets);
    }

    private Point moments(double[] theta, double logTotal, double[] p, double[][] pooled, double[] targets) {
        double value = logTotal;
        double[] mean = new double[3];
        double[] gradient = new double[3];
        double[][] hessian = new double[3][3];
        for (int f = 0; f < 3; f++) {
            mean[f] = dot(p, pooled[f]);
        }
        for (int f = 0; f < 3; f++) {
            if (Double.isNaN(targets[f])) {
                hessian[f][f] = 1;
                continue;
            }
            value -= theta[f] * targets[f];
            gradient[f] = mean[f] - targets[f];
            for (int g = 0; g < 3; g++) {
                if (!Double.isNaN(targets[g])) {
                    for (int k = 0; k < size; k++) {
                        hessian[f][g] += p[k] * (pooled[f][k] - mean[f]) * (pooled[g][k] - mean[g]);
                    }
                }
            }
        }
        return new Point(theta, value, p, gradient, hessian);
    }

    /** Isotonic regression of the exponents up to the monotone end (pool adjacent violators), features alike. */
    private void pool(double[] exponent, double[][] pooled) {
        int[] starts = new int[monotoneUntil + 2];
        double[] means = new double[monotoneUntil + 1];
        int blocks = 0;
        for (int k = 0; k <= monotoneUntil; k++) {
            starts[blocks] = k;
            means[blocks] = exponent[k];
            blocks++;
            while (blocks > 1 && means[blocks - 2] > means[blocks - 1]) {
                int left = starts[blocks - 1] - starts[blocks - 2];
                int right = k + 1 - starts[blocks - 1];
                means[blocks - 2] = (left * means[blocks - 2] + right * means[blocks - 1]) / (left + right);
                blocks--;
            }
        }
        starts[blocks] = monotoneUntil + 1;
        for (int b = 0; b < blocks; b++) {
            Arrays.fill(exponent, starts[b], starts[b + 1], means[b]);
            for (double[] feature : pooled) {
                double sum = Arrays.stream(feature, starts[b], starts[b + 1]).sum();
                Arrays.fill(feature, starts[b], starts[b + 1], sum / (starts[b + 1] - starts[b]));
            }
        }
    }

    private static double[] newtonDirection(Point at) {
        double[][] m = new double[3][4];
        for (int r = 0; r < 3; r++) {
            System.arraycopy(at.hessian[r], 0, m[r], 0, 3);
            // Pooling can make the Hessian singular for a moment; a trace of the identity keeps the step finite.
            m[r][r] += 1e-13 + 1e-3 * Math.min(1e-6, norm(at.gradient));
            m[r][3] = -at.gradient[r];
        }
        for (int c = 0; c < 3; c++) {
            for (int r = c + 1; r < 3; r++) {
                double factor = m[r][c] / m[c][c];
                for (int k = c; k < 4; k++) {
                    m[r][k] -= factor * m[c][k];
                }
            }
        }
        double[] x = new double[3];
        for (int r = 2; r >= 0; r--) {
            double rest = m[r][3];
            for (int k = r + 1; k < 3; k++) {
                rest -= m[r][k] * x[k];
            }
            x[r] = rest / m[r][r];
        }
        return x;
    }

    private static double[] plus(double[] a, double[] b, double factor) {
        double[] sum = a.clone();
        for (int k = 0; k < sum.length; k++) {
            sum[k] += factor * b[k];
        }
        return sum;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int k = 0; k < a.length; k++) {
            sum += a[k] * b[k];
        }
        return sum;
    }

    private static double norm(double[] a) {
        return Math.sqrt(dot(a, a));
    }
}
