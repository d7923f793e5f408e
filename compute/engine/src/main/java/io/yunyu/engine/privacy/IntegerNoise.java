package io.yunyu.engine.privacy;

import java.math.BigInteger;

/** Noise on integers, symmetric about 0, drawn exactly from its distribution. */
public sealed interface IntegerNoise permits DiscreteLaplace, DiscreteGaussian {
    BigInteger draw(ExactDraws draws);

    double variance();

    /** Probability of one integer, as precise as floating point. */
    double probability(long x);

    /**
     * Half the width of the interval about a noisy value that holds the exact one.
     *
     * @param confidence above 0, below 1
     */
    double halfWidth(double confidence);

    default double sigma() {
        return Math.sqrt(variance());
    }
}
