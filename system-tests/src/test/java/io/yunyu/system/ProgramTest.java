package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.system.egress.Planted;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Developers' programs in the real sandboxes, from submission to the review of what they asked for. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgramTest {
    private static final Planted ID = Planted.word("identifier");
    private static final int PERSONS = 3_000;
    private static final Permission CENSUS = new Permission(
            "census",
            Map.of(
                    "town",
                    Set.of(ColumnUse.GROUP_BY, ColumnUse.FILTER),
                    "age",
                    Set.of(ColumnUse.MEASURE, ColumnUse.FILTER)));

    @TempDir
    static Path dir;

    private Platform platform;
    private String agreement;

    @BeforeAll
    void start() throws Exception {
        platform = Platform.shared(dir.resolve("home"));
        StringBuilder rows = new StringBuilder("id,town,age\n");
        for (int i = 0; i < PERSONS; i++) {
            rows.append(ID.text())
                    .append(i)
                    .append(i % 4 == 0 ? ",Dali," : ",Kunming,")
                    .append(i % 90)
                    .append('\n');
        }
        platform.source("census.csv", rows);
        platform.ingest(platform.order("census", "id", new Source.Csv("census.csv", ","), List.of()));
        platform.parties().writeCredentials(dir.resolve("credentials.json"), "", "");
        agreement = platform.sign(platform.text(5, CENSUS).withPrograms());
    }

    @AfterAll
    void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    /** By the command line, as a developer does it. */
    private Command run(String name, String... more) throws Exception {
        List<Object> words = new ArrayList<>(List.of(
                "submit",
                "--agreement",
                agreement,
                "--program",
                ProgramJar.of(name, dir),
                "--main",
                name,
                "--wait",
                "--json",
                "--credentials",
                dir.resolve("credentials.json")));
        words.addAll(List.of(more));
        return Command.run(words.toArray());
    }

    private void submit(String under, String name) throws Exception {
        platform.as(Role.DEVELOPER)
                .post(
                        "/api/v1/programs",
                        Json.object(
                                "agreementId",
                                under,
                                "mainClass",
                                name,
                                "arguments",
                                List.of(),
                                "jar",
                                StrictBase64.encode(Files.readAllBytes(ProgramJar.of(name, dir)))));
    }

    @Test
    void program_savesTables_eachIsAJobThatIsReviewed() throws Exception {
        Command submitted = run("TownTables", "--arg", "60");
        assertThat(submitted.exitCode()).as(submitted.err()).isZero();
        JsonObject program = Json.parseObject(submitted.out());
        assertThat(program.string("state")).isEqualTo("DONE");
        List<JsonObject> tables = program.objects("tables");
        assertThat(tables).extracting(t -> t.string("name")).containsExactly("towns", "everybody", "result_1");
        String job = tables.get(0).string("jobId");
        assertThat(platform.awaitRest(job).string("state")).isEqualTo("IN_REVIEW");
        JsonObject review = platform.as(Role.REVIEWER).get("/api/v1/reviews/" + job);
        assertThat(review.string("sql")).contains("`age` < 60").contains("GROUP BY");
        assertThat(review.object("table").list("rows", row -> row)).hasSize(2);
        platform.approve(job);
    }

    @Test
    void program_thatAsksForRows_isRefusedWithTheRule_andMakesNoTable() throws Exception {
        Command refused = run("RowReader");
        assertThat(refused.exitCode()).isEqualTo(3);
        JsonObject program = latest();
        assertThat(program.string("state")).isEqualTo("REFUSED");
        assertThat(program.objects("findings"))
                .extracting(f -> f.string("rule"))
                .contains("rows-not-aggregates");
        assertThat(program.objects("tables")).isEmpty();
    }

    private JsonObject latest() {
        String id = platform.as(Role.DEVELOPER)
                .get("/api/v1/programs")
                .objects("programs")
                .get(0)
                .string("id");
        return platform.as(Role.DEVELOPER).get("/api/v1/programs/" + id);
    }

    @Test
    void program_underAnAgreementThatLetsNoneRun_isRefused() throws Exception {
        String without = platform.agree(5, CENSUS);
        assertThatThrownBy(() -> submit(without, "TownTables"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("NOT_ALLOWED");
    }
}
