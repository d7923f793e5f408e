package io.yunyu.engine.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.IntSupplier;
import org.apache.commons.math3.distribution.ChiSquaredDistribution;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The choice of a quantile: what it costs, on every small data set; how it is drawn; and how near it comes. */
final class QuantileChoiceTest {
    private static final int DRAWS = Integer.getInteger("yunyu.sampler.draws", 60_000);
    private static final double ALARM = 1e-6;
    private static final double[] ORDERS = {1.01, 1.5, 2, 4, 16, 64};
    private static final int POINTS = 4;
    private static final long RHO_MICROS = 300_000;

    @ParameterizedTest
    @ValueSource(strings = {"0", "0.25", "0.5", "0.9", "0.9999", "1"})
    void probabilities_anyUnitMoreOnEverySmallDataSet_costNoMoreThanRho(String share) {
        for (int weight = 1; weight <= 3; weight++) {
            QuantileChoice choice = QuantileChoice.forRho(new BigDecimal(share), RHO_MICROS, 1, weight);
            double cost = costOnSmallDataSets(choice, weight);
            assertThat(cost).as("share %s, weight %s", share, weight).isLessThanOrEqualTo(0.3);
            // Were the bound far off, a check against it would prove little.
            assertThat(cost).isGreaterThan(0.05);
        }
    }

    @Test
    void costOnSmallDataSets_unitHeavierThanClaimedOrCostDoubled_isSeen() {
        BigDecimal half = new BigDecimal("0.5");
        assertThat(costOnSmallDataSets(QuantileChoice.forRho(half, RHO_MICROS, 1, 1), 2))
                .isGreaterThan(0.3);
        assertThat(costOnSmallDataSets(QuantileChoice.forRho(half, 2 * RHO_MICROS, 1, 2), 2))
                .isGreaterThan(0.3);
    }

    @Test
    void forRho_severalCells_shareIt() {
        BigDecimal half = new BigDecimal("0.5");
        double one = QuantileChoice.forRho(half, RHO_MICROS, 1, 1).rate().doubleValue();
        double nine = QuantileChoice.forRho(half, RHO_MICROS, 9, 1).rate().doubleValue();
        assertThat(one / nine).isBetween(2.999, 3.001);
        // epsilon / 2 over the change of a distance, 1 in units where whole is 2
        assertThat(one).isLessThanOrEqualTo(Math.sqrt(0.6)).isGreaterThan(Math.sqrt(0.6) - 1e-6);
    }

    @ParameterizedTest
    @ValueSource(longs = {200, 5_000, 400_000})
    void draw_fitsItsProbabilities(long rhoMicros) {
        Random random = new Random(rhoMicros);
        long[] weights = random.longs(25, 0, 9).toArray();
        for (String share : List.of("0.5", "0.05")) {
            QuantileChoice choice = QuantileChoice.forRho(new BigDecimal(share), rhoMicros, 1, 2);
            ExactDraws draws = draws(share + rhoMicros);
            assertThat(pValue(choice.probabilities(weights), () -> choice.draw(weights, draws)))
                    .isGreaterThan(ALARM);
        }
    }

    @Test
    void pValue_rateOffByATenth_alarms() {
        long[] weights = new Random(3).longs(25, 0, 9).toArray();
        BigDecimal half = new BigDecimal("0.5");
        QuantileChoice claimed = QuantileChoice.forRho(half, 5_000, 1, 2);
        QuantileChoice other = QuantileChoice.forRho(half, 6_050, 1, 2);
        ExactDraws draws = draws("off");
        assertThat(pValue(claimed.probabilities(weights), () -> other.draw(weights, draws)))
                .isLessThan(ALARM);
    }

    @Test
    void draw_noRecords_isEvenOverAllPoints() {
        QuantileChoice choice = QuantileChoice.forRho(new BigDecimal("0.5"), 5_000, 1, 2);
        double[] even = new double[25];
        java.util.Arrays.fill(even, 1.0 / 25);
        ExactDraws draws = draws("none");
        assertThat(pValue(even, () -> choice.draw(new long[25], draws))).isGreaterThan(ALARM);
    }

    @Test
    void distanceWithin_isReachedAtMostOnceInTwenty() {
        Random random = new Random(11);
        double closest = 0;
        for (int run = 0; run < 50; run++) {
            long[] weights = random.longs(40, 0, 30).toArray();
            QuantileChoice choice = QuantileChoice.forRho(new BigDecimal("0.3"), 20_000, 1, 2);
            double within = choice.distanceWithin(0.95, weights.length);
            double[] probabilities = choice.probabilities(weights);
            double beyond = 0;
            for (int i = 0; i < weights.length; i++) {
                beyond += distance(weights, i, 0.3) > within ? probabilities[i] : 0;
            }
            assertThat(beyond).isLessThanOrEqualTo(0.05);
            closest = Math.max(closest, beyond);
        }
        assertThat(closest).isGreaterThan(0);
    }

    @Test
    void draw_muchBudget_isThePointOfTheQuantile() {
        long[] weights = {0, 0, 7, 0, 3, 0, 10, 1};
        QuantileChoice median = QuantileChoice.forRho(new BigDecimal("0.5"), 100_000_000, 1, 1);
        ExactDraws draws = draws("sure");
        int right = 0;
        for (int i = 0; i < 1000; i++) {
            right += median.draw(weights, draws) == 6 ? 1 : 0;
        }
        assertThat(right).isGreaterThan(990);
    }

    @Test
    void forRho_shareOrBudgetOutOfRange_isRefused() {
        assertThatThrownBy(() -> QuantileChoice.forRho(new BigDecimal("1.01"), 1, 1, 1))
                .hasMessageContaining("share");
        assertThatThrownBy(() -> QuantileChoice.forRho(new BigDecimal("-0.1"), 1, 1, 1))
                .hasMessageContaining("0");
        assertThatThrownBy(() -> QuantileChoice.forRho(BigDecimal.ONE, 0, 1, 1)).hasMessageContaining("0 micro-rho");
    }

    /**
     * The largest Renyi divergence over its order, of all data sets with up to two records' weight on each of four points
     * and all units whose weight, in whatever parts, is at most the given one; in both directions.
     */
    private static double costOnSmallDataSets(QuantileChoice choice, int weight) {
        double cost = 0;
        for (long[] weights : vectors(2, 2 * POINTS)) {
            double[] without = choice.probabilities(weights);
            for (long[] unit : vectors(weight, weight)) {
                long[] more = weights.clone();
                for (int i = 0; i < POINTS; i++) {
                    more[i] += unit[i];
                }
                double[] with = choice.probabilities(more);
                for (double order : ORDERS) {
                    cost = Math.max(cost, renyi(with, without, order) / order);
                    cost = Math.max(cost, renyi(without, with, order) / order);
                }
            }
        }
        return cost;
    }

    /** All vectors of four entries up to {@code each} with a sum up to {@code all}. */
    private static List<long[]> vectors(int each, int all) {
        List<long[]> vectors = new ArrayList<>();
        int base = each + 1;
        for (int code = 0; code < Math.pow(base, POINTS); code++) {
            long[] vector = new long[POINTS];
            int rest = code;
            long sum = 0;
            for (int i = 0; i < POINTS; i++) {
                vector[i] = rest % base;
                sum += vector[i];
                rest /= base;
            }
            if (sum <= all) {
                vectors.add(vector);
            }
        }
        return vectors;
    }

    private static double renyi(double[] p, double[] q, double order) {
        double sum = 0;
        for (int i = 0; i < p.length; i++) {
            sum += Math.pow(p[i], order) * Math.pow(q[i], 1 - order);
        }
        return Math.log(sum) / (order - 1);
    }

    /** By its definition, in weight: how far the quantile's rank is from those of the point's records. */
    private static double distance(long[] weights, int point, double share) {
        double all = 0;
        double before = 0;
        for (int i = 0; i < weights.length; i++) {
            all += weights[i];
            before += i < point ? weights[i] : 0;
        }
        double rank = share * all;
        return Math.max(0, Math.max(before - rank, rank - before - weights[point]));
    }

    private static double pValue(double[] probabilities, IntSupplier source) {
        double[] observed = new double[probabilities.length];
        for (int i = 0; i < DRAWS; i++) {
            observed[source.getAsInt()]++;
        }
        double statistic = 0;
        int bins = 0;
        double[] rare = new double[2];
        for (int i = 0; i < observed.length; i++) {
            double expected = probabilities[i] * DRAWS;
            if (expected < 10) {
                rare[0] += expected;
                rare[1] += observed[i];
            } else {
                statistic += (observed[i] - expected) * (observed[i] - expected) / expected;
                bins++;
            }
        }
        if (rare[0] > 0) {
            // A handful of expected draws in all, or far fewer: not fewer than one is divided by.
            statistic += (rare[1] - rare[0]) * (rare[1] - rare[0]) / Math.max(1, rare[0]);
            bins++;
        }
        return 1 - new ChiSquaredDistribution(null, Math.max(1, bins - 1)).cumulativeProbability(statistic);
    }

    private static ExactDraws draws(String name) {
        return new ExactDraws(KeyedBits.of(new byte[32], ("quantile " + name).getBytes(StandardCharsets.UTF_8)));
    }
}
