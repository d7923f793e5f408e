package io.yunyu.api.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.api.Settings;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.launcher.EngineListener;
import io.yunyu.launcher.HostCapabilities;
import io.yunyu.launcher.LauncherMode;
import io.yunyu.launcher.VaultPort;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whose question for a solver starts one: real sandboxes, with an engine in them that asks and tells what it was answered. */
class LauncherRunsTest {
    @TempDir
    private static Path home;

    private static final List<String> ASKED_OF_VAULT = new CopyOnWriteArrayList<>();
    private static LauncherRuns runs;

    @BeforeAll
    static void open() throws Exception {
        HostCapabilities host = HostCapabilities.probe(LauncherMode.EMBEDDED);
        assumeTrue(host.missing().isEmpty(), host.describe());
        String file = AskingEngine.class.getName().replace('.', '/') + ".class";
        Path classes = home.resolve("lib/classes").resolve(file);
        Files.createDirectories(classes.getParent());
        try (InputStream in =
                Objects.requireNonNull(AskingEngine.class.getClassLoader().getResourceAsStream(file))) {
            Files.copy(in, classes);
        }
        Settings.Engine engine = new Settings.Engine(
                home.resolve("lib"), "128m", 1, 60, AskingEngine.class.getName(), null, null, null, null);
        Settings.Warm warm = new Settings.Warm(0, 1, List.of());
        VaultPort vault = (sealTo, question) -> {
            ASKED_OF_VAULT.add(question.string("op"));
            return Map.of("refused", "KEY_REFUSED", "detail", "The vault knows no such question.");
        };
        runs = new LauncherRuns(new Settings(home, null, null, null, null, engine, warm, null, null), vault);
    }

    @AfterAll
    static void close() {
        if (runs != null) {
            runs.close();
        }
    }

    @BeforeEach
    void vault() {
        ASKED_OF_VAULT.clear();
    }

    private static EngineJob.PublicationJob publication() {
        return new EngineJob.PublicationJob("job-1", 1, "{}", List.of(), "{}", Map.of(), "hpke:review", 1);
    }

    private static String told(EngineJob job) {
        RunOutcome outcome = runs.run(new EngineRun(job, List.of(), Optional.empty()), EngineListener.none());
        Problem problem = outcome.result().problem().orElseThrow();
        assertThat(problem.code()).as(problem.detail()).isEqualTo(ProblemCode.INTERNAL);
        return problem.detail();
    }

    @Test
    void run_publicationWhereNoSolversAreInstalled_engineIsToldWhy() {
        assertThat(told(publication())).startsWith("HOST_LACKS_LAYER").contains("not beside the engine");
        assertThat(ASKED_OF_VAULT).isEmpty();
    }

    /** No class of a solver is there, so that its process ends before it says anything. */
    @Test
    void run_publicationWhoseSolverDoesNotStart_engineIsToldSo() throws Exception {
        Files.createDirectories(home.resolve("lib/solver-lib"));
        Path natives = Files.createDirectories(home.resolve("lib/solver-natives/ortools-linux-x86-64"));
        Path library = Files.createFile(natives.resolve("libjniortools.so"));
        try {
            assertThat(told(publication())).startsWith("ENGINE_ENDED");
        } finally {
            Files.delete(library);
        }
        assertThat(runs.processes()).isEmpty();
    }

    /** A job is running for its developer before its engine is there. */
    @Test
    void cancel_beforeTheEngineIsThere_isKeptInMind_forThatRunOnly() {
        EngineJob query = new EngineJob.SqlJob("job-4", "select 1", "{}", List.of(), "{}", Map.of(), "hpke:review", 1);
        runs.cancel("job-4");
        EngineResult result = runs.run(new EngineRun(query, List.of(), Optional.empty()), EngineListener.none())
                .result();
        assertThat(result.problem().orElseThrow())
                .isEqualTo(new Problem(ProblemCode.CONFLICT, "The job was cancelled."));
        assertThat(ASKED_OF_VAULT).isEmpty();
        assertThat(runs.processes()).isEmpty();
        assertThat(told(query)).startsWith("KEY_REFUSED");
    }

    /** Of jobs that ended just before they were cancelled nobody asks again. */
    @Test
    void cancel_jobThatHadEnded_isForgottenInTime() {
        EngineJob query = new EngineJob.SqlJob("job-5", "select 1", "{}", List.of(), "{}", Map.of(), "hpke:review", 1);
        runs.cancel("job-5");
        for (int i = 0; i < LauncherRuns.MOST_CANCELLED; i++) {
            runs.cancel("ended-" + i);
        }
        assertThat(told(query)).startsWith("KEY_REFUSED");
    }

    @Test
    void run_anyOtherJob_hasNoSolver() {
        EngineJob query = new EngineJob.SqlJob("job-2", "select 1", "{}", List.of(), "{}", Map.of(), "hpke:review", 1);
        assertThat(told(query)).isEqualTo("KEY_REFUSED The vault knows no such question.");
        assertThat(ASKED_OF_VAULT).containsExactly("solve");
        assertThat(told(new EngineJob.CheckJob("job-3", "select 1", "{}"))).startsWith("KEY_REFUSED This job");
    }
}
