package io.yunyu.engine.privacy;

import java.util.function.DoubleUnaryOperator;

/**
 * Zero-concentrated differential privacy: the currency of the budget. Costs rho add up; what a sum of them means in
 * (epsilon, delta) is said by the conversions here, from the loosest to the tightest.
 */
public final class ZeroConcentrated {
    private ZeroConcentrated() {}

    /** What a purely epsilon-differentially private answer costs (BS16, proposition 1.4). */
    public static double rhoOfPure(double epsilon) {
        Parameters.requirePositive("epsilon", epsilon);
        return epsilon * epsilon / 2;
    }

    /** What Gaussian noise costs (BS16, proposition 1.6; CKS20, theorem 4 for the discrete one). */
    public static double rhoOfGaussian(double l2, double sigma) {
        return l2 * l2 / (2 * sigma * sigma);
    }

    /** BS16, proposition 1.3: epsilon = rho + 2 sqrt(rho ln(1/delta)). */
    public static double epsilonBunSteinke(double rho, double delta) {
        check(rho, delta);
        return rho + 2 * Math.sqrt(rho * Math.log(1 / delta));
    }

    /** CKS20, corollary 13: holds for every rho-zCDP mechanism. */
    public static double epsilon(double rho, double delta) {
        check(rho, delta);
        DoubleUnaryOperator byOrder = logOrder -> {
            double a = Math.exp(logOrder);
            // (a - 1)(alpha rho - epsilon) = ln delta + ln(alpha - 1) - alpha ln(1 - 1/alpha), a = alpha - 1
            return (1 + a) * rho - (Math.log(delta) + Math.log(a) - (1 + a) * Math.log(a / (1 + a))) / a;
        };
        return Math.max(0, minimum(byOrder, Math.log(1e-6), Math.log(1e9)));
    }

    /** For Gaussian noise alone, exact: the epsilon at which such noise of this rho reaches delta. */
    public static double epsilonOfGaussian(double rho, double delta) {
        check(rho, delta);
        double sigma = 1 / Math.sqrt(2 * rho);
        double low = 0;
        double high = epsilonBunSteinke(rho, delta);
        if (GaussianCalibration.delta(0, sigma, 1) <= delta) {
            return 0;
        }
        for (int i = 0; i < 200 && high - low > Math.ulp(high); i++) {
            double middle = (low + high) / 2;
            if (GaussianCalibration.delta(middle, sigma, 1) > delta) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /** The largest rho whose {@link #epsilon} at this delta is at most the given one. */
    public static double rho(double epsilon, double delta) {
        Parameters.requirePositive("epsilon", epsilon);
        Parameters.requireProbability("delta", delta);
        double low = 0;
        double high = epsilon;
        for (int i = 0; i < 200 && high - low > Math.ulp(high); i++) {
            double middle = (low + high) / 2;
            if (epsilon(middle, delta) > epsilon) {
                high = middle;
            } else {
                low = middle;
            }
        }
        return low;
    }

    private static void check(double rho, double delta) {
        Parameters.requirePositive("rho", rho);
        Parameters.requireProbability("delta", delta);
    }

    /** Golden section on a function with one valley. */
    private static double minimum(DoubleUnaryOperator f, double from, double to) {
        double ratio = (Math.sqrt(5) - 1) / 2;
        double a = from;
        double b = to;
        double c = b - ratio * (b - a);
        double d = a + ratio * (b - a);
        for (int i = 0; i < 200; i++) {
            if (f.applyAsDouble(c) < f.applyAsDouble(d)) {
                b = d;
            } else {
                a = c;
            }
            c = b - ratio * (b - a);
            d = a + ratio * (b - a);
        }
        return f.applyAsDouble((a + b) / 2);
    }
}
