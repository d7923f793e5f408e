package io.yunyu.engine.suppression;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.BitSet;
import java.util.List;

/** Solves in this process, which so has native code in it: for a process without keys, and for tests. */
public final class InProcessSolver implements PatternSolver {
    @Override
    public ProposedPattern solve(SuppressionProblem problem, SuppressionLimits limits) {
        if (!problem.isWhole()) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST,
                    "A pattern is proved in whole numbers, but the table's values, bounds or protection levels are"
                            + " not, or are too large. Give a sum in units of its last digit.");
        }
        if (problem.requirements().isEmpty()) {
            return new ProposedPattern(new BitSet(), 0, true, List.of(), List.of(), List.of());
        }
        try {
            return SecondarySuppression.search(problem, limits, (cells, optimal) -> new ProofSearch(
                                    problem, cells, Deadline.in(limits.time()))
                            .prove(optimal))
                    .orElseThrow(() -> new ProblemException(
                            ProblemCode.QUERY_REFUSED,
                            "A pattern of withheld cells was found, but no proof in whole numbers that it protects"
                                    + " them, so nothing is published by it. Merge categories, then try again."));
        } catch (UnsupportedHostException e) {
            throw new ProblemException(ProblemCode.HOST_LACKS_LAYER, String.valueOf(e.getMessage()));
        }
    }
}
