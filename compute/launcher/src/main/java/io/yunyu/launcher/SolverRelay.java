package io.yunyu.launcher;

import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.job.SolveJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;
import org.jspecify.annotations.Nullable;

/**
 * Between the engine of one job and the solvers it asks for, one after the other: a sealed table goes over in pieces, a
 * sealed answer comes back. Neither side is trusted: steps, lengths and numbers are bounded here. Nothing that passes can
 * be read here, and of how a solver ended only the kind is told, in this class's own words.
 */
final class SolverRelay implements AutoCloseable {
    static final int MOST_SOLVERS = 20;
    private static final Duration LEAST_TIME = Duration.ofSeconds(1);

    private final String jobId;
    private final Supplier<EngineProcess> solvers;
    private final Duration mostTime;
    private final List<String> pieces = new ArrayList<>();
    private Duration time = LEAST_TIME;
    private boolean complete;
    private byte[] answer = EngineOutcome.NOTHING;
    private int given;
    private int started;
    private volatile @Nullable EngineProcess solver;
    private volatile boolean closed;

    /** @param mostTime of one solver, whatever the engine asks for */
    SolverRelay(String jobId, Supplier<EngineProcess> solvers, Duration mostTime) {
        this.jobId = jobId;
        this.solvers = solvers;
        this.mostTime = mostTime;
    }

    /** Answers the questions of this kind, and passes on every other. */
    VaultPort before(VaultPort vault) {
        return (sealTo, question) ->
                question.string("op").equals(SolveJob.OP) ? step(question) : vault.answer(sealTo, question);
    }

    private Map<String, Object> step(JsonObject question) {
        return Map.of(
                "solver",
                switch (question.string("step")) {
                    case "start" -> start(question.longValue("seconds"));
                    case "task" -> take(question.string("piece"), question.bool("last"));
                    case "answer" -> give();
                    default -> throw outOfTurn();
                });
    }

    private Map<String, Object> start(long seconds) {
        if (++started > MOST_SOLVERS) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE, "A job has at most " + MOST_SOLVERS + " tables protected by a solver.");
        }
        endSolver();
        pieces.clear();
        complete = false;
        answer = EngineOutcome.NOTHING;
        given = 0;
        Duration asked = Duration.ofSeconds(Math.max(LEAST_TIME.toSeconds(), seconds));
        time = asked.compareTo(mostTime) < 0 ? asked : mostTime;
        EngineProcess fresh = solvers.get();
        solver = fresh;
        if (closed) {
            endSolver();
        }
        return Json.object("sealTo", fresh.hello().sealTo());
    }

    private Map<String, Object> take(String piece, boolean last) {
        if (solver == null || complete || pieces.size() == SolveJob.MOST_PIECES) {
            throw outOfTurn();
        }
        checkLength(piece);
        pieces.add(piece);
        complete = last;
        return Map.of();
    }

    private static void checkLength(String piece) {
        try {
            int length = Base64.getDecoder().decode(piece).length;
            if (length > 0 && length <= SolveJob.PIECE_BYTES) {
                return;
            }
        } catch (IllegalArgumentException e) {
            throw outOfTurn();
        }
        throw outOfTurn();
    }

    private Map<String, Object> give() {
        if (given == 0 && complete) {
            answer = solved();
        }
        if (given >= answer.length) {
            throw outOfTurn();
        }
        int end = Math.min(answer.length, given + SolveJob.PIECE_BYTES);
        String piece = Base64.getEncoder().encodeToString(Arrays.copyOfRange(answer, given, end));
        given = end;
        return Json.object("piece", piece, "last", given == answer.length);
    }

    private byte[] solved() {
        EngineProcess running = solver;
        if (running == null) {
            throw outOfTurn();
        }
        complete = false;
        EngineOutcome outcome =
                running.run(new SolveJob(jobId, pieces.size()), this::piece, EngineListener.none(), time);
        if (outcome.result().status() != EngineResult.Status.DONE) {
            throw new ProblemException(failure(outcome.result()));
        }
        return outcome.sealedOutput();
    }

    /** The solver's side. */
    private Map<String, Object> piece(String sealTo, JsonObject question) {
        int place = question.intValue("place");
        if (!question.string("op").equals(SolveJob.PIECE_OP) || place < 0 || place >= pieces.size()) {
            throw new JsonException("A solver asks for the pieces of its table and nothing else.");
        }
        return Map.of("solver", Json.object("piece", pieces.get(place)));
    }

    /** A solver has seen original numbers: whatever it says of its end, these are our words. */
    private static Problem failure(EngineResult said) {
        ProblemCode code = said.problem().map(Problem::code).orElse(ProblemCode.ENGINE_ENDED);
        return switch (code) {
            case TIMEOUT ->
                new Problem(
                        code,
                        "The solver of secondary suppression did not end within its time and was stopped. Use a smaller"
                                + " table.");
            case OUT_OF_MEMORY ->
                new Problem(
                        code,
                        "The solver of secondary suppression used up its memory and was stopped. Use a smaller table.");
            default ->
                new Problem(
                        ProblemCode.ENGINE_ENDED,
                        "The solver of secondary suppression ended without an answer. Nothing was released; the job"
                                + " may be tried again.");
        };
    }

    private static ProblemException outOfTurn() {
        return new ProblemException(
                ProblemCode.BAD_REQUEST, "This is not what a solver of secondary suppression can be asked now.");
    }

    private void endSolver() {
        EngineProcess running = solver;
        if (running != null) {
            running.kill();
        }
    }

    /** Ends the solver, if one runs. */
    @Override
    public void close() {
        closed = true;
        endSolver();
    }
}
