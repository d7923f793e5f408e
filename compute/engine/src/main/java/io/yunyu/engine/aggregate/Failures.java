package io.yunyu.engine.aggregate;

import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.engine.channel.KeyAccessDenied;
import java.io.IOException;
import java.nio.file.FileSystemException;

/** Names what went wrong while computing, by the kind of the cause; Spark's messages may quote records and stay here. */
final class Failures {
    private static final int MAX_CAUSES = 20;

    private Failures() {}

    static Problem problem(Throwable failure) {
        Throwable cause = failure;
        for (int i = 0; i < MAX_CAUSES && cause != null; i++) {
            if (cause instanceof KeyAccessDenied denied) {
                return new Problem(ProblemCode.KEY_REFUSED, String.valueOf(denied.getMessage()));
            }
            if (cause instanceof OutOfMemoryError) {
                return new Problem(
                        ProblemCode.OUT_OF_MEMORY,
                        "The query needs more memory than the engine has. Group more coarsely, or ask for a larger engine.");
            }
            if (isDiskFull(cause)) {
                return new Problem(
                        ProblemCode.DISK_FULL,
                        "The scratch space of the engine is full. Filter in WHERE, or ask for a larger scratch space.");
            }
            cause = cause.getCause();
        }
        return new Problem(
                ProblemCode.INTERNAL,
                "The query could not be computed. It changed nothing; submit it again, and tell the platform if it stays so.");
    }

    private static boolean isDiskFull(Throwable cause) {
        String message = cause.getMessage();
        return (cause instanceof IOException || cause instanceof FileSystemException)
                && message != null
                && (message.contains("No space left") || message.contains("Disk quota exceeded"));
    }
}
