package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.Publication;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.rank.RankAudit;
import io.yunyu.engine.suppression.InfeasibleSuppressionException;
import io.yunyu.engine.suppression.PatternCheck;
import io.yunyu.engine.suppression.PatternSolver;
import io.yunyu.engine.suppression.ProposedPattern;
import io.yunyu.engine.suppression.SuppressionLimits;
import io.yunyu.engine.suppression.SuppressionProblem;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Which cells of a planned publication are withheld, in all measures alike: a cell that one measure withholds could be
 * estimated from another that shows it. What a measure needs stays withheld when others withhold more, so that the proof of
 * each holds for all together.
 *
 * @param withheld by number of a cell, the rule
 * @param optimal whether the solver says that no safe pattern costs less; of several measures nobody does
 * @param smallestRatio see {@link PatternCheck.Result}
 */
record PlannedPattern(Map<Integer, String> withheld, boolean optimal, double smallestRatio) {
    static final String SECONDARY = "secondary";
    static final String INFEASIBLE = "infeasible-suppression";
    static final String DEMANDED = "demanded-unsafe";
    static final String SUM_OF_FEW = "sum-of-few";
    static final String RANGE = "out-of-range";

    /** How a proposal is checked: by proof, except in a test that weakens the engine. */
    interface Check {
        PatternCheck.Result of(SuppressionProblem problem, ProposedPattern pattern);
    }

    /** A pattern that is proved safe, or the rule by which there is none. */
    sealed interface Result {
        record Found(PlannedPattern pattern) implements Result {}

        record Refused(String rule) implements Result {}
    }

    /** @param fixed cells that are published in any case */
    static Result of(
            PlannedTable table,
            List<PlannedMeasure> measures,
            Publication.Cost cost,
            BitSet fixed,
            PatternSolver solver,
            Check check) {
        Map<Integer, String> withheld = new TreeMap<>();
        for (PlannedMeasure measure : measures) {
            if (table.cells().stream().anyMatch(measure::isOutOfRange)) {
                return new Result.Refused(RANGE);
            }
            table.flagged(measure).forEach(withheld::putIfAbsent);
        }
        if (withheld.keySet().stream().anyMatch(fixed::get)) {
            return new Result.Refused(DEMANDED);
        }
        List<PatternCheck.Result> proved = new ArrayList<>();
        boolean optimal = measures.size() == 1;
        for (PlannedMeasure measure : measures) {
            BitSet free = new BitSet();
            withheld.keySet().forEach(free::set);
            SuppressionProblem problem = table.problem(measure, cost, fixed, free);
            Optional<ProposedPattern> proposed = solved(solver, problem);
            if (proposed.isEmpty()) {
                return new Result.Refused(INFEASIBLE);
            }
            PatternCheck.Result result = check.of(problem, proposed.get());
            if (result.rule().isPresent()) {
                return new Result.Refused(result.rule().get());
            }
            result.suppressed().stream()
                    .filter(cell -> cell < table.cells().size())
                    .forEach(cell -> withheld.putIfAbsent(cell, SECONDARY));
            proved.add(result);
            optimal &= proposed.get().optimal();
        }
        double ratio = proved.stream()
                .mapToDouble(PatternCheck.Result::smallestRatio)
                .min()
                .orElse(Double.POSITIVE_INFINITY);
        return new Result.Found(new PlannedPattern(withheld, optimal, ratio));
    }

    private static Optional<ProposedPattern> solved(PatternSolver solver, SuppressionProblem problem) {
        if (problem.requirements().isEmpty()) {
            return Optional.of(new ProposedPattern(new BitSet(), 0, true, List.of(), List.of(), List.of()));
        }
        try {
            return Optional.of(solver.solve(problem, SuppressionLimits.DEFAULT));
        } catch (InfeasibleSuppressionException e) {
            return Optional.empty();
        }
    }

    BitSet cells() {
        BitSet cells = new BitSet();
        withheld.keySet().forEach(cells::set);
        return cells;
    }

    /** Whether subtraction gives back a group of few units all the same. */
    boolean givesBackFew(PlannedTable table, int minUnits) {
        try {
            return table.givesBackFew(cells(), minUnits);
        } catch (RankAudit.TooLargeException e) {
            throw new ProblemException(
                    ProblemCode.TOO_LARGE,
                    "The publication withholds too many cells to be audited together. Group by fewer or coarser columns.");
        }
    }
}
