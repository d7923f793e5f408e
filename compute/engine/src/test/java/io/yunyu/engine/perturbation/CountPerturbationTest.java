package io.yunyu.engine.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
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

class CountPerturbationTest {
    private static final PerturbationTable OWN =
            PerturbationTable.of(PerturbationParameters.counts(5, 3, 2).withRule(RowRule.DEFAULT.withStay(0.5)));

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void perturb_allCellsOfOtherImplementation_areReproduced(boolean ownTable) throws IOException {
        JsonObject vectors = Vectors.json("cellkey.json");
        List<Map<String, String>> microdata = Vectors.microdata();
        PerturbationTable given =
                PerturbationTable.ofRows(TableType.ALL, Vectors.rows(vectors.objects("counts_ptable"), "all"));
        CountPerturbation counts = new CountPerturbation(ownTable ? OWN : given);
        List<JsonObject> cells = vectors.objects("counts");
        assertThat(cells).hasSize(42);

        for (JsonObject cell : cells) {
            List<Map<String, String>> units = Vectors.cell(microdata, cell).stream()
                    .filter(unit ->
                            cell.string("vname").equals("total") || Vectors.value(unit, cell.string("vname")) == 1)
                    .toList();
            long key = Vectors.cellKey(units);
            double weights =
                    units.stream().mapToDouble(unit -> Vectors.value(unit, "w")).sum();
            String where = cell.string("vname") + " " + cell.string("sex") + " " + cell.string("age");
            assertThat(units).as(where).hasSize(cell.intValue("uwc"));
            assertThat(counts.noise(units.size(), key)).as(where).isEqualTo(cell.longValue("pert"));
            assertThat(counts.perturb(units.size(), key)).as(where).isEqualTo(cell.longValue("puwc"));
            assertThat(counts.perturbWeighted(units.size(), weights, key))
                    .as(where)
                    .isCloseTo(Vectors.number(cell, "pwc"), within(1e-9 * Math.max(1, weights)));
        }
    }

    /** Computed with this project's table; the keys lie inside, at the end and at the start of intervals. */
    @ParameterizedTest
    @CsvSource({
        "1, 0, 0",
        "1, 73446953, 0",
        "1, 73446954, 3",
        "1, 99999999, 6",
        "2, 40880703, 0",
        "2, 40880704, 3",
        "8, 379185, 3",
        "8, 379186, 4",
        "1000, 50000000, 1000",
        "1000, 99999999, 1005",
        "9000000000000, 0, 8999999999995"
    })
    void perturb_defaultTable_hasGoldenValue(long count, long key, long expected) {
        CountPerturbation counts = new CountPerturbation(PerturbationTable.of(PerturbationParameters.counts(5, 3, 2)));
        assertThat(counts.perturb(count, key)).isEqualTo(expected);
        assertThat(counts.perturb(count, key)).as("again").isEqualTo(expected);
    }

    @ParameterizedTest
    @ValueSource(longs = {0, 1, 50_000_000, 99_999_999})
    void perturb_emptyCell_staysEmpty(long key) {
        CountPerturbation counts = new CountPerturbation(OWN);
        assertThat(counts.perturb(0, key)).isZero();
        assertThat(counts.perturbWeighted(0, 0, key)).isZero();
    }

    @Test
    void perturbWeighted_perturbedCount_keepsAverageWeight() {
        CountPerturbation counts = new CountPerturbation(OWN);
        assertThat(counts.perturb(10, 99_999_999)).isEqualTo(15);
        assertThat(counts.perturbWeighted(10, 25, 99_999_999)).isEqualTo(37.5);
    }

    @Test
    void perturb_hostileInput_isRefused() {
        CountPerturbation counts = new CountPerturbation(OWN);
        assertThatIllegalArgumentException()
                .isThrownBy(() -> counts.perturb(-7, 0))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContain("7"));
        assertThatIllegalArgumentException().isThrownBy(() -> counts.perturb(7, -1));
        assertThatIllegalArgumentException().isThrownBy(() -> counts.perturb(0, 100_000_000));
        assertThatIllegalArgumentException().isThrownBy(() -> counts.perturbWeighted(7, Double.NaN, 0));
        assertThatExceptionOfType(ArithmeticException.class)
                .isThrownBy(() -> counts.perturb(Long.MAX_VALUE, 99_999_999));
    }

    @Test
    void construct_unsuitableTable_isRefused() {
        PerturbationTable halves =
                PerturbationTable.of(PerturbationParameters.magnitudes(TableType.ALL, 3, 1, 2, List.of(1, 2, 3)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CountPerturbation(halves))
                .withMessageContaining("whole-numbered");
        PerturbationTable skipping =
                PerturbationTable.of(PerturbationParameters.magnitudes(TableType.ALL, 3, 1, 1, List.of(1, 3)));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new CountPerturbation(skipping))
                .withMessageContaining("skips");
    }
}
