package io.yunyu.launcher;

import io.yunyu.contract.problem.ProblemException;
import java.io.UncheckedIOException;
import java.time.Duration;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionException;

/** One engine of the pool, from its start to its one user or its end. */
final class WarmEngine {
    static final Comparator<WarmEngine> BEST_FIRST = Comparator.comparing(WarmEngine::isRehearsed)
            .thenComparing(WarmEngine::isStarted)
            .reversed();

    private static final long LONGEST_PREPARATION_NANOS = Duration.ofSeconds(90).toNanos();

    private final EngineSpec spec;
    private final long begun;
    private final CompletableFuture<EngineProcess> process = new CompletableFuture<>();
    private boolean halted;
    private boolean taken;
    private Optional<Footing> footing = Optional.empty();

    WarmEngine(EngineSpec spec, long now) {
        this.spec = spec;
        this.begun = now;
    }

    EngineSpec spec() {
        return spec;
    }

    /** @return whether it started; if not, whoever waits for it hears so */
    boolean start(EngineLauncher launcher) {
        try {
            // Looked at before the start: what changes meanwhile then shows as a difference.
            Footing before = launcher.footing(spec);
            synchronized (this) {
                footing = Optional.of(before);
            }
            EngineProcess started = launcher.start(spec);
            if (!process.complete(started)) {
                started.kill();
                return false;
            }
            return true;
        } catch (ProblemException | UncheckedIOException e) {
            process.completeExceptionally(e);
            return false;
        }
    }

    boolean isStarted() {
        return process.isDone() && !process.isCompletedExceptionally();
    }

    boolean isRehearsed() {
        return isStarted() && process.join().isRehearsed();
    }

    /** Whether it is still getting ready, and not for so long that something must be wrong. */
    boolean isPreparing(long now) {
        return !isRehearsed() && now - begun < LONGEST_PREPARATION_NANOS;
    }

    /** Stops the engine while it only gets ready, or lets it go on; one that was taken is no longer stopped. */
    synchronized void halt(boolean stop) {
        if (stop && taken) {
            // Whoever calls may have counted it among the idle ones just before it was taken.
            return;
        }
        if (stop != halted && (halted || isStarted() && !isRehearsed())) {
            halted = stop;
            process.join().halt(stop);
        }
    }

    boolean isDead() {
        return process.isDone()
                && (process.isCompletedExceptionally() || !process.join().isReady());
    }

    /** Waits for the start if it is under way; empty if the engine is dead or no longer what a new one would be. */
    Optional<EngineProcess> awaitUsable(EngineLauncher launcher) {
        try {
            EngineProcess engine = process.join();
            take();
            return engine.isReady() && stands(launcher) ? Optional.of(engine) : Optional.empty();
        } catch (CompletionException | UncheckedIOException e) {
            // It did not start, or its files are gone; the job starts its own and reports what then goes wrong.
            return Optional.empty();
        }
    }

    private synchronized void take() {
        taken = true;
        halt(false);
    }

    private synchronized boolean stands(EngineLauncher launcher) {
        return footing.isPresent() && footing.get().equals(launcher.footing(spec));
    }

    void kill() {
        process.completeExceptionally(new IllegalStateException("killed before it had started"));
        if (isStarted()) {
            process.join().kill();
        }
    }
}
