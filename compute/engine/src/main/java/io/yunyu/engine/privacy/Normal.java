package io.yunyu.engine.privacy;

/** The standard normal distribution, with relative precision in its tails too. */
final class Normal {
    private static final double SERIES_BELOW = 2.5;
    private static final double ROOT_TWO_PI = Math.sqrt(2 * Math.PI);

    private Normal() {}

    /** P(N &lt;= z). */
    static double cumulative(double z) {
        return z < 0 ? upper(-z) : 1 - upper(z);
    }

    /** P(N &gt; z). */
    static double upper(double z) {
        if (z < 0) {
            return 1 - upper(-z);
        }
        return z < SERIES_BELOW ? 0.5 - density(z) * series(z) : density(z) / mills(z);
    }

    /**
     * The z with P(N &gt; z) = p.
     *
     * @param p above 0, below 1
     */
    static double upperQuantile(double p) {
        double low = -40;
        double high = 40;
        for (int i = 0; i < 200 && high - low > Math.ulp(high); i++) {
            double middle = (low + high) / 2;
            if (upper(middle) > p) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    private static double density(double z) {
        return Math.exp(-z * z / 2) / ROOT_TWO_PI;
    }

    /** z + z^3/3 + z^5/(3 5) + ... */
    private static double series(double z) {
        double term = z;
        double sum = z;
        for (int k = 3; term > sum * 1e-18; k += 2) {
            term *= z * z / k;
            sum += term;
        }
        return sum;
    }

    /** The reciprocal of Mills' ratio: z + 1/(z + 2/(z + 3/(z + ...))). */
    private static double mills(double z) {
        double fraction = z;
        for (int k = 200; k >= 1; k--) {
            fraction = z + k / fraction;
        }
        return fraction;
    }
}
