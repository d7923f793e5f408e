package io.yunyu.engine.privacy;

import java.math.BigInteger;

/**
 * The discrete Laplace distribution: integers, P(x) proportional to exp(-|x| / scale), mean 0. Added to an integer of L1
 * sensitivity s it is (s / scale)-differentially private.
 */
public record DiscreteLaplace(Ratio scale) implements IntegerNoise {
    public DiscreteLaplace {
        if (scale.isZero()) {
            throw new IllegalArgumentException("The scale of Laplace noise must be above 0.");
        }
    }

    /** Noise for an integer: {@code epsilon}-differentially private at L1 sensitivity {@code l1}, at least 1. */
    public static DiscreteLaplace forEpsilon(Ratio epsilon, BigInteger l1) {
        if (epsilon.isZero() || l1.signum() <= 0) {
            throw new IllegalArgumentException("Epsilon and sensitivity must be above 0.");
        }
        return new DiscreteLaplace(new Ratio(l1.multiply(epsilon.denominator()), epsilon.numerator()));
    }

    /** CKS20, algorithm 2. */
    @Override
    public BigInteger draw(ExactDraws draws) {
        BigInteger t = scale.numerator();
        while (true) {
            BigInteger u = draws.below(t);
            if (!draws.bernoulliExp(u, t)) {
                continue;
            }
            BigInteger v = BigInteger.ZERO;
            while (draws.bernoulliExp(BigInteger.ONE, BigInteger.ONE)) {
                v = v.add(BigInteger.ONE);
            }
            BigInteger size = u.add(t.multiply(v)).divide(scale.denominator());
            boolean negative = draws.bit();
            if (!negative || size.signum() != 0) {
                return negative ? size.negate() : size;
            }
        }
    }

    @Override
    public double variance() {
        double decay = Math.exp(-1 / scale.doubleValue());
        double below = -Math.expm1(-1 / scale.doubleValue());
        return 2 * decay / (below * below);
    }

    @Override
    public double probability(long x) {
        double b = scale.doubleValue();
        return -Math.expm1(-1 / b) / (1 + Math.exp(-1 / b)) * Math.exp(-Math.abs((double) x) / b);
    }

    /** Smallest h with P(|noise| &gt; h) at most 1 - confidence. */
    @Override
    public double halfWidth(double confidence) {
        double decay = Math.exp(-1 / scale.doubleValue());
        // P(|X| > h) = 2 q^(h+1) / (1 + q)
        return Math.max(0, Math.ceil(Math.log((1 - confidence) * (1 + decay) / 2) / Math.log(decay) - 1));
    }
}
