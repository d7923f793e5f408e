package io.yunyu.system;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.launcher.Bind;
import io.yunyu.launcher.ProgramRun;
import io.yunyu.system.egress.Egress;
import io.yunyu.system.egress.Planted;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a hostile program tries from its sandbox, past the service beside it; its targets are made here. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ProgramAttackTest {
    private static final boolean HEAVY = Boolean.getBoolean("yunyu.attacks.heavy");
    private static final String SECRET = Planted.word("secret").text();
    /** By name; the last one is good, so that a program in which nothing works cannot pass for a guarded one. */
    private static final Map<String, String> TEXTS = texts();

    @TempDir
    static Path dir;

    private ProgramSandboxes sandboxes;

    @BeforeAll
    void open() throws Exception {
        sandboxes = new ProgramSandboxes(dir);
    }

    @AfterAll
    void close() {
        if (sandboxes != null) {
            sandboxes.close();
        }
    }

    private static Map<String, String> texts() {
        Map<String, String> texts = new TreeMap<>();
        texts.put("a rows", "SELECT * FROM census");
        texts.put("b path", "SELECT COUNT(*) FROM parquet.`/data/census`");
        texts.put("c setting", "SET spark.sql.ansi.enabled=false");
        texts.put("d table", "CREATE TABLE x AS SELECT * FROM census");
        texts.put("e jar", "ADD JAR '/tmp/x.jar'");
        texts.put("f reflection", "SELECT reflect('java.lang.System', 'exit', 1) FROM census");
        texts.put("g ungranted", "SELECT name, COUNT(*) FROM census GROUP BY name");
        texts.put("h deep", "SELECT COUNT(*) FROM census WHERE " + "NOT ".repeat(12_000) + "age > 1");
        texts.put(
                "i parentheses", "SELECT COUNT(*) FROM census WHERE " + "(".repeat(20_000) + "1" + ")".repeat(20_000));
        texts.put("j good", "SELECT COUNT(*) AS n FROM census");
        return texts;
    }

    private ProgramRun.Outcome lax(String... arguments) throws Exception {
        return sandboxes.run(ProgramSandboxes.laxGuard(), List.of(), ProgramSandboxes.PATIENCE, both -> {}, arguments);
    }

    private static String[] withTexts() {
        return Stream.concat(Stream.of("texts"), TEXTS.values().stream()).toArray(String[]::new);
    }

    @Test
    void texts_pastTheService_areStoppedByTheGuard() throws Exception {
        ProgramRun.Outcome outcome = sandboxes.run(
                ProgramSandboxes.realGuard(), List.of(), ProgramSandboxes.PATIENCE, both -> {}, withTexts());
        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.DONE);
        assertThat(outcome.tables())
                .containsExactly(new ProgramRun.Table("t" + (TEXTS.size() - 1), TEXTS.get("j good")));
    }

    @Test
    void control_texts_withoutTheGuard_allBecomeTables() throws Exception {
        assertThat(lax(withTexts()).tables())
                .extracting(ProgramRun.Table::sql)
                .containsExactlyElementsOf(TEXTS.values());
    }

    /** What it finds out it says by the names of its tables. */
    @Test
    void look_aroundInTheSandbox_findsNothing() throws Exception {
        Path secret = Files.writeString(Egress.source(dir.resolve("secret")), SECRET);
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            assertThat(ProgramSandboxes.names(
                            lax("look", secret.toString(), Integer.toString(listener.getLocalPort()))))
                    .containsExactly(
                            "keys_nothing", "other_job_nothing", "files_nothing", "host_nothing", "process_nothing");
        }
    }

    @Test
    void service_afterGarbageAndTooMuchData_stillServes_twoSessionsToo() throws Exception {
        assertThat(ProgramSandboxes.names(lax("service")))
                .containsExactly("after_garbage", "no_data", "second_session");
    }

    @Test
    void tables_beyondTheMost_areNotMade() throws Exception {
        assertThat(lax("many-tables").tables()).hasSize(10);
    }

    @Test
    void control_fileThatIsBound_isFound() throws Exception {
        Path secret = Files.writeString(Egress.source(dir.resolve("bound")), SECRET);
        ProgramRun.Outcome outcome = sandboxes.run(
                ProgramSandboxes.laxGuard(),
                List.of(Bind.readOnly(secret, "/data/bound")),
                ProgramSandboxes.PATIENCE,
                both -> {},
                "files",
                "/data/bound");
        assertThat(ProgramSandboxes.names(outcome)).containsExactly("files_got");
    }

    /** However it ends, the launcher says one of its own sentences, and none of its tables is made. */
    @TestFactory
    Stream<DynamicTest> end_thatIsNotAGoodOne_leavesNoTableAndNoWord() {
        return Stream.of("words", "throw", "output", "exit", "after-end", "length", "print", "many-plans", "memory")
                .filter(attempt -> HEAVY || !List.of("output", "length").contains(attempt))
                .map(attempt -> DynamicTest.dynamicTest(attempt, () -> {
                    ProgramRun.Outcome outcome = lax(attempt, SECRET);
                    assertThat(outcome.tables()).isEmpty();
                    assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.FAILED);
                    assertThat(outcome.result().problem().orElseThrow().code())
                            .isIn(ProblemCode.PROGRAM_FAILED, ProblemCode.OUT_OF_MEMORY);
                    assertThat(Json.write(outcome.result().toJson())).doesNotContain(SECRET, "42");
                }));
    }

    @Test
    void end_withAReportOfItsOwn_isWithoutIt() throws Exception {
        ProgramRun.Outcome outcome = lax("report", SECRET);
        assertThat(outcome.result()).isEqualTo(EngineResult.done());
    }

    @Test
    void hang_isStoppedAtItsTime() throws Exception {
        ProgramRun.Outcome outcome =
                sandboxes.run(ProgramSandboxes.laxGuard(), List.of(), Duration.ofSeconds(2), both -> {}, "hang");
        assertThat(outcome.result().problem().orElseThrow().code()).isEqualTo(ProblemCode.TIMEOUT);
        assertThat(outcome.tables()).isEmpty();
    }

    @Test
    void kill_ofEither_leavesNoTable() throws Exception {
        assertThat(killed(0).result().problem().orElseThrow().code()).isEqualTo(ProblemCode.ENGINE_ENDED);
        assertThat(killed(1).result().problem().orElseThrow().code()).isEqualTo(ProblemCode.PROGRAM_FAILED);
    }

    private ProgramRun.Outcome killed(int which) throws Exception {
        ScheduledExecutorService later = Executors.newSingleThreadScheduledExecutor();
        try {
            ProgramRun.Outcome outcome = sandboxes.run(
                    ProgramSandboxes.laxGuard(),
                    List.of(),
                    ProgramSandboxes.PATIENCE,
                    both -> later.schedule(both.get(which)::kill, 1, TimeUnit.SECONDS),
                    "slow-plans");
            assertThat(outcome.tables()).isEmpty();
            return outcome;
        } finally {
            later.shutdownNow();
        }
    }
}
