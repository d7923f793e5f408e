package io.yunyu.engine.privacy;

/** What k answers of one epsilon each amount to together. */
public final class Composition {
    /**
     * A guarantee.
     *
     * @param delta at least 0
     */
    public record Guarantee(double epsilon, double delta) {}

    private Composition() {}

    /** Dwork, Rothblum and Vadhan 2010: epsilon at the price of {@code deltaPrime}. */
    public static double advancedEpsilon(int k, double epsilon, double deltaPrime) {
        check(k, epsilon);
        Parameters.requireProbability("delta", deltaPrime);
        return Math.sqrt(2 * k * Math.log(1 / deltaPrime)) * epsilon + k * epsilon * Math.expm1(epsilon);
    }

    /**
     * The optimum (Kairouz, Oh and Viswanath 2015, theorem 3.3, for purely private answers): guarantee number i of
     * 0..k/2, from (k epsilon, 0) on; all hold at once.
     */
    public static Guarantee optimal(int k, double epsilon, int i) {
        check(k, epsilon);
        if (i < 0 || i > k / 2) {
            throw new IllegalArgumentException("There are guarantees 0 to " + k / 2 + ", not " + i + ".");
        }
        double delta = 0;
        double choose = 1;
        for (int l = 0; l < i; l++) {
            delta += choose * (Math.exp((k - l) * epsilon) - Math.exp((k - 2 * i + l) * epsilon));
            choose = choose * (k - l) / (l + 1);
        }
        return new Guarantee((k - 2 * i) * epsilon, delta / Math.pow(1 + Math.exp(epsilon), k));
    }

    private static void check(int k, double epsilon) {
        Parameters.requirePositive("epsilon", epsilon);
        if (k < 1) {
            throw new IllegalArgumentException("The number of answers is " + k + ", but must be at least 1.");
        }
    }
}
