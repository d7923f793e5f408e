package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.data.InputException;
import java.util.function.Supplier;

/** What a task refused: it arrives wrapped in what Spark says of the task. */
final class TaskRefusal {
    private TaskRefusal() {}

    /** @throws InputException that a task threw, with its text */
    static <T> T unwrapped(Supplier<T> job) {
        try {
            return job.get();
        } catch (Exception e) {
            for (Throwable cause = e; cause != null; cause = cause.getCause()) {
                if (cause instanceof InputException refused) {
                    throw new InputException(String.valueOf(refused.getMessage()), e);
                }
            }
            throw e;
        }
    }
}
