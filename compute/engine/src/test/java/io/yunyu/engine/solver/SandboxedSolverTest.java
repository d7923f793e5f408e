package io.yunyu.engine.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.SolveJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.suppression.InfeasibleSuppressionException;
import io.yunyu.engine.suppression.MadeUpTables;
import io.yunyu.engine.suppression.ProposedPattern;
import io.yunyu.engine.suppression.SuppressionLimits;
import io.yunyu.engine.suppression.SuppressionProblem;
import io.yunyu.engine.suppression.TaskForm;
import io.yunyu.engine.suppression.WholeCheck;
import io.yunyu.launcher.Bind;
import io.yunyu.launcher.EngineLauncher;
import io.yunyu.launcher.EngineListener;
import io.yunyu.launcher.EngineOutcome;
import io.yunyu.launcher.EngineProcess;
import io.yunyu.launcher.EngineSpec;
import io.yunyu.launcher.LauncherMode;
import io.yunyu.launcher.OpenRelay;
import io.yunyu.launcher.SolverRun;
import io.yunyu.launcher.TappedEngines;
import io.yunyu.launcher.VaultPort;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The solver in its real sandbox. */
class SandboxedSolverTest {
    private static final SuppressionLimits LIMITS = SuppressionLimits.of(Duration.ofSeconds(60));
    private static final Duration PATIENCE = Duration.ofMinutes(5);
    /** Takes the search of an optimum longer than any of these tests waits for. */
    private static final String LONG_TASK = "cube 9 1";

    @TempDir
    private static Path natives;

    private static EngineLauncher launcher;

    @BeforeAll
    static void open() throws IOException {
        SolverSandbox.requireHost();
        SolverSandbox.natives(natives);
        launcher = EngineLauncher.open(LauncherMode.EMBEDDED);
    }

    @AfterAll
    static void close() {
        if (launcher != null) {
            launcher.close();
        }
    }

    private static EngineJob.SqlJob job(String problem) {
        return new EngineJob.SqlJob("job-1", problem, "{}", List.of(), "{}", Map.of(), "hpke:review", 1 << 20);
    }

    /** Solves with this side in the place of the engine. */
    private static ProposedPattern solve(SuppressionProblem problem, EngineSpec solver) {
        try (OpenRelay relay = new OpenRelay("job-1", () -> launcher.start(solver), PATIENCE)) {
            return new SandboxedSolver(new RelayQuestions(relay.port()), "job-1").solve(problem, LIMITS);
        }
    }

    private static void assertRefused(ProblemCode code, String word, Runnable call) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(call::run)
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(code))
                .satisfies(e -> assertThat(e.problem().detail()).contains(word));
    }

    @Test
    void solve_betweenTwoSandboxes_isSafeAndNoNumberPassesInTheClear() {
        String text = "counts 12 12 8 planted";
        SuppressionProblem problem = SolvingEngineMain.problem(text);
        List<byte[]> planted = planted(problem);
        // The search finds what is there: the same table unsealed, in a frame as a launcher carries it.
        String piece = Base64.getEncoder().encodeToString(TaskForm.write(problem, LIMITS));
        assertThat(found(planted, Json.bytes(Json.object("piece", piece)))).isPositive();
        assertThat(found(planted, ("n " + (long) value(problem)).getBytes(StandardCharsets.US_ASCII)))
                .isPositive();
        try (TappedEngines tapped = new TappedEngines();
                EngineProcess engine = tapped.start(SolverSandbox.engine())) {
            EngineOutcome outcome = SolverRun.run(
                    engine,
                    job(text),
                    VaultPort.none(),
                    () -> tapped.start(SolverSandbox.solver(natives)),
                    EngineListener.none(),
                    PATIENCE);
            assertThat(new String(outcome.sealedOutput(), StandardCharsets.UTF_8))
                    .isEqualTo("safe true, optimal true");
            // Both directions of both processes: task and pattern passed twice each, at least a block long.
            assertThat(tapped.seen().length).isGreaterThan(4 << 16);
            assertThat(found(planted, tapped.seen())).isZero();
        }
    }

    private static double value(SuppressionProblem problem) {
        TaskForm.Task task = TaskForm.read(ByteBuffer.wrap(TaskForm.write(problem, LIMITS)));
        // The first value follows form, time, two sizes and the number of cells.
        return ByteBuffer.wrap(TaskForm.write(task.problem(), LIMITS)).getDouble(21);
    }

    /** Each value as a big-endian and little-endian double and whole number, and in digits. */
    private static List<byte[]> planted(SuppressionProblem problem) {
        List<byte[]> forms = new ArrayList<>();
        ByteBuffer task = ByteBuffer.wrap(TaskForm.write(problem, LIMITS));
        for (int cell = 0; cell < problem.size(); cell++) {
            double value = task.getDouble(21 + 32 * cell);
            for (ByteOrder order : List.of(ByteOrder.BIG_ENDIAN, ByteOrder.LITTLE_ENDIAN)) {
                forms.add(ByteBuffer.allocate(8).order(order).putDouble(value).array());
                forms.add(ByteBuffer.allocate(8)
                        .order(order)
                        .putLong((long) value)
                        .array());
            }
            forms.add(Long.toString((long) value).getBytes(StandardCharsets.US_ASCII));
        }
        return forms;
    }

    /** How many of them are in the bytes, or in what a long enough run of base64 in them stands for. */
    private static long found(List<byte[]> planted, byte[] bytes) {
        ByteArrayOutputStream all = new ByteArrayOutputStream();
        all.writeBytes(bytes);
        Matcher runs =
                Pattern.compile("[A-Za-z0-9+/]{64,}={0,2}").matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        while (runs.find()) {
            String run = runs.group();
            // Cut to whole groups from each start: what stands before the run may look like a part of it.
            for (int start = 0; start < 4; start++) {
                String cut = run.substring(start).replace("=", "");
                all.writeBytes(Base64.getDecoder().decode(cut.substring(0, cut.length() / 4 * 4)));
            }
        }
        String text = new String(all.toByteArray(), StandardCharsets.ISO_8859_1);
        return planted.stream()
                .filter(form -> text.contains(new String(form, StandardCharsets.ISO_8859_1)))
                .count();
    }

    @Test
    void solve_fortyByForty_isSafe() {
        measured(MadeUpTables.skewed(40, 40, 6));
    }

    @Test
    void solve_hundredByFifty_isSafe() {
        assumeTrue(Boolean.getBoolean("yunyu.tests.long"), "long; on with -Dyunyu.tests.long=true");
        measured(MadeUpTables.skewed(100, 50, 6));
        measured(MadeUpTables.counts(40, 40, 6, 1));
        measured(MadeUpTables.counts(100, 50, 6, 1));
    }

    /** Times are told, not asserted. */
    private static void measured(SuppressionProblem problem) {
        assertThat(problem.requirements()).isNotEmpty();
        AtomicReference<Double> started = new AtomicReference<>(0.0);
        AtomicReference<Integer> bytes = new AtomicReference<>(0);
        long begin = System.nanoTime();
        try (OpenRelay relay = new OpenRelay(
                "job-1",
                () -> {
                    EngineProcess solver = launcher.start(SolverSandbox.solver(natives));
                    started.set((System.nanoTime() - begin) / 1e9);
                    return solver;
                },
                PATIENCE)) {
            RelayQuestions questions = new RelayQuestions(relay.port()) {
                @Override
                public Piece takeAnswer() {
                    Piece piece = super.takeAnswer();
                    bytes.set(bytes.get() + piece.bytes().length);
                    return piece;
                }
            };
            ProposedPattern pattern = new SandboxedSolver(questions, "job-1").solve(problem, LIMITS);
            double all = (System.nanoTime() - begin) / 1e9;
            System.out.printf(
                    "SandboxedSolverTest seed 6: %d cells, %d requirements: start %.2f s, solved %.2f s, %d tables, %d"
                            + " bytes, optimal %s%n",
                    problem.size(),
                    problem.requirements().size(),
                    started.get(),
                    all - started.get(),
                    pattern.tables().size(),
                    bytes.get(),
                    pattern.optimal());
            WholeCheck.assertSafe(problem, pattern);
        }
    }

    @Test
    void solve_cellThatNothingCanHide_isNamedToTheEngineAlone() {
        assertThatExceptionOfType(InfeasibleSuppressionException.class)
                .isThrownBy(() -> solve(MadeUpTables.hopeless(), SolverSandbox.solver(natives)))
                .satisfies(e -> assertThat(e.cell()).isEqualTo(4));
    }

    @Test
    void solve_withoutNatives_isRefusedWithAReason(@TempDir Path empty) {
        assertRefused(
                ProblemCode.HOST_LACKS_LAYER,
                "x86-64",
                () -> solve(MadeUpTables.counts(8, 8, 1, 1), SolverSandbox.solver(empty)));
    }

    @Test
    void solve_launcherThatCannotStartOne_tellsTheEngineWhy() {
        try (EngineProcess engine = launcher.start(SolverSandbox.engine())) {
            EngineOutcome outcome = SolverRun.run(
                    engine,
                    job("counts 5 5 1 1"),
                    VaultPort.none(),
                    () -> {
                        throw new ProblemException(ProblemCode.HOST_LACKS_LAYER, "No solvers are installed here.");
                    },
                    EngineListener.none(),
                    PATIENCE);
            assertThat(new String(outcome.sealedOutput(), StandardCharsets.UTF_8))
                    .isEqualTo("HOST_LACKS_LAYER No solvers are installed here.");
        }
    }

    @Test
    void solve_overItsTime_isStopped() {
        AtomicReference<EngineProcess> solver = new AtomicReference<>();
        try (OpenRelay relay = new OpenRelay("job-1", () -> started(solver), Duration.ofSeconds(2))) {
            assertRefused(ProblemCode.TIMEOUT, "within its time", () -> new SandboxedSolver(
                            new RelayQuestions(relay.port()), "job-1")
                    .solve(SolvingEngineMain.problem(LONG_TASK), LIMITS));
            assertDead(solver.get());
        }
    }

    private static EngineProcess started(AtomicReference<EngineProcess> solver) {
        solver.set(launcher.start(SolverSandbox.solver(natives)));
        return solver.get();
    }

    private static void assertDead(EngineProcess process) {
        assertThat(ProcessHandle.of(process.pid()).filter(ProcessHandle::isAlive))
                .isEmpty();
    }

    @Test
    void solve_solverKilledMidWay_isToldAsEnded() {
        AtomicReference<EngineProcess> solver = new AtomicReference<>();
        try (OpenRelay relay = new OpenRelay("job-1", () -> started(solver), PATIENCE)) {
            RelayQuestions questions = new RelayQuestions(relay.port()) {
                @Override
                public Piece takeAnswer() {
                    CompletableFuture.delayedExecutor(2, TimeUnit.SECONDS)
                            .execute(() ->
                                    ProcessHandle.of(solver.get().pid()).ifPresent(ProcessHandle::destroyForcibly));
                    return super.takeAnswer();
                }
            };
            assertRefused(ProblemCode.ENGINE_ENDED, "without an answer", () -> new SandboxedSolver(questions, "job-1")
                    .solve(SolvingEngineMain.problem(LONG_TASK), LIMITS));
        }
    }

    /** The solver would sleep for ever, and nothing else would end it within an hour. */
    @Test
    void run_engineKilled_takesItsSolverWithIt() throws Exception {
        EngineSpec sleeper = SolverSandbox.inPlaceOfSolver(natives, LyingSolverMain.class, List.of(), "sleep");
        CompletableFuture<ProcessHandle> solver = new CompletableFuture<>();
        try (EngineProcess engine = launcher.start(SolverSandbox.engine())) {
            CompletableFuture<EngineOutcome> outcome = CompletableFuture.supplyAsync(() -> SolverRun.run(
                    engine,
                    job("counts 8 8 1 1"),
                    VaultPort.none(),
                    () -> {
                        EngineProcess started = launcher.start(sleeper);
                        ProcessHandle.of(started.pid()).ifPresent(solver::complete);
                        return started;
                    },
                    EngineListener.none(),
                    Duration.ofHours(1)));
            ProcessHandle started = solver.get(1, TimeUnit.MINUTES);
            assertThat(started.isAlive()).isTrue();
            engine.kill();
            started.onExit().get(1, TimeUnit.MINUTES);
            assertThat(outcome.get(1, TimeUnit.MINUTES).result().problem()).isPresent();
        }
    }

    @ParameterizedTest
    @CsvSource({
        "garbage, form of its answer",
        "wrong-length, without an answer",
        "nothing, without an answer",
        "words, without an answer",
        "other-question, without an answer",
        "no-key, no sealing key"
    })
    void solve_lyingSolver_isFoundOut(String lie, String word) {
        EngineSpec liar = SolverSandbox.inPlaceOfSolver(natives, LyingSolverMain.class, List.of(), lie);
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> solve(MadeUpTables.counts(8, 8, 1, 1), liar))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.ENGINE_ENDED))
                .satisfies(e -> assertThat(e.problem().detail()).contains(word).doesNotContain(LyingSolverMain.WORDS));
    }

    /** An answer to the very same table, a moment ago. */
    @Test
    void solve_oldAnswerPlayedAgain_isFoundOut(@TempDir Path old) throws IOException {
        SuppressionProblem problem = MadeUpTables.counts(8, 8, 1, 1);
        ByteArrayOutputStream answer = new ByteArrayOutputStream();
        try (OpenRelay relay = new OpenRelay("job-1", () -> launcher.start(SolverSandbox.solver(natives)), PATIENCE)) {
            RelayQuestions questions = new RelayQuestions(relay.port()) {
                @Override
                public Piece takeAnswer() {
                    Piece piece = super.takeAnswer();
                    answer.writeBytes(piece.bytes());
                    return piece;
                }
            };
            WholeCheck.assertSafe(problem, new SandboxedSolver(questions, "job-1").solve(problem, LIMITS));
        }
        Files.write(old.resolve("answer"), answer.toByteArray());
        EngineSpec liar = SolverSandbox.inPlaceOfSolver(
                natives, LyingSolverMain.class, List.of(Bind.readOnly(old, "/old")), "old-answer");
        assertRefused(ProblemCode.ENGINE_ENDED, "form of its answer", () -> solve(problem, liar));
    }

    @Test
    void relay_engineOutOfTurn_isRefused() {
        try (OpenRelay relay = new OpenRelay("job-1", () -> launcher.start(SolverSandbox.solver(natives)), PATIENCE)) {
            RelayQuestions questions = new RelayQuestions(relay.port());
            Runnable early = () -> questions.giveTask(new byte[1], true);
            assertRefused(ProblemCode.BAD_REQUEST, "asked now", early);
            assertRefused(ProblemCode.BAD_REQUEST, "asked now", questions::takeAnswer);
            questions.startSolver(10);
            assertRefused(ProblemCode.BAD_REQUEST, "asked now", questions::takeAnswer);
            assertRefused(
                    ProblemCode.BAD_REQUEST,
                    "asked now",
                    () -> questions.giveTask(new byte[SolveJob.PIECE_BYTES + 1], false));
            assertRefused(ProblemCode.BAD_REQUEST, "asked now", () -> questions.giveTask(new byte[0], false));
            assertRefused(
                    ProblemCode.BAD_REQUEST,
                    "asked now",
                    () -> questions.step("task", Map.of("piece", "no base64!", "last", true)));
            assertRefused(ProblemCode.BAD_REQUEST, "asked now", () -> questions.step("other", Map.of()));
            for (int piece = 0; piece < SolveJob.MOST_PIECES; piece++) {
                questions.giveTask(new byte[1], false);
            }
            assertRefused(ProblemCode.BAD_REQUEST, "asked now", early);
        }
    }

    @Test
    void sandbox_hasNoNetworkNoTablesNoKeys() throws IOException {
        List<String> namespaces = new ArrayList<>();
        for (String name : List.of("user", "pid", "net", "mnt", "ipc", "uts")) {
            namespaces.add(name + "=" + Files.readSymbolicLink(Path.of("/proc/self/ns/" + name)));
        }
        try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
                EngineProcess hostile = launcher.start(SolverSandbox.inPlaceOfSolver(
                        natives,
                        SolverAttackMain.class,
                        List.of(),
                        String.join(",", namespaces),
                        Integer.toString(listener.getLocalPort())))) {
            EngineOutcome outcome =
                    hostile.run(new SolveJob("job-1", 1), VaultPort.none(), EngineListener.none(), PATIENCE);
            List<String> report = new String(outcome.sealedOutput(), StandardCharsets.UTF_8)
                    .lines()
                    .toList();
            assertThat(report.subList(0, report.size() - 1))
                    .containsExactly(
                            "isolated",
                            "interfaces [lo]",
                            "connect refused",
                            "present []",
                            "write refused",
                            "exec refused",
                            "environment [HOME, LC_ALL, MALLOC_ARENA_MAX, PWD, SPARK_LOCAL_HOSTNAME, SPARK_LOCAL_IP]");
            String mounts = report.get(report.size() - 1).replaceAll("mounts \\[|]", "");
            assertThat(Arrays.asList(mounts.split(", ")))
                    .contains("/natives")
                    .allMatch(mount -> mount.matches(
                            "/|/(app/[0-9]+|proc|dev|usr|lib|lib32|lib64|libx32|etc|java)(/.*)?|" + "/tmp|/natives"));
        }
    }
}
