package io.yunyu.launcher;

import io.yunyu.contract.channel.ChannelException;
import io.yunyu.contract.channel.Frame;
import io.yunyu.contract.channel.FrameReader;
import io.yunyu.contract.channel.FrameWriter;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.ScheduledFuture;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/**
 * A started engine that has said hello. Takes one job, and is dead when that job's outcome is handed on; a second job
 * is refused. An engine that gets no job must be killed by whoever started it.
 */
public final class EngineProcess implements AutoCloseable {
    private static final Duration EXIT_GRACE = Duration.ofSeconds(5);

    private final SandboxProcess sandbox;
    private final InputStream stdout;
    private final FrameReader frames;
    private final FrameWriter answers;
    private final EngineEvents events;
    private final ScheduledExecutorService watch;
    private final EngineHello hello;
    private final AtomicBoolean used = new AtomicBoolean();
    private final AtomicBoolean timedOut = new AtomicBoolean();

    EngineProcess(
            SandboxProcess sandbox,
            FrameReader frames,
            EngineEvents events,
            ScheduledExecutorService watch,
            EngineHello hello) {
        this.sandbox = sandbox;
        this.stdout = sandbox.process().getInputStream();
        this.frames = frames;
        this.answers = new FrameWriter(sandbox.process().getOutputStream());
        this.events = events;
        this.watch = watch;
        this.hello = hello;
    }

    public EngineHello hello() {
        return hello;
    }

    /** The process on the host that is the engine's outermost: with it the engine dies. */
    public long pid() {
        return sandbox.process().pid();
    }

    /** Does this once the engine is dead, in a thread of its own; at once if it is dead already. */
    void onDeath(Runnable then) {
        sandbox.process().onExit().thenRunAsync(then);
    }

    /** Whether it has said that it rehearsed to the end. */
    boolean isRehearsed() {
        return events.rehearsed();
    }

    /** Stops an engine that only gets ready, or lets it go on. */
    void halt(boolean stop) {
        sandbox.halt(stop);
    }

    /** Whether it still waits for its job. An engine may end by itself, or by its limit on processor time. */
    public boolean isReady() {
        return !used.get() && sandbox.isAlive();
    }

    /**
     * Gives the engine its job and returns when the engine is dead. Blocks; never throws for what the engine does, all
     * of which becomes a result.
     *
     * @param timeout from now to the end frame
     * @throws IllegalStateException if this engine had a job already
     */
    public EngineOutcome run(EngineJob job, VaultPort vault, EngineListener listener, Duration timeout) {
        if (!used.compareAndSet(false, true)) {
            throw new IllegalStateException("This engine had its job already; start another one.");
        }
        // A batch is the provider's own, and so is the number of its rows.
        events.listener(job instanceof EngineJob.IngestJob ? listener : new JobProgress(listener));
        ScheduledFuture<?> deadline = watch.schedule(this::timeOut, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            return converse(job, vault);
        } finally {
            deadline.cancel(false);
            sandbox.kill();
            events.awaitEnd(EXIT_GRACE);
        }
    }

    /** Closes the engine's stdin, at which it ends by itself, and waits for that: only then it writes its class archive. */
    boolean endByItself(Optional<EngineJob> warmUp, Duration timeout) throws IOException {
        used.set(true);
        ScheduledFuture<?> deadline = watch.schedule(this::timeOut, timeout.toMillis(), TimeUnit.MILLISECONDS);
        try {
            if (warmUp.isPresent()) {
                answers.write(Frame.json(Frame.JOB, warmUp.get().toJson()));
                new JobConversation(warmUp.get(), hello.sealTo(), VaultPort.none(), frames, answers).untilEnd();
            }
            sandbox.process().getOutputStream().close();
            stdout.transferTo(OutputStream.nullOutputStream());
            return sandbox.awaitExit(timeout) == 0;
        } finally {
            deadline.cancel(false);
            sandbox.kill();
        }
    }

    private void timeOut() {
        timedOut.set(true);
        sandbox.strike();
    }

    private EngineOutcome converse(EngineJob job, VaultPort vault) {
        try {
            if (stdout.available() > 0) {
                throw new ChannelException("The engine spoke before it had a job.");
            }
            answers.write(Frame.json(Frame.JOB, job.toJson()));
            JobConversation conversation = new JobConversation(job, hello.sealTo(), vault, frames, answers);
            EngineOutcome outcome = conversation.untilEnd();
            sandbox.kill();
            if (stdout.read() >= 0) {
                throw new ChannelException("The engine spoke after its end.");
            }
            return outcome;
        } catch (ChannelException | JsonException e) {
            return timedOut.get() ? failed(timeout()) : failed(EngineEnd.channelBroken(e));
        } catch (IOException e) {
            return failed(timedOut.get() ? timeout() : EngineEnd.of(sandbox, EXIT_GRACE));
        }
    }

    private static Problem timeout() {
        return new Problem(
                ProblemCode.TIMEOUT,
                "The job did not end within its time and was stopped. Ask for less data, or for a longer limit.");
    }

    private static EngineOutcome failed(Problem problem) {
        return new EngineOutcome(EngineResult.failed(problem), EngineOutcome.NOTHING);
    }

    /** Ends the engine; its running job, if any, fails. Returns when every process of it is dead. */
    public void kill() {
        used.set(true);
        sandbox.kill();
    }

    @Override
    public void close() {
        kill();
    }
}
