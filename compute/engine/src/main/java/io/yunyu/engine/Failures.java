package io.yunyu.engine;

import io.yunyu.contract.channel.ChannelException;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.aggregate.BeforeNoise;
import io.yunyu.engine.channel.KeyAccessDenied;
import java.util.Optional;
import java.util.Set;

/**
 * What a job's end by exception may say. Messages of libraries are looked at, never passed on: they quote values. Only
 * our own exceptions, whose texts are written without values, speak for themselves.
 */
final class Failures {
    private static final int MAX_CAUSES = 32;
    private static final Set<ProblemCode.Kind> REFUSED =
            Set.of(ProblemCode.Kind.USER, ProblemCode.Kind.DENIED, ProblemCode.Kind.DISCLOSURE);

    /** Spark's word for an executor that is gone, and for one that {@code -XX:+ExitOnOutOfMemoryError} ended. */
    private static final String LOST = "ExecutorLostFailure";

    private static final String OUT_OF_MEMORY = "exited with code 3";

    private Failures() {}

    static EngineResult resultOf(Throwable thrown) {
        Problem problem = problemOf(thrown);
        // An unreachable source may be there tomorrow; everything else on the sender's side stays as it is.
        boolean refused = REFUSED.contains(problem.code().kind()) && problem.code() != ProblemCode.SOURCE_UNREADABLE;
        EngineResult failed = EngineResult.failed(problem);
        EngineResult result = refused
                ? new EngineResult(
                        EngineResult.Status.REFUSED,
                        failed.problem(),
                        Optional.empty(),
                        Optional.empty(),
                        Optional.empty())
                : failed;
        return thrown instanceof BeforeNoise ? result.withoutNoise() : result;
    }

    private static Problem problemOf(Throwable thrown) {
        Throwable at = thrown;
        for (int i = 0; at != null && i < MAX_CAUSES; i++) {
            Optional<Problem> known = known(at);
            if (known.isPresent()) {
                return known.get();
            }
            at = at.getCause();
        }
        return new Problem(
                ProblemCode.INTERNAL,
                "The engine met an error that it does not know. Nothing was published or loaded.");
    }

    private static Optional<Problem> known(Throwable at) {
        if (at instanceof ProblemException ours) {
            return Optional.of(afterTask(ours));
        } else if (at instanceof KeyAccessDenied denied) {
            return problem(ProblemCode.KEY_REFUSED, String.valueOf(denied.getMessage()));
        } else if (at instanceof OutOfMemoryError) {
            return problem(
                    ProblemCode.OUT_OF_MEMORY,
                    "The engine ran out of memory. Ask for less at once, or for more memory.");
        } else if (at instanceof JsonException json) {
            return problem(ProblemCode.BAD_REQUEST, String.valueOf(json.getMessage()));
        } else if (at instanceof ChannelException channel) {
            return problem(ProblemCode.INTERNAL, String.valueOf(channel.getMessage()));
        }
        return byText(String.valueOf(at.getMessage()));
    }

    /** Spark sometimes hands on a task's exception as text only. */
    private static Optional<Problem> byText(String message) {
        if (message.contains("No space left on device") || message.contains("Disk quota exceeded")) {
            return problem(
                    ProblemCode.DISK_FULL,
                    "The disk is full. Nothing was loaded or published; free space and send the job again.");
        } else if (message.contains(KeyAccessDenied.class.getName()) || message.contains("KeyAccessDeniedException")) {
            return problem(ProblemCode.KEY_REFUSED, "A key that the job needs was refused.");
        } else if (message.contains("java.lang.OutOfMemoryError")
                || message.contains(LOST) && message.contains(OUT_OF_MEMORY)) {
            return problem(
                    ProblemCode.OUT_OF_MEMORY,
                    "The engine ran out of memory. Ask for less at once, or for more memory.");
        }
        return message.contains(LOST)
                ? problem(
                        ProblemCode.CAPACITY,
                        "Hosts of the cluster were lost again and again while they computed. Nothing was published; try"
                                + " again.")
                : Optional.empty();
    }

    /** The problem does not survive Spark's serialization, its text does. */
    @SuppressWarnings("NullAway")
    private static Problem afterTask(ProblemException ours) {
        if (ours.problem() != null) {
            return ours.problem();
        }
        String[] parts = String.valueOf(ours.getMessage()).split(": ", 2);
        return new Problem(ProblemCode.valueOf(parts[0]), parts[1]);
    }

    private static Optional<Problem> problem(ProblemCode code, String detail) {
        return Optional.of(new Problem(code, detail));
    }
}
