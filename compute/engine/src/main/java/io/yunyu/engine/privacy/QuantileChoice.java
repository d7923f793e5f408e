package io.yunyu.engine.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * Chooses one of a number of ordered points as a quantile, by the exponential mechanism (McSherry and Talwar 2007): each
 * with a probability proportional to exp(-rate &middot; distance), where a point's distance is how far in rank it is from
 * the quantile (Smith 2011). The points are fixed beforehand; what comes from data is only how much weight of records lies
 * on each.
 *
 * <p>Adding a unit that has at most a given weight changes no distance by more than that weight times the larger of share
 * and 1 - share. The mechanism is therefore of bounded range epsilon = 2 rate &middot; that change, which is
 * (epsilon&sup2; / 8)-zCDP (Cesar and Rogers 2021).
 *
 * @param part numerator of the share of records below the quantile, 0 to {@code whole}
 * @param whole denominator of the share
 * @param rate per unit of distance, where a distance is a weight times {@code whole}
 */
public record QuantileChoice(long part, long whole, Ratio rate) {
    private static final int RATE_BITS = 32;
    private static final BigInteger MICRO = BigInteger.valueOf(1_000_000);

    public QuantileChoice {
        if (whole < 1 || part < 0 || part > whole || rate.isZero()) {
            throw new IllegalArgumentException("A quantile's share must be 0 to 1, and its rate above 0.");
        }
    }

    /**
     * The choice that costs a given rho where a unit is in several cells, each with a choice of its own. The rate is
     * rounded down, so that the cost is never more.
     *
     * @param share of the records below the quantile, 0 to 1
     * @param rhoMicros cost in millionths of rho, at least 1
     * @param l0 most cells that a unit has weight in, at least 1
     * @param weight most weight that a unit has in one cell, at least 1
     */
    public static QuantileChoice forRho(BigDecimal share, long rhoMicros, int l0, long weight) {
        if (rhoMicros < 1 || l0 < 1 || weight < 1) {
            throw new IllegalArgumentException("The budget of a quantile is " + rhoMicros + " micro-rho for " + l0
                    + " cells of weight " + weight + "; each must be at least 1.");
        }
        Ratio exact = new Ratio(
                share.movePointRight(Math.max(0, share.scale())).toBigIntegerExact(),
                BigInteger.TEN.pow(Math.max(0, share.scale())));
        long part = exact.numerator().longValueExact();
        long whole = exact.denominator().longValueExact();
        BigInteger most = BigInteger.valueOf(Math.max(part, whole - part)).multiply(BigInteger.valueOf(weight));
        // epsilon / 2 = sqrt(8 rho / l0) / 2 = sqrt(2 rho / l0)
        BigInteger root = BigInteger.valueOf(2 * rhoMicros)
                .shiftLeft(2 * RATE_BITS)
                .divide(MICRO.multiply(BigInteger.valueOf(l0)))
                .sqrt();
        return new QuantileChoice(part, whole, new Ratio(root, most.shiftLeft(RATE_BITS)));
    }

    /** Position of the chosen point. */
    public int draw(long[] weights, ExactDraws draws) {
        BigInteger[] distances = distances(weights);
        BigInteger points = BigInteger.valueOf(weights.length);
        while (true) {
            int point = draws.below(points).intValueExact();
            // Some point has distance 0, so that this ends after as many turns as there are points, on average at most.
            if (draws.bernoulliExp(distances[point].multiply(rate.numerator()), rate.denominator())) {
                return point;
            }
        }
    }

    /** Of each point, as precise as floating point. */
    public double[] probabilities(long[] weights) {
        BigInteger[] distances = distances(weights);
        double[] probabilities = new double[weights.length];
        double total = 0;
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] = Math.exp(-distances[i].doubleValue() * rate.doubleValue());
            total += probabilities[i];
        }
        for (int i = 0; i < probabilities.length; i++) {
            probabilities[i] /= total;
        }
        return probabilities;
    }

    /**
     * Weight of records between the quantile and the chosen point that is not exceeded with the given confidence, whatever
     * the records are: at most points &middot; exp(-rate &middot; distance) of the probability lies farther away.
     */
    public double distanceWithin(double confidence, int points) {
        return Math.log(points / (1 - confidence)) / rate.doubleValue() / whole;
    }

    /** How far the rank of the quantile is from the ranks that a point's records take up; 0 for at least one point. */
    private BigInteger[] distances(long[] weights) {
        BigInteger all = BigInteger.ZERO;
        for (long weight : weights) {
            all = all.add(BigInteger.valueOf(weight));
        }
        BigInteger rank = all.multiply(BigInteger.valueOf(part));
        BigInteger[] distances = new BigInteger[weights.length];
        BigInteger before = BigInteger.ZERO;
        for (int i = 0; i < weights.length; i++) {
            BigInteger after = before.add(BigInteger.valueOf(weights[i]).multiply(BigInteger.valueOf(whole)));
            distances[i] = before.subtract(rank).max(rank.subtract(after)).max(BigInteger.ZERO);
            before = after;
        }
        return distances;
    }
}
