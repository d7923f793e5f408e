package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.cli.client.JobClient;
import io.yunyu.cli.demo.DemoParties.Role;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemException;
import java.nio.file.Files;
import java.nio.file.Path;
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
        platform = Platform.start(dir.resolve("home"));
        StringBuilder rows = new StringBuilder("id,town,age\n");
        for (int i = 0; i < PERSONS; i++) {
            rows.append("u")
                    .append(i)
                    .append(i % 4 == 0 ? ",Dali," : ",Kunming,")
                    .append(i % 90)
                    .append('\n');
        }
        Files.writeString(platform.inbox().resolve("census.csv"), rows);
        platform.ingest(platform.order("census", "id", new Source.Csv("census.csv", ","), List.of()));
        agreement = platform.sign(platform.text(5, CENSUS).withPrograms());
    }

    @AfterAll
    void stop() {
        if (platform != null) {
            platform.close();
        }
    }

    private JsonObject run(String name, String... arguments) throws Exception {
        return new JobClient(platform.as(Role.DEVELOPER))
                .awaitRest("/api/v1/programs/" + submit(agreement, name, arguments), "program");
    }

    private String submit(String under, String name, String... arguments) throws Exception {
        return platform.as(Role.DEVELOPER)
                .post(
                        "/api/v1/programs",
                        Json.object(
                                "agreementId",
                                under,
                                "mainClass",
                                name,
                                "arguments",
                                List.of(arguments),
                                "jar",
                                StrictBase64.encode(Files.readAllBytes(ProgramJar.of(name, dir)))))
                .string("id");
    }

    @Test
    void program_savesTables_eachIsAJobThatIsReviewed() throws Exception {
        JsonObject program = run("TownTables", "60");
        assertThat(program.string("state")).as(Json.write(program.asMap())).isEqualTo("DONE");
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
    void program_underAnAgreementThatLetsNoneRun_isRefused() throws Exception {
        String without = platform.agree(5, CENSUS);
        assertThatThrownBy(() -> submit(without, "TownTables", "60"))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining("NOT_ALLOWED");
    }
}
