package io.yunyu.api.web;

import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What a store's failure means to the caller: the disk is full, or the database is away. Told by codes of the store, not by its words. */
final class StoreFailures {
    private static final int MAX_CAUSES = 32;
    private static final String FULL = "53100";
    /** Connection exceptions, and an operator's intervention: starting, stopping or recovering. */
    private static final String AWAY = "(08|57P).*";

    private StoreFailures() {}

    static Optional<Problem> known(Throwable thrown) {
        @Nullable Throwable at = thrown;
        for (int i = 0; at != null && i < MAX_CAUSES; i++) {
            String state = at instanceof SQLException sql ? String.valueOf(sql.getSQLState()) : "";
            if (state.equals(FULL) || at instanceof IOException && isFull(String.valueOf(at.getMessage()))) {
                return Optional.of(
                        new Problem(
                                ProblemCode.DISK_FULL,
                                "A disk of the server is full. Nothing was changed; try again after the operator has freed space."));
            } else if (state.matches(AWAY)) {
                return Optional.of(new Problem(
                        ProblemCode.CAPACITY, "The database does not answer. Nothing was changed; try again shortly."));
            }
            at = at.getCause();
        }
        return Optional.empty();
    }

    private static boolean isFull(String message) {
        return message.contains("No space left on device") || message.contains("Disk quota exceeded");
    }
}
