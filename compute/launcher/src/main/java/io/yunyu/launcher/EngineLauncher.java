package io.yunyu.launcher;

import io.yunyu.contract.channel.ChannelException;
import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.EOFException;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * Starts engines, each in a sandbox of its own: own user, process, network, mount, IPC, host-name and cgroup
 * namespaces, a read-only root, a system-call filter, limits, a uid that is not root's and an empty environment. Its
 * only ways out are its standard streams and what its spec binds.
 *
 * <p>It promises that no engine outlives this launcher's process, and that an outcome is handed on only when every
 * process of the engine is dead. It does not promise that the kernel is free of faults, nor does it hide load, timing
 * and the host's paths in {@code mountinfo} from an engine.
 *
 * <p>One launcher serves many engines at once, from any thread. Sandboxes are started from one thread that lives as
 * long as the launcher: bubblewrap's children die with the thread that started them.
 */
public final class EngineLauncher implements AutoCloseable {
    private static final Duration EXIT_GRACE = Duration.ofSeconds(5);

    private final HostCapabilities capabilities;
    private final RuntimeFiles files;
    private final SandboxFactory sandboxes;
    private final ExecutorService starter = Executors.newSingleThreadExecutor(task -> daemon(task, "engine-starter"));
    private final ScheduledExecutorService watch =
            Executors.newSingleThreadScheduledExecutor(task -> daemon(task, "engine-deadlines"));

    private EngineLauncher(HostCapabilities capabilities, RuntimeFiles files) {
        this.capabilities = capabilities;
        this.files = files;
        Optional<ControlGroups> groups = capabilities.mode() == LauncherMode.PRODUCTION
                ? ControlGroups.find().map(ControlGroups::prepare)
                : Optional.empty();
        this.sandboxes = new SandboxFactory(files, SandboxUser.ofThisProcess(), groups);
    }

    /**
     * Probes the host and opens the launcher.
     *
     * @throws ProblemException HOST_LACKS_LAYER, naming the layers and the packages that bring them
     */
    public static EngineLauncher open(LauncherMode mode) {
        HostCapabilities capabilities = HostCapabilities.probe(mode);
        capabilities.requireAll();
        CpuArchitecture architecture = CpuArchitecture.ofHost().orElseThrow();
        return new EngineLauncher(capabilities, RuntimeFiles.create(architecture));
    }

    /** What the probe found when this launcher was opened. */
    public HostCapabilities capabilities() {
        return capabilities;
    }

    /**
     * Starts an engine and waits for its hello. Its job may come later.
     *
     * @throws ProblemException ENGINE_ENDED, OUT_OF_MEMORY or TIMEOUT if there is no hello; nothing is left running
     */
    public EngineProcess start(EngineSpec spec) {
        return connect(spec, launch(() -> sandboxes.engine(spec, Optional.empty())));
    }

    /**
     * Starts a node of a cluster in the sandbox of engines and waits until it ends. What it says goes to this process's own
     * standard error.
     *
     * @return its exit code
     */
    public int runNode(ClusterNode node) {
        SandboxProcess sandbox = launch(() -> sandboxes.node(node));
        try {
            return sandbox.process().waitFor();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        } finally {
            sandbox.kill();
        }
    }

    /** What an engine of this spec would stand on if it were started now. */
    Footing footing(EngineSpec spec) {
        return Footing.of(spec, SandboxUser.ofThisProcess());
    }

    private EngineProcess connect(EngineSpec spec, SandboxProcess sandbox) {
        EngineEvents events = new EngineEvents(sandbox.process().getErrorStream(), spec.operatorLog());
        daemon(events, "engine-events").start();
        AtomicBoolean timedOut = new AtomicBoolean();
        ScheduledFuture<?> deadline = watch.schedule(
                () -> {
                    timedOut.set(true);
                    sandbox.strike();
                },
                spec.helloTimeout().toMillis(),
                TimeUnit.MILLISECONDS);
        FrameReader frames = new FrameReader(sandbox.process().getInputStream());
        try {
            EngineHello hello = hello(frames);
            sandbox.noteMembers();
            return new EngineProcess(sandbox, frames, events, watch, hello);
        } catch (ChannelException | JsonException e) {
            sandbox.kill();
            throw new ProblemException(EngineEnd.channelBroken(e));
        } catch (ProblemException e) {
            sandbox.kill();
            throw e;
        } catch (IOException e) {
            Problem end = EngineEnd.of(sandbox, EXIT_GRACE);
            sandbox.kill();
            throw timedOut.get() ? noHello(spec) : new ProblemException(end);
        } finally {
            deadline.cancel(false);
        }
    }

    /**
     * Makes an AppCDS archive of the classes this engine loads until its end, which shortens the start of engines with
     * the same class path, flags and Java runtime. Takes one engine start and some seconds.
     *
     * @param warmUp a job to run first, without keys, so that its classes get into the archive too
     * @param target where the archive is moved when it is complete; replaced if it exists
     * @throws ProblemException if the engine does not start, or does not end by itself at the end of its stdin
     */
    public void writeClassArchive(EngineSpec spec, Optional<EngineJob> warmUp, Path target) {
        ClassArchiveWriter.write(
                target,
                directory -> connect(spec, launch(() -> sandboxes.engine(spec, Optional.of(directory)))),
                warmUp);
    }

    private static EngineHello hello(FrameReader frames) throws IOException {
        Frame first = frames.next().orElseThrow(EOFException::new);
        if (first.type() == Frame.END) {
            throw refusalToStart(EngineResult.parse(first.json()));
        }
        if (first.type() != Frame.HELLO) {
            throw new ChannelException("The engine's first frame was not a hello.");
        }
        return EngineHello.parse(first.json());
    }

    /** An engine that cannot start says why; it has neither a job nor a key yet. */
    private static RuntimeException refusalToStart(EngineResult result) {
        return result.problem()
                .filter(problem -> problem.detail().length() <= JobConversation.LONGEST_DETAIL)
                .<RuntimeException>map(ProblemException::new)
                .orElseGet(() -> new ChannelException("The engine's first frame was not a hello."));
    }

    private static ProblemException noHello(EngineSpec spec) {
        return new ProblemException(
                ProblemCode.TIMEOUT,
                "The engine did not start within " + spec.helloTimeout().toSeconds()
                        + " s. The host may be overloaded; try again, or raise the limit.");
    }

    private SandboxProcess launch(SandboxFactory.Launch launch) {
        try {
            return starter.submit(launch::start).get();
        } catch (ExecutionException e) {
            throw e.getCause() instanceof ProblemException problem
                    ? problem
                    : new ProblemException(
                            ProblemCode.INTERNAL,
                            "A sandbox could not be started. See that the engine's class path and the files bound"
                                    + " into it exist and can be read, and that the disk is not full.");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.CAPACITY, "Starting an engine was interrupted. Try again.");
        }
    }

    private static Thread daemon(Runnable task, String name) {
        Thread thread = new Thread(task, name);
        thread.setDaemon(true);
        return thread;
    }

    /** Ends all engines of this launcher that still run, and removes its files. */
    @Override
    public void close() {
        sandboxes.killAll();
        starter.shutdownNow();
        watch.shutdownNow();
        files.close();
    }
}
