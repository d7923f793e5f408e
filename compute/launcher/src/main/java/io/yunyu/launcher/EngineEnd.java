package io.yunyu.launcher;

import io.yunyu.contract.channel.ChannelException;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.time.Duration;

/**
 * What is said about an engine that ended without a result. Exit codes are collapsed to four cases: an engine must
 * not be able to speak through them.
 */
final class EngineEnd {
    /** {@code -XX:+ExitOnOutOfMemoryError}. */
    private static final int JAVA_OUT_OF_MEMORY = 3;
    /** 128 + SIGXCPU, as bubblewrap passes it on. */
    private static final int CPU_LIMIT = 152;

    /** 128 + SIGKILL: by the host where memory ran out, by an operator, or by whoever cancelled the job. */
    private static final int KILLED = 137;

    private EngineEnd() {}

    /** What its control group knows, and otherwise what its exit code says. */
    static Problem of(SandboxProcess sandbox, Duration grace) {
        int exitCode = sandbox.awaitExit(grace);
        return sandbox.isOutOfMemory()
                ? new Problem(
                        ProblemCode.OUT_OF_MEMORY,
                        "The engine was ended at the limit of its memory. Group by fewer distinct values, or ask for a"
                                + " larger engine.")
                : ofExit(exitCode);
    }

    static Problem ofExit(int exitCode) {
        return switch (exitCode) {
            case JAVA_OUT_OF_MEMORY ->
                new Problem(
                        ProblemCode.OUT_OF_MEMORY,
                        "The engine ran out of memory. Group by fewer distinct values, or ask for a larger engine.");
            case CPU_LIMIT ->
                new Problem(
                        ProblemCode.TIMEOUT,
                        "The engine used up its processor time. Ask for less data, or for a longer limit.");
            case KILLED ->
                new Problem(
                        ProblemCode.ENGINE_ENDED,
                        "The engine was killed from outside: by the host, perhaps because memory ran out, or by hand."
                                + " Nothing was released; the job may be tried again.");
            default ->
                new Problem(
                        ProblemCode.ENGINE_ENDED,
                        "The engine ended before it had a result. Nothing was released; the job may be tried again.");
        };
    }

    /** A malformed document is not described further: names of its members are the engine's words. */
    static Problem channelBroken(RuntimeException cause) {
        String reason = cause instanceof ChannelException ? cause.getMessage() : "A document was malformed.";
        return new Problem(
                ProblemCode.ENGINE_ENDED,
                "The engine did not keep to the form of its channel and was stopped. " + reason);
    }
}
