package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.system.egress.Planted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * The demo on real census records that the project does not ship, held against an independent count. By default the
 * engine's {@code CensusTest} holds its tables against one.
 */
@Heavy
class AdultTest {
    private static final Path ADULT =
            Path.of(System.getProperty("yunyu.shared", "absent")).resolve("data/adult/adult.csv");
    private static final int MIN_UNITS = 10;
    private static final int MAX_NOISE = 5;

    @TempDir
    Path dir;

    @Test
    void demo_realCensusRecords_countsWithinTheNoiseOfTheTruth() throws Exception {
        assumeTrue(Files.exists(ADULT), "The census records are not here; see the property yunyu.shared.");
        List<String> records = Files.readAllLines(ADULT);
        for (int i = 1; i < records.size(); i += records.size() / 5) {
            Planted.watch("beginning of a record", records.get(i).substring(0, 28));
        }
        Path query = Files.writeString(
                dir.resolve("query.sql"),
                "SELECT education, `marital-status`, count(*) AS n, avg(age) AS mean_age FROM input"
                        + " GROUP BY education, `marital-status` ORDER BY n DESC");
        Command demo = Command.run(
                "demo",
                "--input",
                ADULT,
                "--delimiter",
                ";",
                "--unit",
                "@row",
                "--query",
                query,
                "--out",
                dir.resolve("out"),
                "--json");
        assertThat(demo.exitCode()).as(demo.err()).isZero();

        Map<List<String>, Integer> truth = truth();
        JsonObject table = tableOf(dir.resolve("out/release.yunyu"));
        Map<List<String>, Object> published = new HashMap<>();
        table.list("rows", row -> (List<?>) row)
                .forEach(row -> published.put(
                        List.of((String) row.get(0), (String) row.get(1)), row.get(2) == null ? "x" : row.get(2)));
        // A group without members looks as one that is too small.
        published.forEach((labels, shown) -> {
            if (!truth.containsKey(labels)) {
                assertThat(shown).as(labels.toString()).isEqualTo("x");
            }
        });
        truth.forEach((labels, count) -> {
            Object shown = published.get(labels);
            if (count >= MIN_UNITS) {
                assertThat((Long) shown)
                        .as(labels.toString())
                        .isBetween((long) count - MAX_NOISE, (long) count + MAX_NOISE);
            } else if (shown != null) {
                assertThat(shown).as(labels.toString()).isEqualTo("x");
            }
        });
        assertThat(published.values()).contains("x");
        assertThat(Json.parseObject(demo.out()).longValue("suppressedCells"))
                .isEqualTo(published.values().stream().filter("x"::equals).count());
    }

    private static Map<List<String>, Integer> truth() throws Exception {
        Map<List<String>, Integer> counts = new HashMap<>();
        List<String> lines = Files.readAllLines(ADULT);
        List<String> header = List.of(lines.get(0).split(";"));
        for (String line : lines.subList(1, lines.size())) {
            String[] cells = line.split(";");
            counts.merge(
                    List.of(cells[header.indexOf("education")], cells[header.indexOf("marital-status")]),
                    1,
                    Integer::sum);
        }
        return counts;
    }

    private static JsonObject tableOf(Path bundle) throws Exception {
        Map<String, byte[]> entries =
                new TreeMap<>(io.yunyu.contract.container.CanonicalContainer.read(Files.readAllBytes(bundle)));
        return Json.parseObject(entries.get("table.json"));
    }
}
