package io.yunyu.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.api.platform.Answer;
import io.yunyu.api.platform.Browser;
import io.yunyu.api.platform.Platform;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.launcher.ProgramRun;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submitting, following and cancelling programs, and what becomes of the tables they ask for. */
class ProgramTest {
    private static final byte[] JAR = {'P', 'K', 3, 4, 0};
    private static final ProgramRun.Table BY_AREA =
            new ProgramRun.Table("by_area", "SELECT area, count(*) n FROM visits GROUP BY area");
    private static final ProgramRun.Table ALL = new ProgramRun.Table("everybody", "SELECT count(*) n FROM visits");

    @TempDir
    static Path home;

    static Platform platform;
    static String agreement;
    static String without;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(home);
        without = platform.agreed("visits");
        agreement = platform.agree(
                platform.agreement(Platform.DEVELOPER, "developer", "visits").withPrograms(), "developer");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @BeforeEach
    void engines() {
        platform.engines.succeed();
        platform.engines.programs.clear();
    }

    private static Answer submit(String under, byte[] jar, String mainClass, Object arguments) {
        return platform.post(
                "developer",
                "/api/v1/programs",
                Json.object(
                        "agreementId", under,
                        "mainClass", mainClass,
                        "arguments", arguments,
                        "jar", StrictBase64.encode(jar)));
    }

    private static String submitted() {
        return Platform.require(202, submit(agreement, JAR, "org.example.Main", List.of("60")))
                .json()
                .string("id");
    }

    private static JsonObject program(String id) {
        return platform.get("developer", "/api/v1/programs/" + id).json();
    }

    private static JsonObject await(String id, String state) {
        Platform.await(
                "program to be " + state, () -> program(id).string("state").equals(state));
        return program(id);
    }

    private static ProgramRun.Outcome done(ProgramRun.Table... tables) {
        return new ProgramRun.Outcome(EngineResult.done(), List.of(tables));
    }

    private static ProgramRun.Outcome failed(ProblemCode code) {
        return new ProgramRun.Outcome(EngineResult.failed(new Problem(code, "It ended.")), List.of());
    }

    @Test
    void done_everyTable_isAJobOfItsOwn_underTheGrantOfTheSubmission() throws Exception {
        platform.engines.programScript(order -> done(BY_AREA, ALL));
        String id = submitted();
        JsonObject program = await(id, "DONE");
        assertThat(program.string("jarDigest")).isEqualTo(ContentDigest.of(JAR));
        assertThat(program.objects("tables")).extracting(t -> t.string("name")).containsExactly("by_area", "everybody");
        String job = program.objects("tables").get(0).string("jobId");
        platform.awaitJob(job, "IN_REVIEW");
        assertThat(platform.get("developer", "/api/v1/jobs/" + job).json().string("sql"))
                .isEqualTo(BY_AREA.sql());
        JsonObject review = platform.get("reviewer", "/api/v1/reviews/" + job).json();
        assertThat(review.objects("programs")).singleElement().satisfies(origin -> {
            assertThat(origin.string("program")).isEqualTo(id);
            assertThat(origin.string("table")).isEqualTo("by_area");
            assertThat(origin.string("jar")).isEqualTo(ContentDigest.of(JAR));
        });
        assertThat(platform.engines.programs).singleElement().satisfies(order -> {
            assertThat(order.jar()).isEqualTo(JAR);
            assertThat(order.program().arguments()).containsExactly("60");
            // Names and types of what is granted, and no more.
            assertThat(order.program().tables().get(0).columns())
                    .extracting(c -> c.name() + " " + c.type())
                    .containsExactly("area string", "age bigint");
        });
        assertThat(platform.query("select count(*) from act_subject where subject = '" + id + "'"))
                .isEqualTo("3");
    }

    @Test
    void pages_listProgramsWithTheirTables_forTheirOrganizationOnly() throws Exception {
        platform.engines.programScript(order -> done(BY_AREA, ALL));
        String id = submitted();
        JsonObject program = await(id, "DONE");
        String job = program.objects("tables").get(1).string("jobId");
        platform.engines.programScript(order -> failed(ProblemCode.TIMEOUT));
        String ended = submitted();
        await(ended, "FAILED");

        Browser chinese = new Browser(platform.address(), "zh-CN").signIn("developer", Platform.PASSWORD);
        assertThat(chinese.open("/programs").text())
                .contains(id, ended, "org.example.Main", "已完成", "失败", "接触不到数据")
                .doesNotContain("??");
        assertThat(chinese.open("/programs/" + id).text())
                .contains("by_area", "everybody", "/jobs/" + job, ContentDigest.of(JAR), "<code>60</code>")
                .doesNotContain("??", "检查发现");
        Browser english = new Browser(platform.address(), "en").signIn("developer", Platform.PASSWORD);
        assertThat(english.open("/programs/" + ended).text())
                .contains("TIMEOUT", "No table came of it so far")
                .doesNotContain("??", "id=\"tables\"");
        Browser secondary = new Browser(platform.address(), "en").signIn("secondary", Platform.PASSWORD);
        assertThat(secondary.open("/programs").text()).doesNotContain(id).contains("no program yet");
        assertThat(secondary.open("/programs/" + id).status()).isEqualTo(404);
        assertThat(new Browser(platform.address(), "en")
                        .signIn("reviewer", Platform.PASSWORD)
                        .open("/programs")
                        .status())
                .isEqualTo(403);
    }

    @Test
    void refused_showsFindings_andMakesNoJob() throws Exception {
        DisclosureFinding finding = new DisclosureFinding(
                "rows-not-aggregates", Optional.empty(), Optional.empty(), "rule set", "Aggregate.", true);
        platform.engines.programScript(order -> new ProgramRun.Outcome(
                new EngineResult(
                        EngineResult.Status.REFUSED,
                        Optional.of(new Problem(ProblemCode.QUERY_REFUSED, "A plan was refused.")),
                        Optional.of(new DisclosureReport(0, 0, Map.of(), List.of(finding))),
                        Optional.empty(),
                        Optional.empty()),
                List.of()));
        JsonObject program = await(submitted(), "REFUSED");
        assertThat(program.objects("findings")).singleElement().satisfies(f -> assertThat(f.string("rule"))
                .isEqualTo("rows-not-aggregates"));
        assertThat(program.objects("tables")).isEmpty();
        assertThat(new Browser(platform.address(), "en")
                        .signIn("developer", Platform.PASSWORD)
                        .open("/programs/" + program.string("id"))
                        .text())
                .contains("QUERY_REFUSED", "rows-not-aggregates")
                .doesNotContain("??");
    }

    @Test
    void ended_engine_isTriedThreeTimes_aFailedProgramOnce() {
        platform.engines.programScript(order -> failed(ProblemCode.ENGINE_ENDED));
        assertThat(await(submitted(), "FAILED").longValue("attempt")).isEqualTo(3);
        platform.engines.programScript(order -> failed(ProblemCode.PROGRAM_FAILED));
        assertThat(await(submitted(), "FAILED").longValue("attempt")).isEqualTo(1);
    }

    @Test
    void cancel_whileItRuns_dropsItsTables() throws Exception {
        CountDownLatch started = new CountDownLatch(1);
        CountDownLatch go = new CountDownLatch(1);
        platform.engines.programScript(order -> {
            started.countDown();
            try {
                go.await();
            } catch (InterruptedException e) {
                throw new AssertionError(e);
            }
            return done(BY_AREA);
        });
        String id = submitted();
        started.await();
        Platform.require(200, platform.post("developer", "/api/v1/programs/" + id + "/cancel", Map.of()));
        assertThat(platform.engines.cancelled).contains(id);
        go.countDown();
        platform.engines.programScript(order -> done(ALL));
        await(submitted(), "DONE");
        assertThat(program(id).string("state")).isEqualTo("CANCELLED");
        assertThat(program(id).objects("tables")).isEmpty();
    }

    @Test
    void restart_whileItRuns_runsItAgain_andMakesItsTablesOnce() throws Exception {
        platform.engines.programScript(order -> done(BY_AREA));
        String id = submitted();
        await(id, "DONE");
        String jobs = "select count(*) from program_table where program = '" + id + "'";
        assertThat(platform.query(jobs)).isEqualTo("1");
        platform.sql("delete from program_table where program = '" + id + "'");
        platform.sql("update program set state = 'RUNNING' where id = '" + id + "'");
        platform.restart();
        await(id, "DONE");
        assertThat(platform.query(jobs)).isEqualTo("1");
    }

    @Test
    void jar_changedInTheDatabase_doesNotRun() throws Exception {
        platform.engines.programScript(order -> failed(ProblemCode.PROGRAM_FAILED));
        byte[] jar = Arrays.copyOf(JAR, 9);
        Platform.require(202, submit(agreement, jar, "a.B", List.of()));
        platform.sql("update program_jar set bytes = '\\x00' where digest = '" + ContentDigest.of(jar) + "'");
        String id = Platform.require(202, submit(agreement, jar, "a.B", List.of()))
                .json()
                .string("id");
        assertThat(await(id, "FAILED").object("problem").string("code")).isEqualTo("INTERNAL");
    }

    @Test
    void submit_whatCannotRun_isRefused() {
        assertThat(submit(without, JAR, "a.B", List.of()).verdict()).isEqualTo("403 NOT_ALLOWED");
        assertThat(submit(agreement, new byte[] {1, 2, 3, 4, 5}, "a.B", List.of())
                        .verdict())
                .isEqualTo("400 BAD_REQUEST");
        assertThat(submit(agreement, Arrays.copyOf(JAR, (4 << 20) + 1), "a.B", List.of())
                        .verdict())
                .isEqualTo("413 TOO_LARGE");
        assertThat(submit(agreement, Arrays.copyOf(JAR, 5 << 20), "a.B", List.of())
                        .verdict())
                .isEqualTo("413 TOO_LARGE");
        for (String name : List.of("a b", "a..B", "-cp", "a.B;x", "../B")) {
            assertThat(submit(agreement, JAR, name, List.of()).verdict()).isEqualTo("400 BAD_REQUEST");
        }
        assertThat(submit(agreement, JAR, "a.B", java.util.Collections.nCopies(33, "x"))
                        .verdict())
                .isEqualTo("400 BAD_REQUEST");
    }

    @Test
    void submit_sameKeySameBody_isTheSameProgram_anotherBodyAConflict() {
        platform.engines.programScript(order -> done(ALL));
        String first = withKey("a.B", "key-1").json().string("id");
        assertThat(withKey("a.B", "key-1").json().string("id")).isEqualTo(first);
        assertThat(withKey("a.C", "key-1").verdict()).isEqualTo("409 CONFLICT");
        assertThat(withKey("a.B", "key-2").json().string("id")).isNotEqualTo(first);
    }

    private static Answer withKey(String mainClass, String key) {
        return platform.send(platform.as("developer", "/api/v1/programs")
                .header("Content-Type", "application/json")
                .header("Idempotency-Key", key)
                .POST(BodyPublishers.ofByteArray(Json.bytes(Json.object(
                        "agreementId", agreement, "mainClass", mainClass, "jar", StrictBase64.encode(JAR))))));
    }

    @Test
    void otherOrganization_doesNotSeeIt() {
        platform.engines.programScript(order -> done(ALL));
        String id = submitted();
        assertThat(platform.get("secondary", "/api/v1/programs/" + id).verdict())
                .isEqualTo("404 NOT_FOUND");
    }
}
