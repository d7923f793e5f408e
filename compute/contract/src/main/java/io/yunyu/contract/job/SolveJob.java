package io.yunyu.contract.job;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;
import java.util.Set;

/**
 * Find which cells of a table to withhold. The table is sealed to the solver, which asks for it piece by piece; what it
 * found is its output, sealed too.
 *
 * @param pieces of the sealed table, from 1
 */
public record SolveJob(String jobId, int pieces) implements EngineJob {
    /** Most bytes of one piece, of the table and of the answer. */
    public static final int PIECE_BYTES = 1 << 18;

    public static final int MOST_PIECES = 32;
    public static final int MOST_ANSWER_BYTES = 24 << 20;

    /** What an engine asks its launcher for: a solver, and what passes between the two. */
    public static final String OP = "solve";

    /** What the solver asks its launcher for. */
    public static final String PIECE_OP = "taskPiece";

    public SolveJob {
        if (pieces < 1 || pieces > MOST_PIECES) {
            throw new JsonException("A sealed table has 1 to " + MOST_PIECES + " pieces.");
        }
    }

    @Override
    public long maxOutputBytes() {
        return MOST_ANSWER_BYTES;
    }

    @Override
    public Map<String, Object> toJson() {
        return Json.object("kind", "solve", "jobId", jobId, "pieces", (long) pieces);
    }

    static SolveJob parse(JsonObject json) {
        json.onlyMembers(Set.of("kind", "jobId", "pieces"));
        return new SolveJob(json.string("jobId"), json.intValue("pieces"));
    }
}
