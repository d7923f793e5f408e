package io.yunyu.engine.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Every cell of eight configurations that another implementation perturbed. */
class MagnitudePerturbationVectorsTest {
    @ParameterizedTest
    @ValueSource(
            strings = {
                "income_top3_flex_scrambled", "income_top3_flex_samekey", "income_top1_flex_sep",
                "income_top1_flex_sens_mu2", "savings_mean_simple", "savings_sum_simple_evenodd",
                "savings_range_flex", "mixed_top1_flex"
            })
    void perturb_allCells_areReproduced(String name) throws IOException {
        JsonObject vector = Vectors.json("cellkey.json").object("magnitudes").object(name);
        JsonObject params = vector.object("params");
        List<Map<String, String>> microdata = Vectors.microdata();
        MagnitudeParameters parameters = parameters(params);
        assertThat(parameters.separationPoint()).isCloseTo(Vectors.number(params, "zs"), within(1e-9));
        MagnitudePerturbation perturbation = new MagnitudePerturbation(parameters);
        List<JsonObject> table = vector.objects("table");
        assertThat(table).hasSize(21);

        for (JsonObject row : table) {
            MagnitudeCell cell = cell(Vectors.cell(microdata, row), row, vector);
            assertThat(cell.sum()).isEqualTo(Vectors.number(row, "ws"));
            double expected = Vectors.number(row, "pws");
            assertThat(perturbation.perturb(cell))
                    .as("%s %s %s", name, row.string("sex"), row.string("age"))
                    .isCloseTo(expected, within(1e-9 * Math.abs(expected)));
        }
    }

    private MagnitudeParameters parameters(JsonObject params) {
        JsonObject mult = params.object("mult");
        List<Double> epsilons = mult.asMap().get("epsilon") instanceof List<?> several
                ? several.stream().map(e -> ((Number) e).doubleValue()).toList()
                : List.of(Vectors.number(mult, "epsilon"));
        NoiseMagnitude magnitude = mult.has("fp")
                ? new NoiseMagnitude.Flex(
                        Vectors.number(mult, "fp"),
                        Vectors.number(mult, "p_small"),
                        Vectors.number(mult, "p_large"),
                        Vectors.number(mult, "q"))
                : new NoiseMagnitude.Simple(Vectors.number(mult, "p"));
        PerturbationTable[] tables = Stream.of(TableType.values())
                .map(type -> tables(params, type))
                .flatMap(List::stream)
                .toArray(PerturbationTable[]::new);
        return new MagnitudeParameters(
                magnitude,
                epsilons,
                Vectors.number(params, "mu_c"),
                params.bool("same_key"),
                MagnitudeTables.of(tables));
    }

    private List<PerturbationTable> tables(JsonObject params, TableType type) {
        List<PerturbationRow> rows =
                Vectors.rows(params.objects("ptab"), type.name().toLowerCase(java.util.Locale.ROOT));
        return rows.isEmpty() ? List.of() : List.of(PerturbationTable.ofRows(type, rows));
    }

    private MagnitudeCell cell(List<Map<String, String>> units, JsonObject row, JsonObject vector) {
        JsonObject params = vector.object("params");
        String variable = vector.string("variable");
        double[] values =
                units.stream().mapToDouble(u -> Vectors.value(u, variable)).toArray();
        double[] weights =
                units.stream().mapToDouble(u -> Vectors.value(u, "w")).toArray();
        double sum = units.stream()
                .mapToDouble(u -> Vectors.value(u, variable) * Vectors.value(u, "w"))
                .sum();
        double weightSum =
                units.stream().mapToDouble(u -> Vectors.value(u, "w")).sum();
        double[] magnifiers =
                switch (params.string("type")) {
                    case "top_contr" -> Magnifier.topContributions(values, weights, params.intValue("top_k"));
                    case "mean" -> Magnifier.mean(sum, weightSum);
                    case "range" -> Magnifier.range(values);
                    default -> Magnifier.sum(sum);
                };
        List<Map<String, String>> keyed = params.bool("use_zero_rkeys")
                ? units
                : units.stream().filter(u -> Vectors.value(u, variable) != 0).toList();
        boolean sensitive = vector.objects("mods").stream()
                .filter(m -> m.string("sex").equals(row.string("sex"))
                        && m.string("age").equals(row.string("age")))
                .anyMatch(m -> m.bool("additional_protection"));
        return new MagnitudeCell(sum, magnifiers, keyed.size(), Vectors.cellKey(keyed), sensitive);
    }
}
