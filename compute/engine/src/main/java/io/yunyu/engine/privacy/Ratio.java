package io.yunyu.engine.privacy;

import java.math.BigDecimal;
import java.math.BigInteger;

/**
 * An exact non-negative fraction in lowest terms. Noise parameters are such fractions, so that no rounding of binary
 * floating point stands between a claimed guarantee and the sampler.
 */
public record Ratio(BigInteger numerator, BigInteger denominator) {
    /** @throws IllegalArgumentException if the denominator is not positive or the numerator negative */
    public Ratio {
        if (denominator.signum() <= 0 || numerator.signum() < 0) {
            throw new IllegalArgumentException("A ratio has a numerator of at least 0 and a denominator above 0.");
        }
        BigInteger common = numerator.gcd(denominator);
        if (!common.equals(BigInteger.ONE)) {
            numerator = numerator.divide(common);
            denominator = denominator.divide(common);
        }
    }

    public static Ratio of(long numerator, long denominator) {
        return new Ratio(BigInteger.valueOf(numerator), BigInteger.valueOf(denominator));
    }

    /** The value that a finite double has, exactly. */
    public static Ratio of(double value) {
        BigDecimal exact = new BigDecimal(value);
        return exact.scale() <= 0
                ? new Ratio(exact.toBigIntegerExact(), BigInteger.ONE)
                : new Ratio(exact.unscaledValue(), BigInteger.TEN.pow(exact.scale()));
    }

    public double doubleValue() {
        return new BigDecimal(numerator)
                .divide(new BigDecimal(denominator), java.math.MathContext.DECIMAL64)
                .doubleValue();
    }

    /** Largest integer that is not above the square root. */
    BigInteger floorOfRoot() {
        return numerator.divide(denominator).sqrt();
    }

    boolean isZero() {
        return numerator.signum() == 0;
    }
}
