package io.yunyu.api.engine;

import io.yunyu.api.Settings;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.Bind;
import io.yunyu.launcher.EngineLauncher;
import io.yunyu.launcher.EngineLimits;
import io.yunyu.launcher.EngineOutcome;
import io.yunyu.launcher.EngineProcess;
import io.yunyu.launcher.EngineSpec;
import io.yunyu.launcher.LauncherMode;
import io.yunyu.launcher.SourceRelay;
import io.yunyu.launcher.VaultClient;
import io.yunyu.launcher.VaultPort;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs engines in the sandbox of the launcher. */
final class LauncherRuns implements EngineRuns, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LauncherRuns.class);
    private static final long CHECK_WAIT_SECONDS = 60;
    private static final long SHORT_INGEST_BYTES = 64L << 20;
    private static final byte[] NOTHING = new byte[0];

    private final Settings settings;
    private final VaultClient vault;
    private final Map<String, EngineProcess> running = new ConcurrentHashMap<>();
    private final Set<String> cancelled = ConcurrentHashMap.newKeySet();
    /** Checks are asked for by callers, not by workers: they get one place of their own. */
    private final Semaphore checks = new Semaphore(1, true);

    private final EngineLauncher launcher;

    LauncherRuns(Settings settings, VaultClient vault) {
        this.settings = settings;
        this.vault = vault;
        this.launcher = EngineLauncher.open(
                LauncherMode.valueOf(String.valueOf(settings.mode()).toUpperCase(Locale.ROOT)));
        LOG.info("engines: {}", launcher.capabilities().describe());
    }

    @Override
    public RunOutcome run(EngineRun run, Consumer<String> stage) {
        try {
            return run.job() instanceof EngineJob.CheckJob ? check(run, stage) : guarded(run, stage);
        } catch (ProblemException e) {
            return failed(e.problem());
        }
    }

    @Override
    public void cancel(String jobId) {
        cancelled.add(jobId);
        EngineProcess process = running.get(jobId);
        if (process != null) {
            process.kill();
        }
    }

    @Override
    public void close() {
        launcher.close();
    }

    private RunOutcome check(EngineRun run, Consumer<String> stage) {
        try {
            if (!checks.tryAcquire(CHECK_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return failed(new Problem(ProblemCode.CAPACITY, "Too many queries are being checked. Try again."));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(new Problem(ProblemCode.CAPACITY, "The server is stopping. Try again."));
        }
        try {
            return guarded(run, stage);
        } finally {
            checks.release();
        }
    }

    private RunOutcome guarded(EngineRun run, Consumer<String> stage) {
        if (run.relay().isEmpty()) {
            return started(run, List.of(), stage);
        }
        EngineRun.Relay to = run.relay().get();
        try (SourceRelay relay = SourceRelay.open(to.host(), to.port())) {
            return started(run, List.of(relay.bindAt(EngineRun.RELAY_DIRECTORY)), stage);
        }
    }

    private RunOutcome started(EngineRun run, List<Bind> more, Consumer<String> stage) {
        String id = run.job().jobId();
        try (EngineProcess process = launcher.start(spec(run, more))) {
            running.put(id, process);
            if (cancelled.remove(id)) {
                return failed(new Problem(ProblemCode.CONFLICT, "The job was cancelled."));
            }
            boolean keyless = run.job() instanceof EngineJob.CheckJob;
            EngineOutcome outcome = process.run(
                    run.job(),
                    keyless ? VaultPort.none() : vault,
                    (event, count) -> stage.accept(event.name()),
                    settings.jobTimeout());
            return new RunOutcome(
                    outcome.result(), outcome.sealedOutput(), process.hello().engine());
        } finally {
            running.remove(id);
            cancelled.remove(id);
        }
    }

    private EngineSpec spec(EngineRun run, List<Bind> more) {
        List<Bind> binds = new ArrayList<>(more);
        for (EngineRun.Mount mount : run.mounts()) {
            binds.add(
                    mount.writable()
                            ? Bind.writable(mount.source(), mount.target())
                            : Bind.readOnly(mount.source(), mount.target()));
        }
        List<String> flags = new ArrayList<>(EngineSpec.sparkFlags());
        flags.add("-Dyunyu.engine.scratch=/scratch");
        EngineSpec spec = EngineSpec.of(
                        classPath(), String.valueOf(settings.engineSettings().mainClass()))
                .withJvmFlags(flags)
                .withLimits(EngineLimits.forHeap(settings.heapMiB()))
                .withBinds(binds)
                .withScratchParent(scratch())
                .withShortJob(isShort(run));
        Path archive = settings.engineSettings().classArchive();
        if (archive != null && Files.isRegularFile(archive)) {
            spec = spec.withClassArchive(archive);
        }
        Path diagnostics = settings.engineSettings().diagnostics();
        return diagnostics == null
                ? spec
                : spec.withOperatorLog(diagnostics.resolve(run.job().jobId() + ".log"));
    }

    /** Below this the compiler that starts fast is taken to win over the one that ends fast; the bound is a choice, not a measurement. */
    private static boolean isShort(EngineRun run) {
        if (!(run.job() instanceof EngineJob.IngestJob)) {
            return true;
        }
        long bytes = 0;
        for (EngineRun.Mount mount : run.mounts()) {
            if (!mount.writable()) {
                bytes += mount.source().toFile().length();
            }
        }
        return run.relay().isEmpty() && bytes < SHORT_INGEST_BYTES;
    }

    private Path scratch() {
        try {
            return Files.createDirectories(settings.scratch());
        } catch (IOException e) {
            throw new UncheckedIOException("The directory for engines' spill could not be made.", e);
        }
    }

    /** The engine's own jar, or its classes where it was not packaged, and the jars it needs. */
    private List<Path> classPath() {
        Path lib = settings.engineSettings().lib();
        if (lib == null || !Files.isDirectory(lib)) {
            throw new ProblemException(
                    ProblemCode.INTERNAL, "The engine's jars are not there. Set yunyu.engine.lib to their directory.");
        }
        List<Path> entries = new ArrayList<>();
        try (Stream<Path> files = Files.list(lib)) {
            files.filter(file -> file.getFileName().toString().matches(".*(?<!-sources|-tests|-javadoc)\\.jar"))
                    .sorted()
                    .forEach(entries::add);
        } catch (IOException e) {
            throw new UncheckedIOException("The directory of the engine's jars cannot be read.", e);
        }
        if (entries.isEmpty() && Files.isDirectory(lib.resolve("classes"))) {
            entries.add(lib.resolve("classes"));
        }
        if (Files.isDirectory(lib.resolve("lib"))) {
            entries.add(lib.resolve("lib"));
        }
        return entries;
    }

    private static RunOutcome failed(Problem problem) {
        return new RunOutcome(EngineResult.failed(problem), NOTHING, "");
    }
}
