package io.yunyu.engine.suppression;

import io.yunyu.contract.problem.ProblemException;

/**
 * Proposes which cells of a table are withheld, with the tables that show every one of them protected. What comes back
 * is a claim: whoever publishes by it checks it against the problem first, in whole numbers.
 */
public interface PatternSolver {
    /**
     * Blocks until there is a pattern, at most a little longer than the limit of time.
     *
     * @param problem in whole numbers: its values, bounds (or infinite) and levels are whole and below 2^53 in size; a
     *     sum is given in units of its last digit. Weights need not be whole
     * @return tables for both sides of every requirement whose level is not 0
     * @throws InfeasibleSuppressionException if a cell cannot be protected; it names the cell by number
     * @throws ProblemException BAD_REQUEST if the problem is not in whole numbers, TOO_LARGE, TIMEOUT, OUT_OF_MEMORY,
     *     HOST_LACKS_LAYER if no solver runs here, QUERY_REFUSED if a pattern was found but no proof of it in whole
     *     numbers, ENGINE_ENDED if the solver ended or did not keep to the form; no text holds a value
     */
    ProposedPattern solve(SuppressionProblem problem, SuppressionLimits limits);
}
