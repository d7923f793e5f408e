package io.yunyu.api.engine;

import io.yunyu.api.Settings;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.Bind;
import io.yunyu.launcher.EngineLauncher;
import io.yunyu.launcher.EngineListener;
import io.yunyu.launcher.EngineOutcome;
import io.yunyu.launcher.EngineProcess;
import io.yunyu.launcher.LauncherMode;
import io.yunyu.launcher.ProgramRun;
import io.yunyu.launcher.SolverRun;
import io.yunyu.launcher.SourceRelay;
import io.yunyu.launcher.VaultPort;
import io.yunyu.launcher.WarmPool;
import io.yunyu.launcher.WarmState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Runs engines in the sandbox of the launcher. */
final class LauncherRuns implements EngineRuns, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(LauncherRuns.class);
    private static final long CHECK_WAIT_SECONDS = 60;
    static final int MOST_CANCELLED = 1000;
    private static final byte[] NOTHING = new byte[0];

    /**
     * Jobs cancelled while they ran, or just before their engine was there. A job may have ended just before, and then nobody
     * asks for it any more: the oldest are forgotten.
     */
    private static final class LatestCancelled extends LinkedHashSet<String> {
        private static final long serialVersionUID = 1L;

        @Override
        public boolean add(String job) {
            boolean added = super.add(job);
            if (size() > MOST_CANCELLED) {
                remove(iterator().next());
            }
            return added;
        }
    }

    private final VaultPort vault;
    private final Map<String, EngineProcess> running = new ConcurrentHashMap<>();
    private final Set<String> cancelled = Collections.synchronizedSet(new LatestCancelled());
    /** Checks are asked for by callers, not by workers: they get one place of their own. */
    private final Semaphore checks = new Semaphore(1, true);
    /** A cluster runs one job at a time; a driver's ports are fixed. */
    private final Semaphore cluster = new Semaphore(1, true);

    private final EngineLauncher launcher;
    private final EngineSpecs specs;
    private final ProgramFiles programs;
    private final WarmPool pool;

    LauncherRuns(Settings settings, VaultPort vault) {
        this.vault = vault;
        this.launcher = EngineLauncher.open(
                LauncherMode.valueOf(String.valueOf(settings.mode()).toUpperCase(Locale.ROOT)));
        LOG.info("engines: {}", launcher.capabilities().describe());
        this.specs = specs(settings, launcher);
        specs.clusterProvider()
                .ifPresent(provider -> LOG.info(
                        "cluster: queries, planned publications, data elements and policy replays of {} run on it; batches,"
                                + " checks, programs and everything of other providers run on this host",
                        provider));
        this.programs = new ProgramFiles(settings);
        programs.clear();
        specs.clearScratch();
        this.pool = WarmPool.open(launcher, specs.warmLimits());
        pool.keep(specs.ahead());
    }

    private static EngineSpecs specs(Settings settings, EngineLauncher launcher) {
        try {
            return new EngineSpecs(settings);
        } catch (ProblemException e) {
            launcher.close();
            throw e;
        }
    }

    @Override
    public RunOutcome run(EngineRun run, EngineListener progress) {
        try {
            return run.job() instanceof EngineJob.CheckJob ? check(run, progress) : guarded(run, progress);
        } catch (ProblemException e) {
            return failed(e.problem());
        }
    }

    @Override
    public void requirePrograms() {
        programs.require();
    }

    @Override
    public ProgramRun.Outcome run(ProgramOrder order) {
        Path jar = programs.store(order.jar());
        String id = order.program().jobId();
        try (WarmPool.Lease guard = pool.take(specs.ofProduct(List.of(), Optional.empty()));
                WarmPool.Lease program = pool.start(programs.spec(jar))) {
            running.put(id, program.engine());
            if (cancelled.remove(id)) {
                return new ProgramRun.Outcome(EngineResult.failed(wasCancelled()), List.of());
            }
            return ProgramRun.run(
                    program.engine(), guard.engine(), order.program(), order.plans(), specs.timeout(order.limits()));
        } catch (ProblemException e) {
            return new ProgramRun.Outcome(EngineResult.failed(e.problem()), List.of());
        } finally {
            running.remove(id);
            cancelled.remove(id);
            deleteJar(jar);
        }
    }

    private static void deleteJar(Path jar) {
        try {
            Files.deleteIfExists(jar);
        } catch (IOException e) {
            LOG.warn("a program's jar is still in the scratch directory; it goes at the next start");
        }
    }

    private static Problem wasCancelled() {
        return new Problem(ProblemCode.CONFLICT, "The job was cancelled.");
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
    public void expect(String provider, List<EngineRun.Mount> mounts) {
        if (mounts.isEmpty() || !specs.isOnCluster(provider)) {
            pool.expect(specs.ofProduct(mounts, Optional.empty()));
        }
    }

    @Override
    public Optional<WarmState> state() {
        return Optional.of(pool.state());
    }

    @Override
    public Map<String, Long> processes() {
        Map<String, Long> pids = new TreeMap<>();
        running.forEach((job, process) -> pids.put(job, process.pid()));
        return pids;
    }

    @Override
    public void close() {
        pool.close();
        launcher.close();
    }

    private RunOutcome check(EngineRun run, EngineListener progress) {
        try {
            if (!checks.tryAcquire(CHECK_WAIT_SECONDS, TimeUnit.SECONDS)) {
                return failed(new Problem(ProblemCode.CAPACITY, "Too many queries are being checked. Try again."));
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(new Problem(ProblemCode.CAPACITY, "The server is stopping. Try again."));
        }
        try {
            return guarded(run, progress);
        } finally {
            checks.release();
        }
    }

    private RunOutcome guarded(EngineRun run, EngineListener progress) {
        if (specs.isOnCluster(run)) {
            return onCluster(run, progress);
        }
        if (run.relay().isEmpty()) {
            return started(run, List.of(), progress);
        }
        EngineRun.Relay to = run.relay().get();
        try (SourceRelay relay = SourceRelay.open(to.host(), to.port())) {
            return started(run, List.of(relay.bindAt(EngineRun.RELAY_DIRECTORY)), progress);
        }
    }

    private RunOutcome onCluster(EngineRun run, EngineListener progress) {
        try {
            cluster.acquire();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return failed(new Problem(ProblemCode.ENGINE_ENDED, "The server is stopping. The job is tried again."));
        }
        try {
            return started(run, List.of(), progress);
        } finally {
            cluster.release();
        }
    }

    /** An engine of the pool where others could have the same one, or one started for this job alone. */
    private WarmPool.Lease lease(EngineRun run, List<Bind> more) {
        if (specs.isOnCluster(run)) {
            return pool.start(specs.ofDriver(run));
        }
        return specs.isPooled(run)
                ? pool.take(specs.ofProduct(run.mounts(), run.limits()))
                : pool.start(specs.ofJob(run, more));
    }

    private RunOutcome started(EngineRun run, List<Bind> more, EngineListener progress) {
        String id = run.job().jobId();
        try (WarmPool.Lease lease = lease(run, more)) {
            EngineProcess process = lease.engine();
            running.put(id, process);
            if (cancelled.remove(id)) {
                return failed(wasCancelled());
            }
            EngineOutcome outcome = outcome(run, process, progress);
            return new RunOutcome(
                    SizeAdvice.advised(run.job(), outcome.result(), specs.isOnCluster(run)),
                    outcome.sealedOutput(),
                    process.hello().engine());
        } finally {
            if (run.job() instanceof EngineJob.IngestJob) {
                // A table may have outgrown the kind of engine that is kept ready for it.
                pool.keep(specs.ahead());
            }
            running.remove(id);
            cancelled.remove(id);
        }
    }

    private EngineOutcome outcome(EngineRun run, EngineProcess process, EngineListener listener) {
        Duration timeout = specs.timeout(run.limits());
        if (run.job() instanceof EngineJob.PublicationJob) {
            return SolverRun.run(process, run.job(), vault, () -> launcher.start(specs.solver()), listener, timeout);
        }
        boolean keyless = run.job() instanceof EngineJob.CheckJob;
        return process.run(run.job(), keyless ? VaultPort.none() : vault, listener, timeout);
    }

    private static RunOutcome failed(Problem problem) {
        return new RunOutcome(EngineResult.failed(problem), NOTHING, "");
    }
}
