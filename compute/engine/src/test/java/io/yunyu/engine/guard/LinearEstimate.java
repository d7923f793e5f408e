package io.yunyu.engine.guard;

import java.util.Arrays;
import java.util.List;

/** What an attacker makes of answers about known sets. */
final class LinearEstimate {
    private static final double PRIOR_VARIANCE = 0.25;

    private LinearEstimate() {}

    /** The best linear estimate of each person's attribute, whose prior is 1/2. */
    static double[] of(List<double[]> rows, List<Double> answers, double noise) {
        int m = rows.size();
        int n = m == 0 ? 0 : rows.get(0).length;
        double[][] k = new double[m][m + 1];
        for (int i = 0; i < m; i++) {
            for (int j = 0; j <= i; j++) {
                k[i][j] = PRIOR_VARIANCE * dot(rows.get(i), rows.get(j));
                k[j][i] = k[i][j];
            }
            k[i][i] += noise;
            k[i][m] = answers.get(i) - 0.5 * Arrays.stream(rows.get(i)).sum();
        }
        double[] weights = solve(k);
        double[] estimate = new double[n];
        Arrays.fill(estimate, 0.5);
        for (int i = 0; i < m; i++) {
            for (int p = 0; p < n; p++) {
                estimate[p] += PRIOR_VARIANCE * weights[i] * rows.get(i)[p];
            }
        }
        return estimate;
    }

    /** The share of the smallest answered set that a person belongs to. */
    static double[] bySmallestAnswer(List<double[]> rows, List<Double> answers, int persons) {
        double[] estimate = new double[persons];
        double[] smallest = new double[persons];
        Arrays.fill(estimate, 0.5);
        Arrays.fill(smallest, Double.POSITIVE_INFINITY);
        for (int i = 0; i < rows.size(); i++) {
            double size = Arrays.stream(rows.get(i)).sum();
            for (int p = 0; p < persons; p++) {
                if (rows.get(i)[p] == 1 && size < smallest[p]) {
                    smallest[p] = size;
                    estimate[p] = answers.get(i) / size;
                }
            }
        }
        return estimate;
    }

    private static double dot(double[] a, double[] b) {
        double sum = 0;
        for (int i = 0; i < a.length; i++) {
            sum += a[i] * b[i];
        }
        return sum;
    }

    /** Gauss without pivoting: the matrix is positive definite. */
    private static double[] solve(double[][] k) {
        int m = k.length;
        for (int i = 0; i < m; i++) {
            for (int r = i + 1; r < m; r++) {
                double factor = k[r][i] / k[i][i];
                for (int c = i; c <= m && factor != 0; c++) {
                    k[r][c] -= factor * k[i][c];
                }
            }
        }
        double[] x = new double[m];
        for (int i = m - 1; i >= 0; i--) {
            double rest = k[i][m];
            for (int c = i + 1; c < m; c++) {
                rest -= k[i][c] * x[c];
            }
            x[i] = rest / k[i][i];
        }
        return x;
    }
}
