package io.yunyu.engine.perturbation;

import static io.yunyu.engine.perturbation.Intervals.row;
import static io.yunyu.engine.perturbation.Intervals.widths;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

class PerturbationTableShuffleTest {
    private static final byte[] SECRET = "a secret of at least sixteen bytes".getBytes(StandardCharsets.UTF_8);
    private static final PerturbationTable COUNTS = PerturbationTable.of(PerturbationParameters.counts(5, 3, 2));
    private static final PerturbationTable MAGNITUDES =
            PerturbationTable.of(PerturbationParameters.magnitudes(TableType.ALL, 10, 3, 2, List.of(1, 5, 10))
                    .withFirstRule(RowRule.DEFAULT.withVariance(VarianceRule.EXACTLY)));

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
        List<Double> seventh = row(shuffled, 7).stream().map(PerturbationRow::v).toList();
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
        PerturbationTable table = MAGNITUDES;
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
            widths.merge(table.noise(i, cuts.get(k)) + "|" + table.noise(j, cuts.get(k)), end - cuts.get(k), Long::sum);
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
