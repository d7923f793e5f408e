package io.yunyu.engine.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;
import static org.assertj.core.api.Assertions.withinPercentage;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Reproduces the numbers of dp.json. */
final class PrivacyVectorsTest {
    private static JsonObject vectors;

    @BeforeAll
    static void read() throws IOException {
        Path file = Path.of(System.getProperty("yunyu.shared", "../shared"), "vectors", "dp.json");
        assumeTrue(Files.isRegularFile(file), "skipped: the vectors dp.json are not at hand");
        vectors = Json.parseObject(Files.readAllBytes(file));
    }

    @Test
    void keepProbability_publishedValues_areReproduced() {
        for (JsonObject row : vectors.object("partition_selection").objects("google_java_test_values")) {
            TruncatedGeometric selection = selection(row);
            List<Double> expected = row.list("values", PrivacyVectorsTest::number);
            for (int n = 0; n < expected.size(); n++) {
                assertThat(selection.keepProbability(n)).isCloseTo(expected.get(n), withinPercentage(1e-4));
            }
        }
    }

    @Test
    void keepProbability_computedRows_areReproduced() {
        for (JsonObject row : vectors.object("partition_selection").objects("computed")) {
            TruncatedGeometric selection = selection(row);
            int half = row.intValue("n_for_50pct");
            int certain = row.intValue("n_for_certain");
            assertThat(selection.evenChanceUnits()).isEqualTo(half);
            assertThat(selection.keepProbability(certain)).isGreaterThan(1 - 1e-9);
            List<Double> expected = row.list("p", PrivacyVectorsTest::number);
            int[] units = {1, 2, 5, 10, 15, 20, 30};
            for (int i = 0; i < expected.size(); i++) {
                assertThat(selection.keepProbability(units[i]))
                        .as("%s units", units[i])
                        .isCloseTo(expected.get(i), withinPercentage(1e-9));
            }
        }
    }

    @Test
    void sigma_analyticGaussian_isReproduced() {
        for (JsonObject row : vectors.object("analytic_gaussian").objects("rows")) {
            double epsilon = number(row, "eps");
            double delta = number(row, "delta");
            double l2 = number(row, "l2");
            double sigma = GaussianCalibration.sigma(epsilon, delta, l2);
            assertThat(sigma).isCloseTo(number(row, "sigma"), withinPercentage(1e-8));
            assertThat(sigma).isLessThan(number(row, "classic_sigma"));
            assertThat(GaussianCalibration.delta(epsilon, sigma, l2)).isLessThanOrEqualTo(delta);
        }
    }

    @Test
    void epsilon_ofRho_isReproducedInEveryConversion() {
        for (JsonObject row : vectors.object("zcdp").objects("rows")) {
            double rho = number(row, "rho");
            double delta = number(row, "delta");
            assertThat(ZeroConcentrated.epsilonBunSteinke(rho, delta))
                    .isCloseTo(number(row, "eps_BS16"), within(1e-10));
            assertThat(ZeroConcentrated.epsilon(rho, delta)).isCloseTo(number(row, "eps_CKS20"), within(1e-8));
            assertThat(ZeroConcentrated.epsilonOfGaussian(rho, delta))
                    .isCloseTo(number(row, "eps_exact_gaussian"), within(1e-8));
            assertThat(ZeroConcentrated.rho(number(row, "eps_CKS20"), delta)).isCloseTo(rho, within(1e-7));
        }
    }

    @Test
    void noise_varianceAndProbabilityOfZero_areReproduced() {
        for (JsonObject row : vectors.objects("discrete_gaussian")) {
            IntegerNoise noise = new DiscreteGaussian(Ratio.of(number(row, "sigma2")));
            assertThat(noise.variance()).isCloseTo(number(row, "variance"), within(1e-12));
            assertThat(noise.probability(0)).isCloseTo(number(row, "p0"), within(1e-14));
        }
        for (JsonObject row : vectors.objects("discrete_laplace")) {
            IntegerNoise noise = new DiscreteLaplace(Ratio.of(number(row, "scale")));
            assertThat(noise.variance()).isCloseTo(number(row, "variance"), within(1e-11));
            assertThat(noise.probability(0)).isCloseTo(number(row, "p0"), within(1e-14));
        }
    }

    @Test
    void composition_optimalAndAdvanced_areReproduced() {
        List<JsonObject> rows = vectors.objects("kov_composition_k20_eps0.1");
        for (int i = 0; i < rows.size(); i++) {
            Composition.Guarantee guarantee = Composition.optimal(20, 0.1, i);
            assertThat(guarantee.epsilon()).isCloseTo(number(rows.get(i), "eps"), within(1e-12));
            assertThat(guarantee.delta()).isCloseTo(number(rows.get(i), "delta"), within(1e-13));
        }
        JsonObject advanced = vectors.object("advanced_composition").object("value");
        assertThat(Composition.advancedEpsilon(
                        advanced.intValue("k"), number(advanced, "eps"), number(advanced, "delta_prime")))
                .isCloseTo(number(advanced, "result"), within(1e-12));
    }

    @Test
    void epsilonLowerBound_ofAudit_isReproduced() {
        for (JsonObject row : vectors.object("audit_eps_lower_bound").objects("rows")) {
            assertThat(EpsilonAudit.lowerBound(
                            row.intValue("k1"),
                            row.intValue("n1"),
                            row.intValue("k0"),
                            row.intValue("n0"),
                            number(row, "alpha"),
                            number(row, "delta")))
                    .isCloseTo(number(row, "eps_lb"), within(1e-7));
        }
    }

    private static TruncatedGeometric selection(JsonObject row) {
        return new TruncatedGeometric(number(row, "eps"), number(row, "delta"), row.intValue("l0"));
    }

    private static double number(JsonObject row, String name) {
        return row.decimal(name).doubleValue();
    }

    private static double number(Object value) {
        return ((Number) value).doubleValue();
    }
}
