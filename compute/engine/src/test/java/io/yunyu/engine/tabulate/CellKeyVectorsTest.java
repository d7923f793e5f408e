package io.yunyu.engine.tabulate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.VectorLines;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The command, from file to file, against what another implementation made of the same microdata. */
class CellKeyVectorsTest {
    private static final String DIMENSIONS =
            "\"csv\":{\"delimiter\":\",\"},\"weight\":\"w\",\"recordKey\":\"rkey\",\"dimensions\":[{\"name\":\"sex\","
                    + "\"total\":\"Total\"},{\"name\":\"age\",\"total\":\"Total\"}],";

    @TempDir
    Path folder;

    private Path microdata;
    private JsonObject vectors;

    @BeforeEach
    void vectors() throws IOException {
        Path shared = Path.of(System.getProperty("yunyu.shared", "../shared"), "vectors");
        microdata = shared.resolve("cellkey_microdata.csv");
        Assumptions.assumeTrue(Files.isRegularFile(microdata), "skipped: the vectors cellkey.json are not at hand");
        vectors = Json.parseObject(Files.readAllBytes(shared.resolve("cellkey.json")));
    }

    @AfterAll
    static void assertPage() throws IOException {
        VectorLines.assertOnPage("cellkey.json");
    }

    private void writeTable(List<JsonObject> rows) throws IOException {
        List<Map<String, Object>> written = rows.stream()
                .map(row -> {
                    Map<String, Object> renamed = new LinkedHashMap<>();
                    row.asMap().forEach((name, value) -> renamed.put(name.replace("p_int_", ""), value));
                    return renamed;
                })
                .toList();
        Files.writeString(folder.resolve("ptable.json"), Json.write(written));
    }

    @Test
    void tabulate_counts_areReproducedExactly() throws IOException {
        writeTable(vectors.objects("counts_ptable"));
        Commands.Outcome outcome = new Commands(folder)
                .tabulate(
                        microdata,
                        "{" + DIMENSIONS
                                + "\"counts\":[{\"name\":\"total\"},{\"name\":\"cnt_highincome\",\"of\":\"cnt_highincome\"}],"
                                + "\"protection\":{\"method\":\"cell-key\",\"counts\":{\"ptable\":\"ptable.json\"}}}");
        assertThat(outcome.errors()).isEmpty();
        assertThat(vectors.objects("counts")).hasSize(42);
        for (JsonObject cell : vectors.objects("counts")) {
            String labels = cell.string("sex") + "/" + cell.string("age");
            assertThat(new BigDecimal(outcome.at(labels, cell.string("vname"))).doubleValue())
                    .as(labels)
                    .isCloseTo(cell.decimal("pwc").doubleValue(), within(1e-9 * 14000));
            JsonObject audit = outcome.audit().stream()
                    .filter(a -> a.string("measure").equals(cell.string("vname"))
                            && a.object("key").string("sex").equals(cell.string("sex"))
                            && a.object("key").string("age").equals(cell.string("age")))
                    .findFirst()
                    .orElseThrow();
            assertThat(audit.decimal("cellKey").doubleValue())
                    .isCloseTo(cell.decimal("ckey").doubleValue(), within(1e-9));
            assertThat(audit.decimal("original").doubleValue())
                    .isEqualTo(cell.decimal("wc").doubleValue());
        }
        VectorLines.reproduced(
                "cellkey.json",
                "counts",
                vectors.objects("counts").size(),
                "`yunyu tabulate`: noise and cell key of every cell exact");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "income_top3_flex_scrambled", "income_top3_flex_samekey", "income_top1_flex_sep",
                "income_top1_flex_sens_mu2", "savings_mean_simple", "savings_sum_simple_evenodd",
                "savings_range_flex", "mixed_top1_flex"
            })
    void tabulate_magnitudes_areReproduced(String name) throws IOException {
        JsonObject vector = vectors.object("magnitudes").object(name);
        JsonObject params = vector.object("params");
        writeTable(params.objects("ptab"));
        String variable = vector.string("variable");
        boolean sensitive = vector.objects("mods").stream().anyMatch(m -> m.bool("additional_protection"));
        Commands.Outcome outcome = new Commands(folder)
                .tabulate(
                        microdata,
                        "{" + DIMENSIONS + "\"magnitudes\":[{\"name\":\"" + variable + "\"}],"
                                + (sensitive ? "\"rules\":{\"minUnits\":16}," : "")
                                + "\"protection\":{\"method\":\"cell-key\",\"magnitudes\":"
                                + settings(params) + "}}");
        assertThat(outcome.errors()).isEmpty();
        assertThat(vector.objects("table")).hasSize(21);
        for (JsonObject cell : vector.objects("table")) {
            String labels = cell.string("sex") + "/" + cell.string("age");
            double expected = cell.decimal("pws").doubleValue();
            assertThat(Double.parseDouble(outcome.at(labels, variable)))
                    .as(labels)
                    .isCloseTo(expected, within(1e-9 * Math.abs(expected)));
        }
        VectorLines.reproduced(
                "cellkey.json",
                name,
                vector.objects("table").size(),
                "`yunyu tabulate`: every perturbed sum within 1e-9, relative");
    }

    private static String settings(JsonObject params) {
        JsonObject mult = params.object("mult");
        Object epsilon = mult.asMap().get("epsilon");
        String size = mult.has("fp")
                ? "\"flex\":"
                        + Json.write(Json.object(
                                "fp", mult.asMap().get("fp"),
                                "p", List.of(mult.decimal("p_small"), mult.decimal("p_large")),
                                "q", mult.asMap().get("q"),
                                "epsilon", epsilon instanceof List<?> ? epsilon : List.of(epsilon)))
                : "\"simple\":" + Json.write(Json.object("p", mult.decimal("p"), "epsilon", epsilon));
        String type =
                switch (params.string("type")) {
                    case "top_contr" -> "top-contributions";
                    default -> params.string("type");
                };
        return "{\"type\":\"" + type + "\",\"k\":" + params.intValue("top_k") + "," + size
                + ",\"ptable\":\"ptable.json\",\"sameKey\":" + params.bool("same_key") + ",\"useZeroRecordKeys\":"
                + params.bool("use_zero_rkeys") + ",\"parity\":" + params.bool("even_odd") + ",\"separation\":"
                + params.bool("separation") + ",\"mu\":"
                + params.decimal("mu_c").toPlainString() + "}";
    }
}
