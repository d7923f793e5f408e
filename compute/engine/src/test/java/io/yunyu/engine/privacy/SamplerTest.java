package io.yunyu.engine.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Samplers against their exact distributions, from fixed seeds. A p-value below one in a million fails: among these few
 * tests a right sampler with another seed would fail once in some ten thousand runs. More draws with
 * {@code -Dyunyu.sampler.draws=1000000}.
 */
final class SamplerTest {
    private static final int DRAWS = Integer.getInteger("yunyu.sampler.draws", 60_000);
    private static final double ALARM = 1e-6;
    private static final long SEED = 20261125;

    @ParameterizedTest
    @ValueSource(doubles = {0.25, 1, 2.75, 25, 1234.5})
    void draw_discreteGaussian_fitsItsProbabilities(double sigmaSquared) {
        DiscreteGaussian noise = new DiscreteGaussian(Ratio.of(sigmaSquared));
        assertThat(pValue(noise, drawing(noise, "gaussian" + sigmaSquared))).isGreaterThan(ALARM);
    }

    @ParameterizedTest
    @ValueSource(doubles = {0.5, 1, 2.25, 10, 333.3})
    void draw_discreteLaplace_fitsItsProbabilities(double scale) {
        DiscreteLaplace noise = new DiscreteLaplace(Ratio.of(scale));
        assertThat(pValue(noise, drawing(noise, "laplace" + scale))).isGreaterThan(ALARM);
    }

    @Test
    void pValue_varianceOffByEightPercentOrShifted_alarms() {
        DiscreteGaussian claimed = new DiscreteGaussian(Ratio.of(25, 1));
        assertThat(pValue(claimed, drawing(new DiscreteGaussian(Ratio.of(23, 1)), "narrow")))
                .isLessThan(ALARM);
        LongSupplier right = drawing(claimed, "shifted");
        LongSupplier shifted = () -> {
            long x = right.getAsLong();
            return x > 8 ? x + 1 : x;
        };
        assertThat(pValue(claimed, shifted)).isLessThan(ALARM);
    }

    @Test
    void draw_hugeVariance_hasItsMeanAndSpread() {
        BigInteger l2 = BigInteger.TEN.pow(40);
        DiscreteGaussian noise = DiscreteGaussian.forRho(10_000, l2);
        ExactDraws draws = draws("huge");
        double sigma = noise.sigma();
        double sum = 0;
        double squares = 0;
        for (int i = 0; i < 4000; i++) {
            double z = noise.draw(draws).doubleValue() / sigma;
            sum += z;
            squares += z * z;
        }
        assertThat(sigma).isEqualTo(1e20 / Math.sqrt(0.02));
        assertThat(Math.abs(sum) / Math.sqrt(4000)).isLessThan(5);
        assertThat(Math.abs(squares - 4000) / Math.sqrt(2 * 4000)).isLessThan(5);
    }

    @Test
    void keep_bothSelections_haveTheirProbabilities() {
        TruncatedGeometric geometric = new TruncatedGeometric(1, 1e-2, 2);
        GaussianThreshold threshold = GaussianThreshold.forRho(100_000, 1e-2, 5);
        for (PartitionSelection selection : List.of(geometric, threshold)) {
            ExactDraws draws = draws("keep" + selection);
            for (long units : new long[] {1, selection.evenChanceUnits(), selection.evenChanceUnits() + 3}) {
                int kept = 0;
                for (int i = 0; i < 20_000; i++) {
                    kept += selection.keep(units, draws) ? 1 : 0;
                }
                double p = selection.keepProbability(units);
                assertThat(Math.abs(kept - 20_000 * p)).isLessThan(5 * Math.sqrt(20_000 * p * (1 - p)) + 20);
            }
            assertThat(selection.keep(0, draws)).isFalse();
        }
    }

    @Test
    void threshold_groupsOfOneUnit_staysHiddenButForDelta() {
        for (long rho : new long[] {100, 10_000, 500_000, 20_000_000}) {
            for (int l0 : new int[] {1, 4}) {
                GaussianThreshold selection = GaussianThreshold.forRho(rho, 1e-6, l0);
                double shown = 0;
                for (long z = selection.threshold() - 1;
                        z < selection.threshold() + 60 * selection.noise().sigma() + 60;
                        z++) {
                    shown += selection.noise().probability(z);
                }
                assertThat(shown * l0).as("rho %s, l0 %s", rho, l0).isLessThanOrEqualTo(1e-6);
            }
        }
    }

    @Test
    void fill_sameSecretAndPurpose_givesTheSameStreamAndAnotherPurposeAnother() {
        byte[] secret = new byte[32];
        byte[] a = new byte[100];
        byte[] b = new byte[100];
        KeyedBits.of(secret, new byte[] {1}).fill(a);
        KeyedBits parts = KeyedBits.of(secret, new byte[] {1});
        byte[] head = new byte[33];
        byte[] tail = new byte[67];
        parts.fill(head);
        parts.fill(tail);
        System.arraycopy(head, 0, b, 0, 33);
        System.arraycopy(tail, 0, b, 33, 67);
        assertThat(b).isEqualTo(a);
        KeyedBits.of(secret, new byte[] {2}).fill(b);
        assertThat(b).isNotEqualTo(a);
        assertThatThrownBy(() -> KeyedBits.of(new byte[16], new byte[0])).hasMessageContaining("at least 32");
    }

    @Test
    void parameters_negativeZeroOrNotANumber_areRefused() {
        for (double bad : new double[] {0, -1, Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatThrownBy(() -> GaussianCalibration.sigma(bad, 1e-6, 1)).hasMessageContaining("epsilon");
            assertThatThrownBy(() -> ZeroConcentrated.epsilon(bad, 1e-6)).hasMessageContaining("rho");
            assertThatThrownBy(() -> new TruncatedGeometric(bad, 1e-6, 1)).hasMessageContaining("epsilon");
            assertThatThrownBy(() -> GaussianThreshold.forRho(1, bad, 1)).hasMessageContaining("delta");
        }
        assertThatThrownBy(() -> DiscreteGaussian.forRho(0, BigInteger.ONE)).hasMessageContaining("0 micro-rho");
        assertThatThrownBy(() -> DiscreteGaussian.forRho(-5, BigInteger.ONE)).hasMessageContaining("-5 micro-rho");
        assertThatThrownBy(() -> DiscreteLaplace.forEpsilon(Ratio.of(0, 1), BigInteger.ONE))
                .hasMessageContaining("above 0");
    }

    /** Pearson's chi-square over integers, those of small expectation put together. */
    private static double pValue(IntegerNoise noise, LongSupplier source) {
        long reach = (long) Math.ceil(12 * Math.max(1, noise.sigma()));
        long width = Math.max(1, (long) (noise.sigma() / 8));
        int bins = (int) (2 * reach / width + 1);
        double[] expected = new double[bins];
        double[] observed = new double[bins];
        for (long x = -reach; x <= reach; x++) {
            expected[(int) ((x + reach) / width)] += DRAWS * noise.probability(x);
        }
        for (int i = 0; i < DRAWS; i++) {
            long x = Math.max(-reach, Math.min(reach, source.getAsLong()));
            observed[(int) ((x + reach) / width)]++;
        }
        List<double[]> merged = new ArrayList<>();
        double[] open = new double[2];
        for (int i = 0; i < bins; i++) {
            open[0] += expected[i];
            open[1] += observed[i];
            if (open[0] >= 10) {
                merged.add(open);
                open = new double[2];
            }
        }
        merged.get(merged.size() - 1)[0] += open[0];
        merged.get(merged.size() - 1)[1] += open[1];
        double statistic = 0;
        for (double[] bin : merged) {
            statistic += (bin[1] - bin[0]) * (bin[1] - bin[0]) / bin[0];
        }
        return 1 - new ChiSquaredDistribution(null, merged.size() - 1).cumulativeProbability(statistic);
    }

    private static LongSupplier drawing(IntegerNoise noise, String name) {
        ExactDraws draws = draws(name);
        return () -> noise.draw(draws).longValueExact();
    }

    private static ExactDraws draws(String name) {
        byte[] purpose = (SEED + name).getBytes(StandardCharsets.UTF_8);
        return new ExactDraws(KeyedBits.of(new byte[32], purpose));
    }
}
