package io.yunyu.engine.solver;

import io.yunyu.contract.job.SolveJob;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.channel.SolverQuestions;
import io.yunyu.engine.suppression.PatternSolver;
import io.yunyu.engine.suppression.ProposedPattern;
import io.yunyu.engine.suppression.SuppressionLimits;
import io.yunyu.engine.suppression.SuppressionProblem;
import io.yunyu.engine.suppression.TaskForm;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.util.Arrays;

/**
 * Has a table solved in a sandbox of its own, which the launcher starts for it. The table goes there sealed, and a new
 * solver is started for each one.
 *
 * <p>Guarantees that the answer came from who could open the table, for this call. Does not promise that it is right, nor
 * that a launcher which lies did not put its own key in between.
 */
public final class SandboxedSolver implements PatternSolver {
    /** Beyond the time for the search: for the proof, which may take as long again, and for a busy host. */
    private static final long PATIENCE_SECONDS = 30;

    private final SolverQuestions questions;
    private final String jobId;

    public SandboxedSolver(SolverQuestions questions, String jobId) {
        this.questions = questions;
        this.jobId = jobId;
    }

    @Override
    public ProposedPattern solve(SuppressionProblem problem, SuppressionLimits limits) {
        byte[] task = TaskForm.write(problem, limits);
        byte[] answerKey = TaskSeal.newAnswerKey();
        String solverKey = questions.startSolver(2 * limits.time().toSeconds() + PATIENCE_SECONDS);
        byte[] sealed;
        try {
            sealed = TaskSeal.seal(task, answerKey, solverKey, jobId);
        } catch (GeneralSecurityException | IllegalArgumentException e) {
            throw new ProblemException(
                    ProblemCode.ENGINE_ENDED,
                    "The solver of secondary suppression has no sealing key, so that it was given nothing.");
        }
        give(sealed);
        return SolverAnswer.read(opened(taken(), answerKey), problem);
    }

    private void give(byte[] sealed) {
        for (int from = 0; from < sealed.length; from += SolveJob.PIECE_BYTES) {
            int to = Math.min(sealed.length, from + SolveJob.PIECE_BYTES);
            questions.giveTask(Arrays.copyOfRange(sealed, from, to), to == sealed.length);
        }
    }

    private byte[] taken() {
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        SolverQuestions.Piece piece;
        do {
            piece = questions.takeAnswer();
            if (piece.bytes().length == 0 || sealed.size() + piece.bytes().length > SolveJob.MOST_ANSWER_BYTES) {
                throw SolverAnswer.formBroken();
            }
            sealed.writeBytes(piece.bytes());
        } while (!piece.last());
        return sealed.toByteArray();
    }

    private ByteBuffer opened(byte[] sealed, byte[] answerKey) {
        try {
            return TaskSeal.openAnswer(sealed, answerKey, jobId);
        } catch (GeneralSecurityException e) {
            throw SolverAnswer.formBroken();
        }
    }
}
