package io.yunyu.engine.privacy;

/** How much Gaussian noise an (epsilon, delta) needs, exactly: Balle and Wang 2018, theorem 8. */
public final class GaussianCalibration {
    private GaussianCalibration() {}

    /**
     * Delta that Gaussian noise gives at an epsilon.
     *
     * @param sigma standard deviation, above 0
     * @param l2 L2 sensitivity, above 0
     */
    public static double delta(double epsilon, double sigma, double l2) {
        double mu = l2 / sigma;
        return Normal.upper(epsilon / mu - mu / 2) - Math.exp(epsilon) * Normal.upper(epsilon / mu + mu / 2);
    }

    /**
     * The least standard deviation of Gaussian noise that is (epsilon, delta)-differentially private.
     *
     * @param epsilon above 0
     * @param delta above 0, below 1
     * @param l2 L2 sensitivity, above 0
     * @throws IllegalArgumentException if a parameter is out of its range, infinite or not a number
     */
    public static double sigma(double epsilon, double delta, double l2) {
        Parameters.requirePositive("epsilon", epsilon);
        Parameters.requireProbability("delta", delta);
        Parameters.requirePositive("sensitivity", l2);
        double low = 0;
        double high = l2;
        while (delta(epsilon, high, l2) > delta) {
            low = high;
            high *= 2;
        }
        for (int i = 0; i < 200 && high - low > Math.ulp(high); i++) {
            double middle = (low + high) / 2;
            if (delta(epsilon, middle, l2) > delta) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }
}
