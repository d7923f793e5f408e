package io.yunyu.engine.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class PerturbationTableTest {
    private static final byte[] SECRET = "a secret of at least sixteen bytes".getBytes(StandardCharsets.UTF_8);
    private static final PerturbationTable COUNTS = PerturbationTable.of(PerturbationParameters.counts(5, 3, 2));

    private static double[] moments(List<PerturbationRow> rows) {
        double mean = 0;
        double square = 0;
        for (PerturbationRow row : rows) {
            double p = (row.upper() - row.lower()) / 1e8;
            mean += p * row.v();
            square += p * row.v() * row.v();
        }
        return new double[] {mean, square};
    }

    private static Map<Integer, List<PerturbationRow>> byValue(PerturbationTable table) {
        return table.rows().stream()
                .collect(Collectors.groupingBy(PerturbationRow::i, TreeMap::new, Collectors.toList()));
    }

    /** Total width of the intervals of each value and noise. */
    private static Map<String, Long> widths(PerturbationTable table) {
        return table.rows().stream()
                .collect(Collectors.groupingBy(
                        row -> row.i() + ":" + row.v(),
                        TreeMap::new,
                        Collectors.summingLong(row -> row.upper() - row.lower())));
    }

    private static List<PerturbationRow> row(PerturbationTable table, int i) {
        return table.rows().stream().filter(row -> row.i() == i).toList();
    }

    @Nested
    class Design {
        @ParameterizedTest
        @ValueSource(
                strings = {
                    "pt_ex_cnts", "cnt_D3_V1", "cnt_D5_V3_js2", "cnt_D5_V3_js2_pstay05", "cnt_D8_V3_js2_pstay05",
                    "nums_parityTRUE_all", "nums_parityTRUE_small_cells", "nums_parityFALSE_even",
                    "nums_parityFALSE_odd", "nums_parityFALSE_small_cells"
                })
        void of_publishedDesign_equalsOtherImplementation(String name) throws IOException {
            JsonObject vector = Vectors.json("ptables.json").object(name);
            PerturbationParameters design = Vectors.parameters(vector.object("params"));
            List<PerturbationRow> expected = Vectors.rows(
                    vector.objects("ptable"), design.type().name().toLowerCase(java.util.Locale.ROOT));
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
        @CsvSource({"1, 1, 0", "2, 1.05, 1", "3, 4, 1", "5, 12, 0", "8, 10, 3", "20, 30, 4", "50, 100, 3"})
        void of_varianceAsLimit_isUnbiasedBoundedAndWithinLimit(int d, double v, int js) {
            assertSound(PerturbationTable.of(PerturbationParameters.counts(d, v, js)), d, 0, v, js);
        }

        @ParameterizedTest
        @CsvSource({"2, 1.05, 1", "3, 1, 0", "3, 2.5, 1", "5, 3, 2", "8, 3, 2", "10, 5, 2", "50, 20, 3"})
        void of_varianceExactly_isUnbiasedBoundedAndOfStatedVariance(int d, double v, int js) {
            PerturbationTable table = PerturbationTable.of(PerturbationParameters.counts(d, v, js)
                    .withRule(RowRule.DEFAULT.withVariance(VarianceRule.EXACTLY)));
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
            PerturbationTable table = PerturbationTable.of(PerturbationParameters.counts(1, 1, 0)
                    .withRule(RowRule.DEFAULT.withVariance(VarianceRule.AT_MOST)));
            assertThat(moments(row(table, 1))[1]).isCloseTo(2.0 / 3, within(1e-7));
        }

        @Test
        void of_stayBoundThatVarianceForbids_isLoweredInSteps() {
            // With P(0)=s on -1, 0, 1 the variance is 1-s; V=0.3 allows no s above 0.7, reached after five steps.
            PerturbationTable table = PerturbationTable.of(
                    PerturbationParameters.counts(1, 0.3, 0).withRule(RowRule.DEFAULT.withStay(0.95)));
            assertThat(widths(table)).containsEntry("1:0.0", 70_000_000L);
        }

        @Test
        void of_stayBound_isKeptWhereUnperturbedValueIsAdmissible() {
            PerturbationTable table = PerturbationTable.of(
                    PerturbationParameters.counts(5, 3, 2).withRule(RowRule.DEFAULT.withStay(0.5)));
            assertThat(widths(table)).doesNotContainKeys("1:0.0", "2:0.0").containsEntry("6:0.0", 50_000_000L);
        }

        @Test
        void of_withoutMonotony_letsNegativeNoiseExceedNone() {
            PerturbationParameters design = PerturbationParameters.counts(5, 3, 2);
            Map<String, Long> free =
                    widths(PerturbationTable.of(design.withRule(RowRule.DEFAULT.withMonotone(false))));
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
        @CsvSource({"0, 1, 0", "51, 1, 0", "-3, 1, 0", "2147483647, 1, 0", "5, 0, 0", "5, NaN, 0", "5, -1, 0", "5, 26, 0", "5, 3, 5", "5, 3, -1"})
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

    @Nested
    class GivenRows {
        private final PerturbationRow first = PerturbationRow.ofDecimals(1, 0, -1, 0.5, 0, 0.5);
        private final PerturbationRow second = PerturbationRow.ofDecimals(1, 2, 1, 0.49999999, 0.5, 0.99999999);

        @Test
        void ofRows_lastBoundBelowOne_servesLargestKey() {
            PerturbationTable table = PerturbationTable.ofRows(TableType.ALL, List.of(first, second));
            assertThat(table.noise(1, 99_999_999L)).isEqualTo(1);
            assertThat(table.noise(1, 0)).isEqualTo(-1);
        }

        @Test
        void noise_keyAtBound_belongsToNextInterval() {
            PerturbationTable table = PerturbationTable.ofRows(TableType.ALL, List.of(first, second));
            assertThat(table.noise(1, 49_999_999L)).isEqualTo(-1);
            assertThat(table.noise(1, 50_000_000L)).isEqualTo(1);
        }

        @Test
        void ofRows_malformed_isRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PerturbationTable.ofRows(TableType.ALL, List.of(second)))
                    .withMessageContaining("without gap");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PerturbationTable.ofRows(TableType.ALL, List.of(second, first)))
                    .withMessageContaining("Order the rows");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PerturbationTable.ofRows(TableType.ALL, List.of(first)))
                    .withMessageContaining("end before 1");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PerturbationTable.ofRows(TableType.ALL, List.of()))
                    .withMessageContaining("no row");
        }

        @Test
        void ofRows_noiseAtZero_isRefused() {
            List<PerturbationRow> rows = List.of(
                    PerturbationRow.ofDecimals(0, 0, 0, 0.5, 0, 0.5),
                    PerturbationRow.ofDecimals(0, 1, 1, 0.5, 0.5, 1),
                    first,
                    second);
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PerturbationTable.ofRows(TableType.ALL, rows))
                    .withMessageContaining("i=0");
        }

        @Test
        void row_inconsistent_isRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PerturbationRow.ofDecimals(1, 3, 1, 1, 0, 1))
                    .withMessageContaining("j - i");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PerturbationRow.ofDecimals(1, -1, -2, 1, 0, 1))
                    .withMessageContaining("not be negative");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PerturbationRow.ofDecimals(1, 0, -1, 0.2, 0, 0.5))
                    .withMessageContaining("width");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PerturbationRow.ofDecimals(1, 0, -1, 0.5, 0, 0.500000005))
                    .withMessageContaining("eight decimals");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PerturbationRow.ofDecimals(1, 0, -1, 0.5, 0.5, 0))
                    .withMessageContaining("bounds");
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> PerturbationRow.ofDecimals(1, 0, -1, 0.5, Double.NaN, 0.5))
                    .withMessageContaining("eight decimals");
        }
    }

    @Nested
    class Shuffle {
        private final byte[] other = "another secret of sixteen bytes+".getBytes(StandardCharsets.UTF_8);

        @Test
        void shuffled_anySecret_keepsProbabilitiesAndLimitsPieces() {
            PerturbationTable shuffled = COUNTS.shuffled(0.2, SECRET);
            assertThat(widths(shuffled)).isEqualTo(widths(COUNTS));
            assertThat(shuffled.rows())
                    .filteredOn(row -> row.i() > 0)
                    .allSatisfy(row -> assertThat(row.upper() - row.lower()).isLessThan(20_000_000L));
            assertThat(shuffled.noise(0, 12_345_678L)).isZero();
        }

        @Test
        void shuffled_sameSecret_isSameTable() {
            assertThat(COUNTS.shuffled(0.2, SECRET.clone()).rows())
                    .isEqualTo(COUNTS.shuffled(0.2, SECRET).rows());
            assertThat(COUNTS.shuffled(0.2, other).rows())
                    .isNotEqualTo(COUNTS.shuffled(0.2, SECRET).rows());
        }

        /** Fixes the order for ever: another order would give all published cells fresh noise. */
        @Test
        void shuffled_knownSecret_hasGoldenOrder() {
            assertThat(row(COUNTS.shuffled(0.2, SECRET), 8).stream()
                            .map(PerturbationRow::v)
                            .toList())
                    .isEqualTo(GOLDEN_ORDER);
        }

        @Test
        void shuffled_rowsOfDifferentValues_haveDifferentOrder() {
            PerturbationTable shuffled = COUNTS.shuffled(0.2, SECRET);
            List<Double> seventh =
                    row(shuffled, 7).stream().map(PerturbationRow::v).toList();
            List<Double> eighth = new ArrayList<>(
                    row(shuffled, 8).stream().map(PerturbationRow::v).toList());
            eighth.remove(-5.0);
            assertThat(seventh).isNotEqualTo(eighth);
        }

        @Test
        void shuffled_manySecrets_placesSmallestKeyEvenly() {
            // P(noise > 0 at key 0) is the share of pieces with positive noise, 5 of 12, not 0 as in the ordered table.
            int positive = 0;
            for (int k = 0; k < 400; k++) {
                byte[] secret = ("statistical secret number " + k).getBytes(StandardCharsets.UTF_8);
                positive += COUNTS.shuffled(0.2, secret).noise(8, 0) > 0 ? 1 : 0;
            }
            assertThat(positive / 400.0).isBetween(5.0 / 12 - 0.1, 5.0 / 12 + 0.1);
        }

        @Test
        void shuffledInStep_anySecret_keepsProbabilitiesAndCoupling() {
            PerturbationTable table =
                    PerturbationTable.of(PerturbationParameters.magnitudes(TableType.ALL, 10, 3, 2, List.of(1, 5, 10))
                            .withFirstRule(RowRule.DEFAULT.withVariance(VarianceRule.EXACTLY)));
            PerturbationTable shuffled = table.shuffledInStep(100, SECRET);
            assertThat(widths(shuffled)).isEqualTo(widths(table));
            assertThat(shuffled.rows()).isNotEqualTo(table.rows());
            assertThat(jointWidths(shuffled, 5, 10)).isEqualTo(jointWidths(table, 5, 10));
            assertThat(jointWidths(table.shuffled(0.2, SECRET), 5, 10)).isNotEqualTo(jointWidths(table, 5, 10));
        }

        private Map<String, Long> jointWidths(PerturbationTable table, int i, int j) {
            List<Long> cuts = table.rows().stream()
                    .filter(row -> row.i() == i || row.i() == j)
                    .map(PerturbationRow::lower)
                    .distinct()
                    .sorted(Comparator.naturalOrder())
                    .toList();
            Map<String, Long> widths = new TreeMap<>();
            for (int k = 0; k < cuts.size(); k++) {
                long end = k + 1 < cuts.size() ? cuts.get(k + 1) : CellKey.MODULUS;
                widths.merge(
                        table.noise(i, cuts.get(k)) + "|" + table.noise(j, cuts.get(k)), end - cuts.get(k), Long::sum);
            }
            return widths;
        }

        @Test
        void shuffled_hostileParameters_areRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> COUNTS.shuffled(0.2, new byte[15]))
                    .withMessageContaining("15 bytes");
            for (double threshold : new double[] {0, -1, 1.1, Double.NaN, 1e-9}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> COUNTS.shuffled(threshold, SECRET))
                        .withMessageContaining("threshold");
            }
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> COUNTS.shuffledInStep(1, SECRET))
                    .withMessageContaining("slices");
        }

        private static final List<Double> GOLDEN_ORDER =
                List.of(0.0, 2.0, -4.0, 0.0, 1.0, -2.0, 4.0, -1.0, -3.0, 3.0, -5.0, 5.0);
    }

    @Test
    void interpolatedNoise_betweenRows_mixesNeighboursWithSameKey() {
        PerturbationTable table =
                PerturbationTable.of(PerturbationParameters.magnitudes(TableType.ALL, 10, 3, 2, List.of(1, 5, 10))
                        .withFirstRule(RowRule.DEFAULT.withVariance(VarianceRule.EXACTLY)));
        for (long key : new long[] {0, 13_000_000, 50_000_000, 99_999_999}) {
            assertThat(table.interpolatedNoise(3, key)).isEqualTo((table.noise(1, key) + table.noise(5, key)) / 2);
            assertThat(table.interpolatedNoise(0.25, key)).isEqualTo(table.noise(1, key) / 4);
            assertThat(table.interpolatedNoise(5, key)).isEqualTo(table.noise(5, key));
            assertThat(table.interpolatedNoise(Double.POSITIVE_INFINITY, key)).isEqualTo(table.noise(10, key));
        }
    }

    @Test
    void rows_anyTable_coverKeySpaceExactly() {
        byValue(COUNTS.shuffled(0.2, SECRET)).forEach((i, rows) -> {
            assertThat(rows.get(0).lower()).isZero();
            assertThat(rows.get(rows.size() - 1).upper()).isEqualTo(CellKey.MODULUS);
            for (int k = 1; k < rows.size(); k++) {
                assertThat(rows.get(k).lower()).isEqualTo(rows.get(k - 1).upper());
            }
        });
        assertThat(COUNTS.rows().toString()).doesNotContain("lower", "upper");
    }
}
