package io.yunyu.engine.privacy;

import java.math.BigInteger;

/**
 * Shows a group whose number of units, with discrete Gaussian noise, reaches a threshold: delta-approximately rho-zCDP
 * for rho = l0 / 2 sigma&sup2;. The threshold is such that the groups of which one unit is the only member, at most l0,
 * all stay hidden with a probability of at least 1 - delta.
 *
 * @param threshold smallest noisy number of units that is shown
 */
public record GaussianThreshold(DiscreteGaussian noise, long threshold) implements PartitionSelection {
    /**
     * @param rhoMicros cost in millionths, at least 1
     * @param delta above 0, below 1
     * @param l0 most groups that a unit is in, at least 1
     */
    public static GaussianThreshold forRho(long rhoMicros, double delta, int l0) {
        return of(DiscreteGaussian.forRho(rhoMicros, BigInteger.valueOf(l0)), delta, l0);
    }

    /** The threshold for numbers of units that are published with this noise anyway; it costs nothing more. */
    public static GaussianThreshold of(DiscreteGaussian noise, double delta, int l0) {
        Parameters.requireProbability("delta", delta);
        // P(1 + Z >= threshold) <= P(N > (threshold - 2) / sigma) (CKS20, proposition 25) <= delta / l0
        double z = Normal.upperQuantile(delta / l0);
        return new GaussianThreshold(noise, 2 + (long) Math.ceil(Math.max(0, z) * noise.parameterSigma()));
    }

    @Override
    public boolean keep(long units, ExactDraws draws) {
        return units > 0 && keepNoisy(noise.draw(draws).add(BigInteger.valueOf(units)));
    }

    /** Whether a group of at least one unit is shown whose number of units is this with the noise on it. */
    public boolean keepNoisy(BigInteger noisyUnits) {
        return noisyUnits.compareTo(BigInteger.valueOf(threshold)) >= 0;
    }

    /** By the continuous distribution, about half a unit off. */
    @Override
    public double keepProbability(long units) {
        return units <= 0 ? 0 : Normal.upper((threshold - 0.5 - units) / noise.parameterSigma());
    }
}
