package io.yunyu.engine.perturbation;

import static io.yunyu.engine.perturbation.Intervals.byValue;
import static io.yunyu.engine.perturbation.Intervals.row;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.List;
import org.junit.jupiter.api.Test;

class PerturbationTableTest {
    private static final byte[] SECRET = "a secret of at least sixteen bytes".getBytes(StandardCharsets.UTF_8);
    private static final PerturbationTable COUNTS = PerturbationTable.of(PerturbationParameters.counts(5, 3, 2));

    private final PerturbationRow first = PerturbationRow.ofDecimals(1, 0, -1, 0.5, 0, 0.5);
    private final PerturbationRow second = PerturbationRow.ofDecimals(1, 2, 1, 0.49999999, 0.5, 0.99999999);

    @Test
    void ofRows_lastBoundBelowOne_servesLargestKey() {
        PerturbationTable table = PerturbationTable.ofRows(TableType.ALL, List.of(first, second));
        assertThat(table.noise(1, 99_999_999L)).isEqualTo(1);
        assertThat(table.noise(1, 0)).isEqualTo(-1);
        assertThat(row(table, 1).get(1).upper()).isEqualTo(CellKey.MODULUS);
        assertThat(row(table, 1).get(1).p()).isEqualTo(0.5);
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
