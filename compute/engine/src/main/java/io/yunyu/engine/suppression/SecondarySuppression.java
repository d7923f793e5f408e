package io.yunyu.engine.suppression;

import java.time.Duration;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;

/**
 * Completes primary suppression to a pattern that is safe against recomputation from totals.
 *
 * <p>Guarantees: for every requirement of the returned pattern the attacker's interval was computed on the pattern itself
 * and reaches at least as far as demanded to both sides. Within the size limits and the time the cost is the least
 * possible; otherwise it is not, and the pattern says so. The same problem gives the same pattern unless time ran out.
 *
 * <p>Does not promise: protection against attackers who know more than the problem's bounds and the one cell a
 * requirement names; nor against other publications of the same records: tables that share cells must be given as one
 * problem.
 */
public final class SecondarySuppression {
    /** Beside the exact search the heuristic must find time too. */
    private static final double EXACT_SHARE = 0.6;

    /** Beyond two dimensions the exact search ends soon or never. */
    private static final double DEEP_SHARE = 0.2;

    private SecondarySuppression() {}

    /** What makes a pattern that a search found fit to be used: empty if it is not. */
    interface Acceptance<T> {
        Optional<T> of(BitSet suppressed, boolean optimal);
    }

    /**
     * @throws InfeasibleSuppressionException if a cell cannot be protected
     * @throws UnsupportedHostException if the solvers do not run here
     */
    public static SuppressionPattern protect(SuppressionProblem problem, SuppressionLimits limits) {
        if (problem.requirements().isEmpty()) {
            return new SuppressionPattern(new BitSet(), 0, true, List.of());
        }
        return search(problem, limits, (cells, optimal) -> audited(problem, cells, optimal))
                .orElseThrow(() -> new IllegalStateException(
                        "The pattern found did not pass its audit, so nothing is published. This is a defect of the"
                                + " search, not of the table; please report it."));
    }

    /** The first acceptable pattern: the optimum where the limits allow to look for it, else the heuristic's. */
    static <T> Optional<T> search(SuppressionProblem problem, SuppressionLimits limits, Acceptance<T> acceptance) {
        Deadline deadline = Deadline.in(limits.time());
        boolean flat = problem.mostEquationsOfACell() <= 2;
        if (problem.size() <= (flat ? limits.exactCells() : limits.exactCellsBeyondTwoDimensions())) {
            Duration time = Duration.ofMillis((long) (limits.time().toMillis() * (flat ? EXACT_SHARE : DEEP_SHARE)));
            // CP-SAT is faster on flat tables, SCIP on the loose bounds of deeper ones.
            Optional<T> exact = exact(problem, Deadline.in(time), flat ? "SAT" : "SCIP")
                    .flatMap(cells -> acceptance.of(cells, true));
            if (exact.isPresent()) {
                return exact;
            }
        }
        return acceptance.of(new FlowHeuristic(problem, deadline).solve(), false);
    }

    /** What an attacker can compute if just these cells are withheld, for every requirement. */
    public static List<CellInterval> audit(SuppressionProblem problem, BitSet suppressed) {
        return Audit.of(problem, suppressed);
    }

    private static Optional<BitSet> exact(SuppressionProblem problem, Deadline deadline, String master) {
        Benders search = new Benders(problem, deadline);
        Optional<BitSet> found = search.solve(master);
        if (search.isInfeasible()) {
            checkFeasible(problem);
            // Every cell can be protected, so the solver's rounding misled the search; the heuristic does without it.
            return Optional.empty();
        }
        return found;
    }

    private static Optional<SuppressionPattern> audited(
            SuppressionProblem problem, BitSet suppressed, boolean optimal) {
        List<CellInterval> intervals = Audit.of(problem, suppressed);
        return intervals.stream().allMatch(CellInterval::isProtected)
                ? Optional.of(new SuppressionPattern(suppressed, problem.cost(suppressed), optimal, intervals))
                : Optional.empty();
    }

    private static void checkFeasible(SuppressionProblem problem) {
        Audit.bySize(problem).forEach((size, positions) -> {
            try (AttackLp attacker = new AttackLp(problem, problem.suppressible(), Math.pow(1000, size))) {
                BitSet[] proved = {new BitSet(), new BitSet()};
                for (Direction direction : Direction.values()) {
                    for (int position : positions) {
                        if (!proved[direction.ordinal()].get(position)) {
                            checkFeasible(problem, attacker, position, direction, positions, proved);
                        }
                    }
                }
            }
        });
    }

    private static void checkFeasible(
            SuppressionProblem problem,
            AttackLp attacker,
            int position,
            Direction direction,
            List<Integer> positions,
            BitSet[] proved) {
        Requirement requirement = problem.requirements().get(position);
        AttackLp.Answer answer = attacker.attackUpToLevel(requirement, direction);
        if (answer.distance() < requirement.level(direction) * (1 - CellInterval.TOLERANCE)) {
            throw new InfeasibleSuppressionException(requirement.cell());
        }
        for (int other : positions) {
            for (Direction side : Direction.values()) {
                if (answer.witness().proves(problem.requirements().get(other), side)) {
                    proved[side.ordinal()].set(other);
                }
            }
        }
    }
}
