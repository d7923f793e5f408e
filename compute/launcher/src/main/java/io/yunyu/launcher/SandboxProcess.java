package io.yunyu.launcher;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** One started sandbox: the outermost process and everything below it, dying together. */
final class SandboxProcess {
    private static final long HALT_MILLIS = 1000;
    private static final Duration DEATH_TIMEOUT = Duration.ofSeconds(20);

    private final Process process;
    private final Optional<Path> group;
    private final Runnable afterDeath;
    private final Set<ProcessHandle> members = new LinkedHashSet<>();
    private boolean dead;

    /** @param group control group of the sandbox, if it has one */
    SandboxProcess(Process process, Optional<Path> group, Runnable afterDeath) {
        this.process = process;
        this.group = group;
        this.afterDeath = afterDeath;
    }

    Process process() {
        return process;
    }

    /** Remembers who lives below: once the outermost process has gone, they cannot be found through it any more. */
    synchronized void noteMembers() {
        process.descendants().forEach(members::add);
    }

    /** Stops every process inside, or lets it go on; a stopped one dies all the same. Does nothing if it cannot. */
    void halt(boolean stop) {
        List<String> command =
                new ArrayList<>(List.of("/bin/sh", "-c", "kill \"$@\"", "kill", stop ? "-STOP" : "-CONT"));
        process.descendants().forEach(member -> command.add(Long.toString(member.pid())));
        try {
            new ProcessBuilder(command)
                    .redirectErrorStream(true)
                    .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                    .start()
                    .waitFor(HALT_MILLIS, TimeUnit.MILLISECONDS);
        } catch (IOException e) {
            // Then it goes on beside the job, which is slower and no less right.
            return;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** False from its death on; the process itself learns of it a moment later. */
    boolean isAlive() {
        return isRunning(process.toHandle());
    }

    /** Whether the kernel killed it at the limit of its memory. Known until {@link #kill}. */
    boolean isOutOfMemory() {
        return group.filter(ControlGroups::isOutOfMemory).isPresent();
    }

    /** Exit code, or -1 if the process does not end within the time. */
    int awaitExit(Duration timeout) {
        try {
            return process.waitFor(timeout.toMillis(), TimeUnit.MILLISECONDS) ? process.exitValue() : -1;
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return -1;
        }
    }

    /** Asks for death without waiting for it; safe from any thread, unblocks readers and writers. */
    void strike() {
        // Not process.destroyForcibly(): that closes the streams, and what is still in them must be looked at.
        process.toHandle().destroyForcibly();
    }

    /**
     * Kills the sandbox and returns when every process of it is dead; then its scratch is deleted.
     *
     * @throws ProblemException if one survives: what it wrote must not be trusted then
     */
    synchronized void kill() {
        if (dead) {
            return;
        }
        noteMembers();
        strike();
        long deadline = System.nanoTime() + DEATH_TIMEOUT.toNanos();
        boolean gone = awaitExit(DEATH_TIMEOUT) != -1 || !process.isAlive();
        for (ProcessHandle member : members) {
            gone &= awaitDeath(member, deadline);
        }
        if (!gone) {
            throw new ProblemException(
                    ProblemCode.INTERNAL,
                    "An engine could not be ended, so its output was discarded. Look for its process on the host.");
        }
        dead = true;
        closeStdin();
        afterDeath.run();
    }

    private void closeStdin() {
        try {
            process.getOutputStream().close();
        } catch (IOException e) {
            // What was still buffered has no reader any more.
            process.destroyForcibly();
        }
    }

    private static boolean awaitDeath(ProcessHandle member, long deadline) {
        while (isRunning(member)) {
            if (System.nanoTime() > deadline) {
                return false;
            }
            member.destroyForcibly();
            try {
                TimeUnit.MILLISECONDS.sleep(2);
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
                return false;
            }
        }
        return true;
    }

    /** A zombie is dead: in a container whose first process reaps nobody, zombies stay for ever. */
    static boolean isRunning(ProcessHandle member) {
        if (!member.isAlive()) {
            return false;
        }
        try {
            String stat = Files.readString(Path.of("/proc/" + member.pid() + "/stat"));
            int state = stat.lastIndexOf(')') + 2;
            return state >= stat.length() || "ZX".indexOf(stat.charAt(state)) < 0;
        } catch (IOException e) {
            return member.isAlive();
        }
    }
}
