package io.yunyu.api.engine;

import io.yunyu.api.Settings;
import io.yunyu.contract.agreement.JobLimits;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.Bind;
import io.yunyu.launcher.EngineLimits;
import io.yunyu.launcher.EngineSpec;
import io.yunyu.launcher.ScratchDirectories;
import io.yunyu.launcher.WarmLimits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** How this installation starts engines: for one job, or ahead of any for a set of tables. */
final class EngineSpecs {
    /**
     * From here on the compiler that ends fast wins over the one that starts fast, which knows no instruction for AES: it
     * decrypts 92 MB/s where the other does several GB/s (measured), and costs half the processor time to get ready.
     */
    private static final long SHORT_JOB_BYTES = 64L << 20;

    private static final String CHECKS = "check";

    private final Settings settings;
    private final Optional<ClusterDriver> cluster;

    /** @throws ProblemException if there are settings of a cluster that cannot be used */
    EngineSpecs(Settings settings) {
        this.settings = settings;
        this.cluster = Optional.ofNullable(settings.engineSettings().cluster()).map(ClusterDriver::of);
    }

    /** Whose tables are computed on a cluster. */
    Optional<String> clusterProvider() {
        return cluster.map(ClusterDriver::provider);
    }

    /** Whether the job's engine is the driver of the cluster. */
    boolean isOnCluster(EngineRun run) {
        return cluster.filter(driver -> driver.takes(run.job())).isPresent();
    }

    /** Whether this provider's tables are computed on there. */
    boolean isOnCluster(String provider) {
        return clusterProvider().filter(provider::equals).isPresent();
    }

    /** An engine for this job alone whose tasks run on the cluster. */
    EngineSpec ofDriver(EngineRun run) {
        return cluster.orElseThrow().driving(ofJob(run, List.of()));
    }

    /** Whether other jobs can have the same engine. Diagnostics are kept by job, so with them every job has its own. */
    boolean isPooled(EngineRun run) {
        return !(run.job() instanceof EngineJob.IngestJob)
                && run.relay().isEmpty()
                && run.mounts().stream().noneMatch(EngineRun.Mount::writable)
                && settings.engineSettings().diagnostics() == null;
    }

    /** An engine for any job on exactly these mounts. Without mounts it can only check queries. */
    EngineSpec ofProduct(List<EngineRun.Mount> mounts, Optional<JobLimits> limits) {
        String tables = mounts.stream().map(EngineRun.Mount::target).collect(Collectors.joining(":"));
        List<String> flags = mounts.isEmpty()
                ? List.of("-Dyunyu.engine.rehearse=CHECK")
                : List.of("-Dyunyu.engine.rehearse=QUERY", "-Dyunyu.engine.tables=" + tables);
        return base(mounts, List.of(), limits, flags).withShortJob(readableBytes(mounts) < SHORT_JOB_BYTES);
    }

    /** An engine for this job alone. */
    EngineSpec ofJob(EngineRun run, List<Bind> more) {
        EngineSpec spec = base(run.mounts(), more, run.limits(), List.of())
                .withShortJob(run.relay().isEmpty() && readableBytes(run.mounts()) < SHORT_JOB_BYTES);
        Path diagnostics = settings.engineSettings().diagnostics();
        return diagnostics == null
                ? spec
                : spec.withOperatorLog(diagnostics.resolve(run.job().jobId() + ".log"));
    }

    /** After how long a job is ended. */
    Duration timeout(Optional<JobLimits> limits) {
        Duration most = settings.jobTimeout();
        return limits.flatMap(JobLimits::seconds)
                .map(Duration::ofSeconds)
                .filter(agreed -> agreed.compareTo(most) < 0)
                .orElse(most);
    }

    /** What is to be kept ready whoever uses it. */
    List<EngineSpec> ahead() {
        List<String> products = settings.warmSettings().ahead();
        return products == null
                ? List.of()
                : products.stream()
                        .map(product -> product.equals(CHECKS) ? List.<String>of() : List.of(product.split("\\+")))
                        .map(datasets -> ofProduct(EngineRun.tables(settings.tables(), datasets), Optional.empty()))
                        .toList();
    }

    WarmLimits warmLimits() {
        Integer engines = settings.warmSettings().engines();
        Integer idleSeconds = settings.warmSettings().idleSeconds();
        boolean off = settings.engineSettings().diagnostics() != null;
        return WarmLimits.of(
                        off ? 0 : engines == null ? Math.max(2, settings.slots()) : engines,
                        settings.slots(),
                        EngineLimits.forHeap(settings.heapMiB()))
                .withIdleAfter(Duration.ofSeconds(idleSeconds == null ? 600 : idleSeconds));
    }

    /** Removes what engines of a server that was killed have left. */
    void clearScratch() {
        ScratchDirectories.clear(scratch());
    }

    private EngineSpec base(
            List<EngineRun.Mount> mounts, List<Bind> more, Optional<JobLimits> limits, List<String> moreFlags) {
        List<Bind> binds = new ArrayList<>(more);
        for (EngineRun.Mount mount : mounts) {
            binds.add(
                    mount.writable()
                            ? Bind.writable(mount.source(), mount.target())
                            : Bind.readOnly(mount.source(), mount.target()));
        }
        List<String> flags = new ArrayList<>(EngineSpec.sparkFlags());
        flags.add("-Dyunyu.engine.scratch=/scratch");
        flags.addAll(moreFlags);
        int heap =
                Math.min(settings.heapMiB(), limits.flatMap(JobLimits::heapMiB).orElse(settings.heapMiB()));
        EngineSpec spec = EngineSpec.of(
                        classPath(), String.valueOf(settings.engineSettings().mainClass()))
                .withJvmFlags(flags)
                .withLimits(limits(heap))
                .withBinds(binds)
                .withScratchParent(scratch());
        Path archive = settings.engineSettings().classArchive();
        return archive != null && Files.isRegularFile(archive) ? spec.withClassArchive(archive) : spec;
    }

    private EngineLimits limits(int heapMiB) {
        EngineLimits all = EngineLimits.forHeap(heapMiB);
        Integer processors = settings.engineSettings().processors();
        return processors == null ? all : all.withProcessors(processors);
    }

    private static long readableBytes(List<EngineRun.Mount> mounts) {
        long bytes = 0;
        for (EngineRun.Mount mount : mounts) {
            if (!mount.writable() && Files.exists(mount.source())) {
                try (Stream<Path> files = Files.walk(mount.source())) {
                    bytes += files.mapToLong(file -> file.toFile().length()).sum();
                } catch (IOException e) {
                    throw new UncheckedIOException("What an engine is to read cannot be looked at.", e);
                }
            }
        }
        return bytes;
    }

    private Path scratch() {
        try {
            return Files.createDirectories(settings.scratch());
        } catch (IOException e) {
            throw new UncheckedIOException("The directory for engines' spill could not be made.", e);
        }
    }

    /** A solver of secondary suppression. */
    EngineSpec solver() {
        return new SolverFiles(settings.engineSettings().lib(), ownClasses()).spec();
    }

    /** What the engine is made of, and the jars it needs. */
    private List<Path> classPath() {
        List<Path> entries = ownClasses();
        Path jars = Path.of(String.valueOf(settings.engineSettings().lib())).resolve("lib");
        if (Files.isDirectory(jars)) {
            entries.add(jars);
        }
        return entries;
    }

    /** The engine's own jar, or its classes where it was not packaged. */
    private List<Path> ownClasses() {
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
        return entries;
    }
}
