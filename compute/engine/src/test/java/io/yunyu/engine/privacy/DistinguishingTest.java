package io.yunyu.engine.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

/**
 * Tries to tell two neighbouring data sets apart by the noisy answers alone. The bound on epsilon that the attack proves
 * must stay below what is claimed; and it must rise above it for mechanisms that are wrong on purpose. One bound in a
 * million may be too high by chance; the seeds are fixed.
 */
final class DistinguishingTest {
    private static final int DRAWS = 40_000;
    private static final double ALPHA = 1e-6;
    private static final double DELTA = 1e-2;
    private static final long RHO_MICROS = 500_000;
    private static final double CLAIMED = ZeroConcentrated.epsilonOfGaussian(0.5, DELTA);

    @Test
    void count_claimedRho_isNotExceeded() {
        DiscreteGaussian noise = DiscreteGaussian.forRho(RHO_MICROS, BigInteger.ONE);
        assertThat(bound(noise, 1, "claimed", DELTA))
                .isLessThan(CLAIMED)
                .as("the attack has teeth")
                .isGreaterThan(1.5);
    }

    @Test
    void count_halfTheNoise_isCaught() {
        DiscreteGaussian half = DiscreteGaussian.forRho(4 * RHO_MICROS, BigInteger.ONE);
        assertThat(bound(half, 1, "half", DELTA)).isGreaterThan(CLAIMED);
        DiscreteLaplace claimed = DiscreteLaplace.forEpsilon(Ratio.of(1, 1), BigInteger.ONE);
        DiscreteLaplace halved = DiscreteLaplace.forEpsilon(Ratio.of(2, 1), BigInteger.ONE);
        assertThat(bound(claimed, 1, "laplace", 0)).isLessThan(1).isGreaterThan(0.8);
        assertThat(bound(halved, 1, "laplace half", 0)).isGreaterThan(1);
    }

    @Test
    void count_boundOnContributionsIgnored_isCaught() {
        DiscreteLaplace claimed = DiscreteLaplace.forEpsilon(Ratio.of(1, 1), BigInteger.ONE);
        assertThat(bound(claimed, 3, "three rows of one unit", 0)).isGreaterThan(1);
    }

    private static double bound(IntegerNoise noise, long contribution, String name, double delta) {
        return EpsilonAudit.lowerBound(
                drawing(noise, 100 + contribution, name + 1), drawing(noise, 100, name + 0), DRAWS, ALPHA, delta);
    }

    private static LongSupplier drawing(IntegerNoise noise, long exact, String name) {
        byte[] purpose = ("distinguish " + name).getBytes(StandardCharsets.UTF_8);
        ExactDraws draws = new ExactDraws(KeyedBits.of(new byte[32], purpose));
        return () -> exact + noise.draw(draws).longValueExact();
    }
}
