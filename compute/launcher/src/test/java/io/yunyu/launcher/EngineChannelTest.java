package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The channel with engines that keep to it and engines that do not, in the real sandbox. */
class EngineChannelTest {
    private static EngineLauncher launcher;

    @BeforeAll
    static void open() {
        launcher = Sandboxed.launcher();
    }

    @AfterAll
    static void close() {
        if (launcher != null) {
            launcher.close();
        }
    }

    @Test
    void run_politeEngine_relaysQuestionsOutputAndEvents() {
        Queue<String> asked = new ConcurrentLinkedQueue<>();
        Queue<String> events = new ConcurrentLinkedQueue<>();
        VaultPort vault = (sealTo, question) -> answer(asked, sealTo, question);
        EngineOutcome outcome;
        try (EngineProcess engine = launcher.start(Sandboxed.spec("polite"))) {
            assertThat(engine.hello()).isEqualTo(new EngineHello("fake-1", "hpke:fake"));
            assertThat(engine.isReady()).isTrue();
            outcome = engine.run(
                    Sandboxed.sqlJob(Map.of()),
                    vault,
                    (event, count) -> events.add(event + ":" + count.orElse(-1)),
                    Sandboxed.PATIENCE);
            assertThat(engine.isReady()).isFalse();
        }
        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.DONE);
        assertThat(Sandboxed.output(outcome)).isEqualTo("for hpke:fake|KEY_REFUSED");
        assertThat(asked).containsExactly("unwrapKeys 1", "unwrapKeys 2");
        assertThat(events).containsExactly(EngineEvent.JOB_RECEIVED + ":-1", EngineEvent.ROWS_READ + ":-1");
    }

    /** A batch is its provider's own, who may know how many rows of it were read. */
    @Test
    void run_batch_tellsItsRows() {
        Queue<String> events = new ConcurrentLinkedQueue<>();
        try (EngineProcess engine = launcher.start(Sandboxed.spec("polite"))) {
            engine.run(
                    new EngineJob.IngestJob(
                            "job-1", "{}", new Signature("key", "value"), "/source", "/table", Optional.empty()),
                    VaultPort.none(),
                    (event, count) -> events.add(event + ":" + count.orElse(-1)),
                    Sandboxed.PATIENCE);
        }
        assertThat(events).containsExactly("JOB_RECEIVED:-1", "ROWS_READ:12");
    }

    private static Map<String, Object> answer(Queue<String> asked, String sealTo, JsonObject question) {
        asked.add(question.string("op") + " " + question.longValue("id"));
        if (question.longValue("id") == 2) {
            throw new ProblemException(ProblemCode.KEY_REFUSED, "Not this one.");
        }
        byte[] sealed = ("for " + sealTo).getBytes(StandardCharsets.UTF_8);
        return Map.of("sealed", Base64.getEncoder().encodeToString(sealed), "unknown", "dropped");
    }

    @Test
    void run_secondJob_isRefused() {
        try (EngineProcess engine = launcher.start(Sandboxed.spec("exit-42"))) {
            engine.run(Sandboxed.sqlJob(Map.of()), VaultPort.none(), EngineListener.none(), Sandboxed.PATIENCE);
            assertThatIllegalStateException()
                    .isThrownBy(() -> engine.run(
                            Sandboxed.sqlJob(Map.of()), VaultPort.none(), EngineListener.none(), Sandboxed.PATIENCE));
        }
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "huge-frame",
                "unknown-type",
                "endless-output",
                "endless-empty-output",
                "endless-questions",
                "two-ends",
                "second-hello",
                "malformed-end",
                "end-before-job",
                "half-frame",
                "exit-42"
            })
    void run_hostileEngine_failsWithNeutralWords(String behaviour) {
        EngineOutcome outcome = Sandboxed.run(launcher, Sandboxed.spec(behaviour), Map.of());
        Problem problem = outcome.result().problem().orElseThrow();
        assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.FAILED);
        assertThat(problem.code()).isEqualTo(ProblemCode.ENGINE_ENDED);
        assertThat(problem.detail()).doesNotContain("PLANTED").doesNotContain("42");
        assertThat(outcome.sealedOutput()).isEmpty();
    }

    @ParameterizedTest
    @ValueSource(strings = {"never-ends", "unread-answers"})
    void run_engineThatStops_timesOut(String behaviour) {
        try (EngineProcess engine = launcher.start(Sandboxed.spec(behaviour))) {
            VaultPort large = (sealTo, question) -> Map.of("sealed", "x".repeat(100_000));
            EngineOutcome outcome =
                    engine.run(Sandboxed.sqlJob(Map.of()), large, EngineListener.none(), Duration.ofMillis(700));
            assertThat(outcome.result().problem().orElseThrow().code()).isEqualTo(ProblemCode.TIMEOUT);
        }
    }

    @Test
    void run_heapExhausted_saysOutOfMemory() {
        EngineOutcome outcome = Sandboxed.run(launcher, Sandboxed.spec("out-of-memory"), Map.of());
        assertThat(outcome.result().problem().orElseThrow().code()).isEqualTo(ProblemCode.OUT_OF_MEMORY);
    }

    @Test
    void run_processorTimeUsedUp_saysSo() {
        EngineSpec spec = Sandboxed.spec("spin");
        EngineOutcome outcome =
                Sandboxed.run(launcher, spec.withLimits(spec.limits().withCpuSeconds(2)), Map.of());
        assertThat(outcome.result().problem().orElseThrow().code()).isEqualTo(ProblemCode.TIMEOUT);
        assertThat(outcome.result().problem().orElseThrow().detail()).contains("processor time");
    }

    @Test
    void run_listenerThatFails_doesNotStopTheJob() {
        try (EngineProcess engine = launcher.start(Sandboxed.spec("stderr-flood"))) {
            EngineListener failing = (event, count) -> {
                throw new IllegalStateException("a listener's own fault");
            };
            EngineOutcome outcome =
                    engine.run(Sandboxed.sqlJob(Map.of()), VaultPort.none(), failing, Sandboxed.PATIENCE);
            assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.DONE);
        }
    }

    @Test
    void start_withClassArchive_usesItAndSurvivesAWrongOne(@TempDir Path home) throws IOException {
        Path jar = JarOf.testClasses(Sandboxed.spec("polite").classPath(), home.resolve("engine.jar"));
        EngineSpec spec = EngineSpec.of(List.of(jar), FakeEngine.class.getName())
                .withArguments(List.of("polite"))
                .withLimits(Sandboxed.spec("polite").limits());
        Path archive = home.resolve("engine.jsa");
        launcher.writeClassArchive(spec, Optional.empty(), archive);
        assertThat(Files.size(archive)).isGreaterThan(100_000);
        startsWith(spec.withClassArchive(archive));
        startsWith(spec.withClassArchive(Files.write(home.resolve("wrong.jsa"), new byte[5000])));
        // Java says aloud that the archive does not fit any more; that must not get into the channel.
        Files.setLastModifiedTime(jar, FileTime.fromMillis(0));
        startsWith(spec.withClassArchive(archive));
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).hasSize(3);
        }
    }

    private static void startsWith(EngineSpec spec) {
        try (EngineProcess engine = launcher.start(spec)) {
            assertThat(engine.hello().engine()).isEqualTo("fake-1");
        }
    }

    @Test
    void open_productionWithoutDelegatedGroups_isRefusedByName() {
        assumeTrue(ControlGroups.find().isEmpty(), "this host delegates cgroup v2");
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> EngineLauncher.open(LauncherMode.PRODUCTION))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.HOST_LACKS_LAYER))
                .withMessageContaining("CGROUP_V2_LIMITS");
    }

    @Test
    void run_questionForAnotherJob_isRefusedWithoutAskingTheVault() {
        EngineOutcome outcome;
        try (EngineProcess engine = launcher.start(Sandboxed.spec("foreign-job"))) {
            VaultPort vault = (sealTo, question) -> {
                throw new AssertionError("asked");
            };
            outcome = engine.run(Sandboxed.sqlJob(Map.of()), vault, EngineListener.none(), Sandboxed.PATIENCE);
        }
        assertThat(Sandboxed.output(outcome)).contains("KEY_REFUSED").contains("\"id\":1");
    }

    @Test
    void run_stderrFlood_letsOnlyEventsThroughAndCapsTheLog(@TempDir Path home) throws IOException {
        Queue<String> events = new ConcurrentLinkedQueue<>();
        Path log = home.resolve("engine.log");
        try (EngineProcess engine =
                launcher.start(Sandboxed.spec("stderr-flood").withOperatorLog(log))) {
            EngineOutcome outcome = engine.run(
                    Sandboxed.sqlJob(Map.of()),
                    VaultPort.none(),
                    (event, count) -> events.add(event + ":" + count.orElse(-1)),
                    Sandboxed.PATIENCE);
            assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.DONE);
        }
        assertThat(events).containsExactly("ROWS_READ:-1");
        assertThat(Files.size(log)).isBetween(1000L, 1L << 20);
    }

    @Test
    void run_withScratch_deletesItAfterwards(@TempDir Path home) throws IOException {
        EngineOutcome outcome =
                Sandboxed.run(launcher, Sandboxed.spec("fill-scratch").withScratchParent(home), Map.of());
        assertThat(Sandboxed.output(outcome)).isEqualTo("/scratch/spill");
        try (Stream<Path> left = Files.list(home)) {
            assertThat(left).isEmpty();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"end-first", "noise", "exit-at-once"})
    void start_withoutHello_isRefused(String behaviour) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> launcher.start(Sandboxed.spec(behaviour)))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.ENGINE_ENDED));
    }

    @Test
    void start_engineThatRefuses_saysWhy() {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> launcher.start(Sandboxed.spec("refuses-to-start")))
                .satisfies(e -> {
                    assertThat(e.problem().code()).isEqualTo(ProblemCode.CAPACITY);
                    assertThat(e.problem().detail()).isEqualTo("The master is not there.");
                });
    }

    @Test
    void start_silentEngine_timesOut() {
        EngineSpec spec = Sandboxed.spec("no-hello").withHelloTimeout(Duration.ofMillis(900));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> launcher.start(spec))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.TIMEOUT));
    }

    @Test
    void kill_waitingEngine_leavesNoProcess() {
        EngineProcess engine = launcher.start(Sandboxed.spec("polite"));
        List<ProcessHandle> below = ProcessHandle.current()
                .descendants()
                .filter(handle -> handle.info().commandLine().orElse("").contains(FakeEngine.class.getName()))
                .toList();
        assertThat(below).isNotEmpty();
        engine.kill();
        assertThat(below).noneMatch(SandboxProcess::isRunning);
    }
}
