package io.yunyu.anonymizer.quality;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.DataType.Scale;
import io.yunyu.anonymizer.quality.SummaryStatistics.Mode;
import io.yunyu.anonymizer.quality.SummaryStatistics.Moments;
import io.yunyu.anonymizer.quality.SummaryStatistics.Quantiles;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.apache.commons.math3.stat.descriptive.DescriptiveStatistics;
import org.apache.commons.math3.stat.descriptive.moment.GeometricMean;
import org.junit.jupiter.api.Test;

class SummaryStatisticsTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261129L);

    @Test
    void of_numbers_hasCountsModeQuantilesAndMoments() {
        SummaryStatistics statistics =
                SummaryStatistics.of(DataType.INTEGER, Map.of("2", 1L, "4", 3L, "5", 2L, "7", 1L, "9", 1L, "NULL", 2L));

        assertThat(statistics.scale()).isEqualTo(Scale.RATIO);
        assertThat(statistics.records()).isEqualTo(10);
        assertThat(statistics.missing()).isEqualTo(2);
        assertThat(statistics.distinctValues()).isEqualTo(5);
        assertThat(statistics.mode()).contains(new Mode("4", 3));
        // 2 4 4 4 5 5 7 9: of two middle values the upper one, as ARX has it.
        assertThat(statistics.quantiles()).contains(new Quantiles("2", "4", "5", "7", "9"));
        Moments moments = statistics.moments().orElseThrow();
        assertThat(moments.mean()).isEqualTo(5);
        assertThat(moments.populationVariance()).isEqualTo(4);
        assertThat(moments.sampleVariance()).isCloseTo(32 / 7.0, within(1e-12));
        assertThat(moments.standardDeviation()).isCloseTo(Math.sqrt(32 / 7.0), within(1e-12));
        assertThat(moments.range()).isEqualTo(7);
        // The cubes of the differences add up to 42, their fourth powers to 356.
        assertThat(moments.skewness()).isCloseTo(8 / 42.0 * 42 / Math.pow(32 / 7.0, 1.5), within(1e-12));
        assertThat(moments.kurtosis())
                .isCloseTo(8.0 * 9 / (7 * 6 * 5) * 356 / Math.pow(32 / 7.0, 2) - 3.0 * 49 / 30, within(1e-12));
        assertThat(moments.geometricMean())
                .isCloseTo(Math.pow(2 * 4 * 4 * 4 * 5 * 5 * 7 * 9.0, 1 / 8.0), within(1e-12));
    }

    @Test
    void of_numberOfOneKind_leavesUndefinedWhatIsUndefined() {
        Moments same = SummaryStatistics.of(DataType.DECIMAL, Map.of("1.5", 9L))
                .moments()
                .orElseThrow();
        assertThat(same.sampleVariance()).isZero();
        assertThat(same.skewness()).isNaN();
        assertThat(same.kurtosis()).isNaN();
        Moments two = SummaryStatistics.of(DataType.DECIMAL, Map.of("-1", 1L, "3", 1L))
                .moments()
                .orElseThrow();
        assertThat(two.sampleVariance()).isEqualTo(8);
        assertThat(two.skewness()).isNaN();
        assertThat(two.geometricMean()).as("of a negative number").isNaN();
        assertThat(SummaryStatistics.of(DataType.DECIMAL, Map.of("7", 1L))
                        .moments()
                        .orElseThrow()
                        .sampleVariance())
                .isZero();
    }

    @Test
    void of_otherTypes_hasWhatTheirScaleAllows() {
        SummaryStatistics text = SummaryStatistics.of(DataType.STRING, Map.of("b", 2L, "a", 2L, "*", 1L, "", 1L));
        assertThat(text.scale()).isEqualTo(Scale.NOMINAL);
        assertThat(text.missing()).isEqualTo(2);
        assertThat(text.mode()).as("the first of equally frequent ones").contains(new Mode("a", 2));
        assertThat(text.quantiles()).isEmpty();

        DataType sizes = new DataType.Ordered(List.of("small", "medium", "big"));
        SummaryStatistics ordered = SummaryStatistics.of(sizes, Map.of("big", 1L, "medium", 2L, "small", 1L));
        assertThat(ordered.scale()).isEqualTo(Scale.ORDINAL);
        assertThat(ordered.quantiles()).contains(new Quantiles("small", "small", "medium", "big", "big"));
        assertThat(ordered.moments()).isEmpty();

        SummaryStatistics dates =
                SummaryStatistics.of(new DataType.Date("yyyy-MM-dd"), Map.of("1970-01-02", 1L, "1970-01-05", 1L));
        assertThat(dates.scale()).isEqualTo(Scale.INTERVAL);
        assertThat(dates.moments().orElseThrow().mean()).isEqualTo(2.5);
        assertThat(dates.moments().orElseThrow().geometricMean()).isNaN();
    }

    /** A range is no number: then all are names, and nothing is added up. */
    @Test
    void of_labelsThatAreNotOfTheType_areNames() {
        SummaryStatistics statistics = SummaryStatistics.of(DataType.INTEGER, Map.of("[10, 20[", 3L, "5", 1L));
        assertThat(statistics.scale()).isEqualTo(Scale.NOMINAL);
        assertThat(statistics.mode()).contains(new Mode("[10, 20[", 3));
        assertThat(statistics.quantiles()).isEmpty();
        assertThat(statistics.moments()).isEmpty();
        assertThat(SummaryStatistics.of(DataType.INTEGER, Map.of("*", 3L)).mode())
                .isEmpty();
    }

    /** Against commons-math, which ARX uses, and against the sorted records themselves. */
    @Test
    void of_randomNumbers_agreesWithAnotherImplementation() {
        System.out.println("SummaryStatisticsTest: seed " + SEED);
        Random random = new Random(SEED);
        for (int run = 0; run < 300; run++) {
            int n = 1 + random.nextInt(60);
            int spread = 1 + random.nextInt(40);
            List<Integer> numbers = new ArrayList<>();
            Map<String, Long> counts = new HashMap<>();
            DescriptiveStatistics expected = new DescriptiveStatistics();
            GeometricMean geometric = new GeometricMean();
            for (int i = 0; i < n; i++) {
                int number = 1_000 + random.nextInt(spread);
                numbers.add(number);
                counts.merge(String.valueOf(number), 1L, Long::sum);
                expected.addValue(number);
                geometric.increment(number);
            }
            Collections.sort(numbers);
            SummaryStatistics found = SummaryStatistics.of(DataType.INTEGER, counts);
            Moments moments = found.moments().orElseThrow();
            String as = "seed " + SEED + ", run " + run;
            assertThat(moments.mean()).as(as).isCloseTo(expected.getMean(), within(1e-9));
            assertThat(moments.sampleVariance()).as(as).isCloseTo(expected.getVariance(), within(1e-9));
            assertThat(moments.populationVariance()).as(as).isCloseTo(expected.getPopulationVariance(), within(1e-9));
            assertThat(moments.geometricMean()).as(as).isCloseTo(geometric.getResult(), within(1e-8));
            if (expected.getVariance() > 0 && n > 3) {
                assertThat(moments.skewness()).as(as).isCloseTo(expected.getSkewness(), within(1e-9));
                assertThat(moments.kurtosis()).as(as).isCloseTo(expected.getKurtosis(), within(1e-9));
            }
            Quantiles quantiles = found.quantiles().orElseThrow();
            assertThat(quantiles.median()).as(as).isEqualTo(String.valueOf(numbers.get(n / 2)));
            assertThat(quantiles.lowerQuartile()).as(as).isEqualTo(String.valueOf(numbers.get((n - 1) / 4)));
            assertThat(quantiles.upperQuartile()).as(as).isEqualTo(String.valueOf(numbers.get(n - 1 - (n - 1) / 4)));
            assertThat(quantiles.maximum()).as(as).isEqualTo(String.valueOf(numbers.get(n - 1)));
        }
    }
}
