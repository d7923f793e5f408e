package io.yunyu.engine.perturbation;

import static io.yunyu.engine.perturbation.Intervals.byValue;
import static io.yunyu.engine.perturbation.Intervals.moments;
import static io.yunyu.engine.perturbation.Intervals.row;
import static io.yunyu.engine.perturbation.Intervals.widths;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Which tables the maximum-entropy design gives. */
class PerturbationTableDesignTest {
    private static final PerturbationTable COUNTS = PerturbationTable.of(PerturbationParameters.counts(5, 3, 2));
    private static final PerturbationTable MAGNITUDES =
            PerturbationTable.of(PerturbationParameters.magnitudes(TableType.ALL, 10, 3, 2, List.of(1, 5, 10))
                    .withFirstRule(RowRule.DEFAULT.withVariance(VarianceRule.EXACTLY)));

    @ParameterizedTest
    @ValueSource(
            strings = {
                "pt_ex_cnts",
                "cnt_D3_V1",
                "cnt_D5_V3_js2",
                "cnt_D5_V3_js2_pstay05",
                "cnt_D8_V3_js2_pstay05",
                "nums_parityTRUE_all",
                "nums_parityTRUE_small_cells",
                "nums_parityFALSE_even",
                "nums_parityFALSE_odd",
                "nums_parityFALSE_small_cells"
            })
    void of_publishedDesign_equalsOtherImplementation(String name) throws IOException {
        JsonObject vector = Vectors.json("ptables.json").object(name);
        PerturbationParameters design = Vectors.parameters(vector.object("params"));
        List<PerturbationRow> expected =
                Vectors.rows(vector.objects("ptable"), design.type().name().toLowerCase(java.util.Locale.ROOT));
        Map<String, Long> actual = widths(PerturbationTable.of(design));

        for (PerturbationRow row : expected) {
            double p = actual.getOrDefault(row.i() + ":" + row.v(), 0L) / 1e8;
            assertThat(p).as("%s i=%d v=%s", name, row.i(), row.v()).isCloseTo(row.p(), within(1e-6));
        }
        assertThat(expected.stream().map(row -> row.i() + ":" + row.v()).toList())
                .containsAll(actual.keySet());
    }

    /** Computed outside this solver: Newton on the moment equations of exp(a v + b v²) in 50-digit arithmetic. */
    @ParameterizedTest
    @CsvSource({
        "1, -1, 73446954", "1, 2, 13672019", "1, 5, 1858440", "2, -2, 40880704", "2, 1, 40664356",
        "3, 0, 39366252", "4, -1, 27792123", "4, 0, 27792124", "5, -5, 2014748", "6, 3, 5545999",
        "8, -5, 379186", "8, 0, 22880150", "8, 1, 19419346", "8, 5, 379186"
    })
    void of_defaultCounts_hasGoldenProbability(int i, double v, long units) {
        assertThat(widths(COUNTS)).containsEntry(i + ":" + v, units);
    }

    @ParameterizedTest
    @CsvSource({
        "1, -1, 27968425",
        "1, 0.5, 5858542",
        "1, 10, 913732",
        "5, -5, 189641",
        "5, 0, 11457017",
        "5, 3, 2587100",
        "10, -3, 2569673",
        "10, 0, 11516472",
        "10, 0.5, 11046477",
        "10, 9, 16"
    })
    void of_defaultMagnitudes_hasGoldenProbability(int i, double v, long units) {
        assertThat(widths(MAGNITUDES)).containsEntry(i + ":" + v, units);
    }

    @ParameterizedTest
    @CsvSource({"1, 1, 0", "2, 1.05, 1", "3, 4, 1", "5, 12, 0", "8, 10, 3", "20, 30, 4", "50, 100, 3"})
    void of_varianceAsLimit_isUnbiasedBoundedAndWithinLimit(int d, double v, int js) {
        assertSound(PerturbationTable.of(PerturbationParameters.counts(d, v, js)), d, 0, v, js);
    }

    @ParameterizedTest
    @CsvSource({"2, 1.05, 1", "3, 1, 0", "3, 2.5, 1", "5, 3, 2", "8, 3, 2", "10, 5, 2", "50, 20, 3"})
    void of_varianceExactly_isUnbiasedBoundedAndOfStatedVariance(int d, double v, int js) {
        PerturbationTable table = PerturbationTable.of(
                PerturbationParameters.counts(d, v, js).withRule(RowRule.DEFAULT.withVariance(VarianceRule.EXACTLY)));
        assertThat(table.maxValue()).isEqualTo(js == 0 ? d : d + js + 1);
        assertSound(table, d, v, v, js);
    }

    private void assertSound(PerturbationTable table, int d, double least, double most, int js) {
        byValue(table).forEach((i, rows) -> {
            double[] moments = moments(rows);
            assertThat(moments[0]).as("mean at i=%d", i).isCloseTo(0, within(1e-5));
            if (i > 0) {
                assertThat(moments[1]).as("variance at i=%d", i).isBetween(least - 1e-4, most + 1e-4);
            }
            assertThat(rows).allSatisfy(row -> {
                assertThat(Math.abs(row.v())).isLessThanOrEqualTo(d);
                assertThat(row.j() >= 0 && (row.j() == 0 || row.j() > js)).isTrue();
            });
        });
    }

    @Test
    void of_varianceLimitAboveHighestEntropy_staysBelowLimit() {
        // On -1, 0, 1 the highest entropy is the uniform distribution with variance 2/3; the limit of 1 does not bind.
        PerturbationTable table = PerturbationTable.of(
                PerturbationParameters.counts(1, 1, 0).withRule(RowRule.DEFAULT.withVariance(VarianceRule.AT_MOST)));
        assertThat(moments(row(table, 1))[1]).isCloseTo(2.0 / 3, within(1e-7));
    }

    @Test
    void of_stayBoundThatVarianceForbids_isLoweredInSteps() {
        // With P(0)=s on -1, 0, 1 the variance is 1-s; V=0.3 allows no s above 0.7, reached after five steps.
        PerturbationTable table =
                PerturbationTable.of(PerturbationParameters.counts(1, 0.3, 0).withRule(RowRule.DEFAULT.withStay(0.95)));
        assertThat(widths(table)).containsEntry("1:0.0", 70_000_000L);
    }

    @Test
    void of_stayBound_isKeptWhereUnperturbedValueIsAdmissible() {
        PerturbationTable table =
                PerturbationTable.of(PerturbationParameters.counts(5, 3, 2).withRule(RowRule.DEFAULT.withStay(0.5)));
        assertThat(widths(table)).doesNotContainKeys("1:0.0", "2:0.0").containsEntry("6:0.0", 50_000_000L);
    }

    @Test
    void of_withoutMonotony_letsNegativeNoiseExceedNone() {
        PerturbationParameters design = PerturbationParameters.counts(5, 3, 2);
        Map<String, Long> free = widths(PerturbationTable.of(design.withRule(RowRule.DEFAULT.withMonotone(false))));
        assertThat(free.getOrDefault("4:-1.0", 0L)).isGreaterThan(free.getOrDefault("4:0.0", 0L) + 1000);
        assertThat(widths(COUNTS).getOrDefault("4:-1.0", 0L))
                .isLessThanOrEqualTo(widths(COUNTS).getOrDefault("4:0.0", 0L));
    }

    @Test
    void of_unreachableVariance_isRefusedNamingRow() {
        // With 1 and 2 forbidden, a count of 1 becomes 0 or at least 3: the least variance is 2.
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PerturbationTable.of(PerturbationParameters.counts(5, 1.5, 2)))
                .withMessageContaining("i=1")
                .withMessageContaining("Change V");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PerturbationTable.of(PerturbationParameters.counts(3, 8.5, 0)
                        .withRule(RowRule.DEFAULT.withVariance(VarianceRule.EXACTLY))))
                .withMessageContaining("i=1");
    }

    @ParameterizedTest
    @CsvSource({
        "0, 1, 0",
        "51, 1, 0",
        "-3, 1, 0",
        "2147483647, 1, 0",
        "5, 0, 0",
        "5, NaN, 0",
        "5, -1, 0",
        "5, 26, 0",
        "5, 3, 5",
        "5, 3, -1"
    })
    void counts_hostileParameters_areRefused(int d, double v, int js) {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PerturbationParameters.counts(d, v, js))
                .withMessageContaining("must");
    }

    @Test
    void magnitudes_hostileParameters_areRefused() {
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PerturbationParameters.magnitudes(TableType.ALL, 10, 3, 5, List.of(1, 10)))
                .withMessageContaining("D*step");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PerturbationParameters.magnitudes(TableType.ALL, 10, 3, 2, List.of(1, 5)))
                .withMessageContaining("last row");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PerturbationParameters.magnitudes(TableType.ALL, 10, 3, 2, List.of(2, 10)))
                .withMessageContaining("start at 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PerturbationParameters.magnitudes(TableType.ALL, 10, 3, 2, List.of()))
                .withMessageContaining("start at 1");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> PerturbationParameters.counts(5, 3, 2).withRules(List.of(RowRule.DEFAULT)))
                .withMessageContaining("1 rules for 8 rows");
        assertThatIllegalArgumentException()
                .isThrownBy(() -> RowRule.DEFAULT.withStay(1))
                .withMessageContaining("below 1");
    }
}
