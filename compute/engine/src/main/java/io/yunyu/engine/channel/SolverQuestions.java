package io.yunyu.engine.channel;

/**
 * The solver of secondary suppression, as an engine asks its launcher for it: one is started, gets a sealed table in
 * pieces, and gives a sealed answer in pieces.
 *
 * <p>Every method throws {@link io.yunyu.contract.problem.ProblemException} if it is refused.
 */
public interface SolverQuestions {
    /**
     * Starts a solver; one that was started before is ended.
     *
     * @param seconds how long it may take from the last piece of the table, at least 1
     * @return the key to seal the table to, {@code hpke:…}
     */
    String startSolver(long seconds);

    /** @param last whether the table is complete with this piece */
    void giveTask(byte[] piece, boolean last);

    /** The next piece of the answer; waits for the solver. */
    Piece takeAnswer();

    /** @param last whether the answer is complete with this piece */
    record Piece(byte[] bytes, boolean last) {
        /** Names the length only. */
        @Override
        public String toString() {
            return "Piece[" + bytes.length + " bytes]";
        }
    }
}
