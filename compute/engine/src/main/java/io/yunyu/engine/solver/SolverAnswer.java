package io.yunyu.engine.solver;

import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.suppression.InfeasibleSuppressionException;
import io.yunyu.engine.suppression.PatternForm;
import io.yunyu.engine.suppression.PatternSolver;
import io.yunyu.engine.suppression.ProposedPattern;
import io.yunyu.engine.suppression.SuppressionProblem;
import io.yunyu.engine.suppression.TaskForm;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/** What a solver says at its end, as bytes: a pattern, a cell that cannot be protected, or why there is none. */
public final class SolverAnswer {
    private static final byte PATTERN = 0;
    private static final byte INFEASIBLE = 1;
    private static final byte REFUSED = 2;

    private SolverAnswer() {}

    /** Solves the task; whatever comes of it is an answer. */
    public static byte[] to(ByteBuffer task, PatternSolver solver) {
        try {
            TaskForm.Task read = TaskForm.read(task);
            byte[] pattern = PatternForm.write(solver.solve(read.problem(), read.limits()));
            return ByteBuffer.allocate(1 + pattern.length)
                    .put(PATTERN)
                    .put(pattern)
                    .array();
        } catch (InfeasibleSuppressionException e) {
            return ByteBuffer.allocate(1 + Integer.BYTES)
                    .put(INFEASIBLE)
                    .putInt(e.cell())
                    .array();
        } catch (ProblemException e) {
            return refused(e.problem().code());
        } catch (RuntimeException e) {
            // A library's words could hold a number of the table.
            return refused(ProblemCode.INTERNAL);
        }
    }

    private static byte[] refused(ProblemCode code) {
        return new byte[] {REFUSED, (byte) code.ordinal()};
    }

    /**
     * The pattern.
     *
     * @throws InfeasibleSuppressionException if the solver says so
     * @throws ProblemException if it refused, or did not keep to the form
     */
    static ProposedPattern read(ByteBuffer answer, SuppressionProblem problem) {
        try {
            byte kind = answer.get();
            if (kind == INFEASIBLE) {
                int cell = answer.getInt();
                if (problem.primaries().get(Math.max(0, cell)) && cell >= 0) {
                    throw new InfeasibleSuppressionException(cell);
                }
            } else if (kind == REFUSED) {
                throw new ProblemException(problemOf(answer.get()));
            } else if (kind == PATTERN) {
                Optional<ProposedPattern> pattern = PatternForm.read(answer, problem);
                if (pattern.isPresent()) {
                    return pattern.get();
                }
            }
        } catch (BufferUnderflowException e) {
            throw formBroken();
        }
        throw formBroken();
    }

    /** The solver tells the kind only; these are the engine's words for it. */
    private static Problem problemOf(byte code) {
        ProblemCode[] codes = ProblemCode.values();
        return switch (code >= 0 && code < codes.length ? codes[code] : ProblemCode.INTERNAL) {
            case BAD_REQUEST ->
                new Problem(
                        ProblemCode.BAD_REQUEST,
                        "The solver of secondary suppression could not read its table, or its numbers are not whole.");
            case QUERY_REFUSED ->
                new Problem(
                        ProblemCode.QUERY_REFUSED,
                        "A pattern of withheld cells was found, but no proof in whole numbers that it protects them, so"
                                + " nothing is published by it. Merge categories, then try again.");
            case HOST_LACKS_LAYER ->
                new Problem(
                        ProblemCode.HOST_LACKS_LAYER,
                        "The native solvers of secondary suppression do not load on this host. They need Linux on"
                                + " x86-64 with glibc.");
            default ->
                new Problem(
                        ProblemCode.INTERNAL,
                        "The solver of secondary suppression met an error that it does not know. Nothing was"
                                + " published.");
        };
    }

    static ProblemException formBroken() {
        return new ProblemException(
                ProblemCode.ENGINE_ENDED,
                "The solver of secondary suppression did not keep to the form of its answer, or it was changed on its"
                        + " way. Nothing was released; the job may be tried again.");
    }
}
