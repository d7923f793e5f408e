package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Engines started ahead, in the real sandbox, with the clock and the host's memory in the test's hand. */
class WarmPoolTest {
    private static EngineLauncher launcher;

    private final AtomicLong nanos = new AtomicLong(Long.MAX_VALUE - 1000);
    private final AtomicLong memory = new AtomicLong(1L << 40);
    private WarmPool pool;
    private Path home;

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

    @BeforeEach
    void pool(@TempDir Path temporary) {
        home = temporary;
        pool = pool(2, 2, 2);
    }

    @AfterEach
    void endPool() {
        pool.close();
        assertThat(engines()).isEmpty();
    }

    private WarmPool pool(int engines, int perProduct, int processors) {
        return WarmPool.manual(
                launcher,
                new WarmLimits(
                        engines, perProduct, Duration.ofMinutes(10), processors, Duration.ofSeconds(2), 3L << 30),
                nanos::get,
                memory::get);
    }

    private void pass(Duration time) {
        nanos.addAndGet(time.toNanos());
    }

    /** Tends until a round in which every idle engine has rehearsed starts none. */
    private void settle() {
        long deadline = System.nanoTime() + Sandboxed.PATIENCE.toNanos();
        WarmState before;
        do {
            LockSupport.parkNanos(2_000_000);
            before = pool.state();
            pool.tend();
        } while ((pool.state().idle() != before.idle() || before.rehearsed() < before.idle())
                && System.nanoTime() < deadline);
    }

    private static List<ProcessHandle> engines() {
        return ProcessHandle.current()
                .descendants()
                .filter(SandboxProcess::isRunning)
                .filter(handle -> handle.info().commandLine().orElse("").contains(FakeEngine.class.getName()))
                .toList();
    }

    private static void killed(List<ProcessHandle> engines) {
        engines.forEach(ProcessHandle::destroyForcibly);
        long deadline = System.nanoTime() + Sandboxed.PATIENCE.toNanos();
        while (engines.stream().anyMatch(SandboxProcess::isRunning) && System.nanoTime() < deadline) {
            LockSupport.parkNanos(2_000_000);
        }
    }

    private EngineSpec product(String name) throws IOException {
        Path table = Files.createDirectories(home.resolve(name));
        Files.writeString(table.resolve("file"), "first");
        return Sandboxed.spec("read-table").withBinds(List.of(Bind.readOnly(table, "/data/table")));
    }

    private String run(EngineSpec spec) {
        try (WarmPool.Lease lease = pool.take(spec)) {
            EngineOutcome outcome = lease.engine()
                    .run(Sandboxed.sqlJob(Map.of()), VaultPort.none(), EngineListener.none(), Sandboxed.PATIENCE);
            assertThat(outcome.result().status()).isEqualTo(EngineResult.Status.DONE);
            return Sandboxed.output(outcome);
        }
    }

    @Test
    void take_expectedProduct_findsAnEngineThatServesOnce() throws IOException {
        EngineSpec spec = product("a");
        pool.tend();
        assertThat(pool.state().idle()).as("nobody asked for anything").isZero();
        pool.expect(spec);
        settle();
        assertThat(pool.state()).isEqualTo(new WarmState(1, 1, 0, 0, 0, 0));
        List<ProcessHandle> first = engines();
        assertThat(run(spec)).isEqualTo("first");
        assertThat(first).isNotEmpty().noneMatch(SandboxProcess::isRunning);
        assertThat(pool.state()).isEqualTo(new WarmState(0, 0, 0, 1, 0, 0));
        settle();
        assertThat(pool.state().idle()).isEqualTo(1);
        assertThat(engines()).doesNotContainAnyElementsOf(first);
    }

    @Test
    void take_poolExhausted_startsOne() throws IOException {
        EngineSpec spec = product("a");
        pool.expect(spec);
        settle();
        try (WarmPool.Lease first = pool.take(spec);
                WarmPool.Lease second = pool.take(spec);
                WarmPool.Lease third = pool.take(spec)) {
            assertThat(List.of(first, second, third))
                    .allMatch(lease -> lease.engine().isReady());
            assertThat(pool.state()).isEqualTo(new WarmState(0, 0, 3, 1, 2, 0));
        }
        settle();
        assertThat(pool.state().idle()).as("three taken at once, two allowed").isEqualTo(2);
        pass(Duration.ofMinutes(1));
        settle();
        assertThat(pool.state().idle()).as("the burst is over").isEqualTo(1);
    }

    @Test
    void take_newFileInTheTable_isSeenByTheEngineThatWaited() throws IOException {
        EngineSpec spec = product("a");
        pool.expect(spec);
        settle();
        Files.writeString(Files.createFile(home.resolve("a/next")), "second");
        Files.move(home.resolve("a/next"), home.resolve("a/file"), java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        Files.setPosixFilePermissions(
                home.resolve("a/file"), java.nio.file.attribute.PosixFilePermissions.fromString("rw-------"));
        assertThat(run(spec)).isEqualTo("second");
        assertThat(pool.state().warm()).isEqualTo(1);
    }

    @Test
    void take_tableReplacedAsAWhole_neverUsesTheEngineThatSeesTheOldOne() throws IOException {
        EngineSpec spec = product("a");
        pool.expect(spec);
        settle();
        Files.move(home.resolve("a"), home.resolve("old"));
        Files.createDirectory(home.resolve("a"));
        Files.writeString(home.resolve("a/file"), "second");
        assertThat(run(spec)).isEqualTo("second");
        assertThat(pool.state()).isEqualTo(new WarmState(0, 0, 0, 0, 1, 1));
    }

    @Test
    void take_programReplaced_neverUsesTheEngineOfTheOldOne() throws IOException {
        Path archive = Files.write(home.resolve("engine.jsa"), new byte[100]);
        EngineSpec spec = product("a").withClassArchive(archive);
        pool.expect(spec);
        settle();
        Files.write(archive, new byte[200]);
        assertThat(run(spec)).isEqualTo("first");
        assertThat(pool.state()).isEqualTo(new WarmState(0, 0, 0, 0, 1, 1));
    }

    @Test
    void take_otherTables_neverSharesAnEngine() throws IOException {
        EngineSpec spec = product("a");
        pool.expect(spec);
        settle();
        EngineSpec both = spec.withBinds(List.of(
                spec.binds().get(0), Bind.readOnly(product("b").binds().get(0).source(), "/data/more")));
        assertThat(run(both)).isEqualTo("first");
        assertThat(pool.state()).isEqualTo(new WarmState(1, 1, 0, 0, 1, 0));
    }

    @Test
    void take_idleEngineKilled_startsAnother() throws IOException {
        EngineSpec spec = product("a");
        pool.expect(spec);
        settle();
        killed(engines());
        assertThat(run(spec)).isEqualTo("first");
        assertThat(pool.state().cold()).isEqualTo(1);
    }

    @Test
    void tend_idleEngineThatDied_isReplaced() throws Exception {
        pool.expect(product("a"));
        settle();
        List<ProcessHandle> idle = engines();
        killed(idle);
        // Its death is known a moment after it.
        eventually(() -> {
            pool.tend();
            return pool.state().discarded() == 1;
        });
        settle();
        assertThat(pool.state()).isEqualTo(new WarmState(1, 1, 0, 0, 0, 1));
        assertThat(engines()).isNotEmpty().doesNotContainAnyElementsOf(idle);
    }

    @Test
    void tend_productNobodyUses_isDrained() throws IOException {
        pool.expect(product("a"));
        settle();
        pass(Duration.ofMinutes(9));
        settle();
        assertThat(pool.state().idle()).isEqualTo(1);
        pass(Duration.ofMinutes(2));
        pool.tend();
        assertThat(pool.state()).isEqualTo(new WarmState(0, 0, 0, 0, 0, 1));
        assertThat(engines()).isEmpty();
    }

    @Test
    void tend_moreProductsThanEngines_keepsTheLatest() throws IOException {
        for (String name : List.of("a", "b", "c")) {
            pool.expect(product(name));
            pass(Duration.ofSeconds(1));
            settle();
            assertThat(pool.state().idle()).isLessThanOrEqualTo(2);
        }
        run(product("c"));
        run(product("b"));
        run(product("a"));
        assertThat(pool.state().warm()).isEqualTo(2);
        assertThat(pool.state().cold()).isEqualTo(1);
    }

    @Test
    void tend_whileJobsRun_yieldsToThem() throws IOException {
        EngineSpec spec = product("a");
        try (WarmPool.Lease first = pool.take(spec)) {
            pool.tend();
            assertThat(pool.state().idle()).as("the job has just begun").isZero();
            pass(Duration.ofSeconds(3));
            try (WarmPool.Lease second = pool.start(spec)) {
                pass(Duration.ofSeconds(3));
                pool.tend();
                assertThat(pool.state().idle()).as("both processors are busy").isZero();
                assertThat(second.engine().isReady()).isTrue();
            }
            pool.tend();
            assertThat(pool.state().idle()).as("a processor is free").isEqualTo(1);
            assertThat(first.engine().isReady()).isTrue();
        }
    }

    @Test
    void take_anotherGettingReady_standsStillUntilTheJobIsOver() throws IOException {
        EngineSpec preparing = product("a").withArguments(List.of("never-rehearsed"));
        pool.expect(preparing);
        pool.tend();
        List<ProcessHandle> ready =
                engines().stream().filter(WarmPoolTest::isVirtualMachine).toList();
        assertThat(ready).isNotEmpty().noneMatch(WarmPoolTest::isStopped);
        try (WarmPool.Lease other = pool.start(product("b"))) {
            assertThat(ready).allMatch(WarmPoolTest::isStopped);
            assertThat(other.engine().isReady()).isTrue();
            pass(Duration.ofSeconds(3));
            pool.tend();
            assertThat(ready).as("a processor is free by now").noneMatch(WarmPoolTest::isStopped);
        }
        try (WarmPool.Lease other = pool.start(product("b"))) {
            assertThat(ready).allMatch(WarmPoolTest::isStopped);
            assertThat(run(preparing)).as("taken while it stands still").isEqualTo("first");
            assertThat(other.engine().isReady()).isTrue();
        }
        assertThat(pool.state().warm()).isEqualTo(1);
    }

    /** A thread that listed the idle engines before one of them was taken must not stop it afterwards. */
    @Test
    void halt_engineThatWasTakenMeanwhile_letsItRun() throws Exception {
        WarmEngine engine = new WarmEngine(product("a").withArguments(List.of("never-rehearsed")), 0);
        assertThat(engine.start(launcher)).isTrue();
        try {
            eventually(() -> machines().findAny().isPresent());
            engine.halt(true);
            // A stopped process shows it a moment after the signal.
            eventually(() -> machines().anyMatch(WarmPoolTest::isStopped));
            try (EngineProcess taken = engine.awaitUsable(launcher).orElseThrow()) {
                eventually(() -> machines().noneMatch(WarmPoolTest::isStopped));
                engine.halt(true);
                LockSupport.parkNanos(Duration.ofMillis(200).toNanos());
                assertThat(machines()).isNotEmpty().noneMatch(WarmPoolTest::isStopped);
                assertThat(taken.isReady()).isTrue();
            }
        } finally {
            engine.kill();
        }
    }

    private static Stream<ProcessHandle> machines() {
        return engines().stream().filter(WarmPoolTest::isVirtualMachine);
    }

    private static void eventually(BooleanSupplier condition) throws InterruptedException {
        long deadline = System.nanoTime() + Sandboxed.PATIENCE.toNanos();
        while (!condition.getAsBoolean()) {
            assertThat(System.nanoTime()).as("still not so").isLessThan(deadline);
            Thread.sleep(10);
        }
    }

    private static boolean isVirtualMachine(ProcessHandle process) {
        return stat(process).contains("(java)");
    }

    private static boolean isStopped(ProcessHandle process) {
        String stat = stat(process);
        return stat.charAt(stat.lastIndexOf(')') + 2) == 'T';
    }

    private static String stat(ProcessHandle process) {
        try {
            return Files.readString(Path.of("/proc/" + process.pid() + "/stat"));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void tend_littleMemory_startsNothingAndEndsWhatIdles() throws IOException {
        EngineSpec spec = product("a");
        pool.expect(spec);
        memory.set(2L << 30);
        pool.tend();
        assertThat(pool.state().idle()).isZero();
        memory.set(4L << 30);
        settle();
        memory.set(2L << 30);
        pool.tend();
        assertThat(pool.state().idle()).as("enough for what is there").isEqualTo(1);
        memory.set(1L << 30);
        pool.tend();
        assertThat(pool.state().idle()).isZero();
    }

    @Test
    void tend_engineThatDoesNotStart_isTriedAgainLater() throws IOException {
        Path scratch = home.resolve("scratch");
        pool.expect(product("a").withScratchParent(scratch));
        pool.tend();
        assertThat(pool.state().idle()).as("its scratch cannot be made").isZero();
        Files.createDirectory(scratch);
        pool.tend();
        assertThat(pool.state().idle()).as("not at once").isZero();
        pass(Duration.ofSeconds(31));
        pool.tend();
        assertThat(pool.state().idle()).isEqualTo(1);
    }

    @Test
    void keep_productWithoutTables_waitsUntilTheyAreThere() throws IOException {
        EngineSpec spec = product("a");
        try (Stream<Path> files = Files.list(home.resolve("a"))) {
            for (Path file : files.toList()) {
                Files.delete(file);
            }
        }
        Files.delete(home.resolve("a"));
        pool.keep(List.of(spec));
        pool.tend();
        assertThat(pool.state().idle()).isZero();
        product("a");
        pass(Duration.ofHours(5));
        settle();
        assertThat(pool.state().idle()).as("kept ready without any use").isEqualTo(1);
        pool.keep(List.of());
        pass(Duration.ofMinutes(11));
        pool.tend();
        assertThat(pool.state().idle()).isZero();
    }

    /** Busy engines hold back those that get ready: one too many, counted for ever, would switch the pool off. */
    @Test
    void busy_engineThatDidNotStart_orLeaseClosedTwice_isNotCountedOn() throws IOException {
        EngineSpec spec = product("a").withScratchParent(home.resolve("none"));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> pool.take(spec));
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> pool.start(spec));
        assertThat(pool.state().busy()).isZero();
        WarmPool.Lease lease = pool.start(product("b"));
        assertThat(pool.state().busy()).isEqualTo(1);
        lease.close();
        lease.close();
        assertThat(pool.state().busy()).isZero();
    }

    /** The pool may be closed, or its product be over, while an engine starts. */
    @Test
    void start_engineThatIsNotWantedAnyMore_isKilled() throws IOException {
        WarmEngine engine = new WarmEngine(product("a"), 0);
        engine.kill();
        assertThat(engine.start(launcher)).isFalse();
        assertThat(engines()).isEmpty();
    }

    /** What was replaced while an engine started may be in it or not. */
    @Test
    void start_programReplacedMeanwhile_isNotUsable() throws Exception {
        Path archive = Files.write(home.resolve("engine.jsa"), new byte[100]);
        EngineSpec spec = product("a").withArguments(List.of("hello-when-told")).withClassArchive(archive);
        WarmEngine engine = new WarmEngine(spec, 0);
        Thread starting = new Thread(() -> engine.start(launcher), "starting");
        starting.start();
        try {
            eventually(() -> machines().findAny().isPresent());
            Files.write(archive, new byte[200]);
            Files.createFile(home.resolve("a/go"));
            starting.join();
            assertThat(engine.isStarted()).isTrue();
            assertThat(engine.awaitUsable(launcher)).isEmpty();
        } finally {
            engine.kill();
            starting.join();
        }
    }

    @Test
    void take_closedPool_isRefused() throws IOException {
        EngineSpec spec = product("a");
        pool.expect(spec);
        settle();
        pool.close();
        assertThat(engines()).isEmpty();
        assertThatExceptionOfType(ProblemException.class).isThrownBy(() -> pool.take(spec));
    }
}
