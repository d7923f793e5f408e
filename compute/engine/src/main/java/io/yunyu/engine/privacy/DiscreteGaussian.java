package io.yunyu.engine.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.math.MathContext;

/**
 * The discrete Gaussian distribution: integers, P(x) proportional to exp(-x&sup2; / 2 sigma&sup2;), mean 0. Added to integers
 * of joint L2 sensitivity s it is (s&sup2; / 2 sigma&sup2;)-zCDP (CKS20, theorem 4).
 *
 * @param sigmaSquared the parameter; the variance is at most this, and equal to it for all practical purposes from 1 up
 */
public record DiscreteGaussian(Ratio sigmaSquared) implements IntegerNoise {
    private static final long MICRO = 1_000_000;
    private static final int TAILS = 40;

    public DiscreteGaussian {
        if (sigmaSquared.isZero()) {
            throw new IllegalArgumentException("The variance of Gaussian noise must be above 0.");
        }
    }

    /**
     * Noise that costs a given rho, exactly: sigma&sup2; = l2&sup2; / (2 rho).
     *
     * @param rhoMicros cost in millionths of rho, at least 1
     * @param l2Squared square of the L2 sensitivity of all numbers that get this noise together, at least 1
     * @throws IllegalArgumentException if either is below its least value
     */
    public static DiscreteGaussian forRho(long rhoMicros, BigInteger l2Squared) {
        if (rhoMicros < 1 || l2Squared.signum() <= 0) {
            throw new IllegalArgumentException("The budget of a noisy number is " + rhoMicros
                    + " micro-rho and its squared sensitivity " + l2Squared + "; both must be at least 1.");
        }
        return new DiscreteGaussian(
                new Ratio(l2Squared.multiply(BigInteger.valueOf(MICRO)), BigInteger.valueOf(2 * rhoMicros)));
    }

    /** CKS20, algorithm 3. */
    @Override
    public BigInteger draw(ExactDraws draws) {
        BigInteger t = sigmaSquared.floorOfRoot().add(BigInteger.ONE);
        DiscreteLaplace proposal = new DiscreteLaplace(new Ratio(t, BigInteger.ONE));
        BigInteger n = sigmaSquared.numerator();
        BigInteger dt = sigmaSquared.denominator().multiply(t);
        BigInteger denominator = n.shiftLeft(1).multiply(dt).multiply(t);
        while (true) {
            BigInteger y = proposal.draw(draws);
            BigInteger distance = y.abs().multiply(dt).subtract(n);
            if (draws.bernoulliExp(distance.multiply(distance), denominator)) {
                return y;
            }
        }
    }

    @Override
    public double variance() {
        double s2 = sigmaSquared.doubleValue();
        if (s2 > 100) {
            return s2;
        }
        double total = 0;
        double squares = 0;
        for (long x = -tail(); x <= tail(); x++) {
            double weight = Math.exp(-x * x / (2 * s2));
            total += weight;
            squares += weight * x * x;
        }
        return squares / total;
    }

    @Override
    public double probability(long x) {
        double s2 = sigmaSquared.doubleValue();
        double total;
        if (s2 > 100) {
            total = Math.sqrt(2 * Math.PI * s2);
        } else {
            total = 0;
            for (long k = -tail(); k <= tail(); k++) {
                total += Math.exp(-k * k / (2 * s2));
            }
        }
        return Math.exp(-(double) x * x / (2 * s2)) / total;
    }

    /** From the tail bound P(X &gt;= m) &lt;= P(N(0, sigma&sup2;) &gt; m - 1) (CKS20, proposition 25); never too narrow. */
    @Override
    public double halfWidth(double confidence) {
        return Math.ceil(Normal.upperQuantile((1 - confidence) / 2) * parameterSigma());
    }

    /** The parameter's root; at most a rounding of floating point below the standard deviation's bound. */
    double parameterSigma() {
        return new BigDecimal(sigmaSquared.numerator())
                .divide(new BigDecimal(sigmaSquared.denominator()), MathContext.DECIMAL64)
                .sqrt(MathContext.DECIMAL64)
                .doubleValue();
    }

    private long tail() {
        return (long) Math.ceil(TAILS * Math.max(1, parameterSigma()));
    }
}
