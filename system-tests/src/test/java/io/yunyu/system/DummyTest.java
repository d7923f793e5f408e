package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.system.egress.Planted;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** One job file: tried on dummy data without the platform, then submitted as it is. */
class DummyTest {
    private static final Planted ID = Planted.word("identifier");
    private static final Planted TOWN = Planted.word("town of one person");

    @TempDir
    private Path dir;

    @Test
    void jobFile_triedOnDummyData_thenSubmitted_hasTheSameVerdict() throws Exception {
        List<Object> platformSays = new ArrayList<>();
        Path good = job("good", "SELECT town, count(*) AS n FROM clinics WHERE age BETWEEN 30 AND 39 GROUP BY town");
        Path bad = job("bad", "SELECT town, max(age) FROM clinics WHERE id = 'u1' GROUP BY town");
        try (Platform platform = Platform.shared(dir.resolve("home"))) {
            ingest(platform);
            String agreement = platform.agree(
                    5,
                    new Permission(
                            "clinics",
                            Map.of(
                                    "town", Set.of(ColumnUse.GROUP_BY),
                                    "age", Set.of(ColumnUse.FILTER, ColumnUse.MEASURE))));
            for (Path job : List.of(good, bad)) {
                Files.writeString(job, Files.readString(job).replace("AGREEMENT", agreement));
            }
            Object[] as = {
                "--address", platform.address(), "--token", platform.parties().token(Role.DEVELOPER), "--json"
            };
            Command dummy = run(as, "dummy", "--query", good, "--output", dir.resolve("dummy.zip"), "--rows", 2000);
            assertThat(dummy.exitCode()).as(dummy.out() + dummy.err()).isZero();
            JsonObject profile = platform.as(Role.DEVELOPER).get("/api/v1/datasets/clinics/profile");
            assertThat(Json.write(profile.asMap())).contains("Kunming", "Dali").doesNotContain(ID.text(), TOWN.text());
            try (FileSystem zip = FileSystems.newFileSystem(dir.resolve("dummy.zip"))) {
                String made = Files.readString(zip.getPath("clinics.csv"));
                assertThat(made).contains("Kunming", "Dali").doesNotContain(ID.text(), TOWN.text(), "town_1");
            }
            for (Path job : List.of(good, bad)) {
                Command submitted = run(as, "submit", "--job", job, "--wait");
                platformSays.add(submitted.exitCode());
                platformSays.add(
                        Json.parseObject(submitted.out()).optionalString("code").orElse("none"));
            }
        }
        assertThat(platformSays).containsExactly(0, "none", 3, "QUERY_REFUSED");
        Command passed = Command.run("run", "--local", good, "--json");
        assertThat(passed.exitCode()).as(passed.err()).isZero();
        JsonObject answer = Json.parseObject(passed.out());
        assertThat(answer.bool("fictional")).isTrue();
        assertThat(passed.err()).contains("FICTIONAL");
        assertThat(answer.object("table").list("rows", row -> row)).isNotEmpty();
        // What is refused is shown with a change that passes; of the literal nothing is in the steps.
        Command refused = Command.run("run", "--local", bad, "--lang", "zh");
        assertThat(refused.exitCode()).isEqualTo(3);
        assertThat(refused.err())
                .contains("AVG(age)", "SELECT town, avg(age)", "GROUP BY town")
                .containsPattern("  - .*id")
                .doesNotContain("u1");
    }

    private Path job(String name, String sql) throws Exception {
        return Files.writeString(
                dir.resolve(name + ".yaml"), "agreement: AGREEMENT\ndata: dummy.zip\nsql: |\n  " + sql);
    }

    private static void ingest(Platform platform) throws Exception {
        StringBuilder rows = new StringBuilder("id,town,age\n");
        for (int i = 0; i < 1000; i++) {
            rows.append(ID.text())
                    .append(i)
                    .append(i % 4 == 0 ? ",Dali," : ",Kunming,")
                    .append(i % 90)
                    .append('\n');
        }
        rows.append(ID.text()).append("-1,").append(TOWN.text()).append(",31\n");
        platform.source("clinics.csv", rows);
        platform.ingest(platform.order("clinics", "id", new Source.Csv("clinics.csv", ","), List.of())
                .withProfile(10));
    }

    private static Command run(Object[] as, Object... arguments) throws Exception {
        List<Object> all = new ArrayList<>(List.of(arguments));
        all.addAll(List.of(as));
        return Command.run(all.toArray());
    }
}
