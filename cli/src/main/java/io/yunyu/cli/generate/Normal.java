package io.yunyu.cli.generate;

/**
 * Standard normal draws by interpolation in a table of quantiles, so that one random number suffices and every machine
 * gives the same bits. Tails end at about ±3.9.
 */
final class Normal {
    private static final int STEPS = 1 << 12;
    private static final double[] QUANTILES = quantiles();

    private Normal() {}

    static double draw(Draws draws) {
        double position = draws.unit() * STEPS;
        int step = (int) position;
        double low = QUANTILES[step];
        return low + (QUANTILES[step + 1] - low) * (position - step);
    }

    private static double[] quantiles() {
        double[] quantiles = new double[STEPS + 1];
        for (int i = 1; i < STEPS; i++) {
            quantiles[i] = quantile((double) i / STEPS);
        }
        quantiles[STEPS] = quantile(1 - 0.2 / STEPS);
        quantiles[0] = -quantiles[STEPS];
        return quantiles;
    }

    /** By bisection of the distribution function: slow, but run once a quantile. */
    private static double quantile(double probability) {
        double low = -6;
        double high = 6;
        for (int i = 0; i < 60; i++) {
            double middle = (low + high) / 2;
            if (distribution(middle) < probability) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return low;
    }

    /** Φ by its power series (Abramowitz, Stegun, 26.2.10), good to 1e-8 where it is used. */
    private static double distribution(double x) {
        double term = x;
        double sum = x;
        for (int i = 1; i < 200; i++) {
            term *= -x * x / (2 * i);
            sum += term / (2 * i + 1);
        }
        return 0.5 + sum / StrictMath.sqrt(2 * StrictMath.PI);
    }
}
