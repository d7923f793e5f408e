package io.yunyu.engine.suppression;

import java.util.BitSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The cheapest safe pattern: a master chooses cells, the attacker's linear programs find what it overlooked, and what
 * they find becomes a condition of the next choice.
 */
final class Benders {
    private final SuppressionProblem problem;
    private final Deadline deadline;
    private final Map<Need, Witness> witnesses = new HashMap<>();
    private boolean infeasible;

    Benders(SuppressionProblem problem, Deadline deadline) {
        this.problem = problem;
        this.deadline = deadline;
    }

    /** Whether the search ended because no choice of cells satisfies what the attacks demand. */
    boolean isInfeasible() {
        return infeasible;
    }

    /** The optimum, primaries included; empty if there is none, or the time is over before it is proved. */
    Optional<BitSet> solve(String masterSolver) {
        try (Master master = new Master(problem, masterSolver)) {
            BitSet primaries = problem.primaries();
            for (TableEquation equation : problem.equations()) {
                for (int cell : equation.cells) {
                    if (primaries.get(cell)) {
                        master.requireCompany(equation, cell);
                    }
                }
            }
            while (!deadline.isOver()) {
                Optional<BitSet> choice = master.solve(deadline);
                if (choice.isEmpty()) {
                    infeasible = master.isInfeasible();
                    return choice;
                }
                int conditions = requireCompany(master, choice.get());
                conditions += attack(master, choice.get());
                if (conditions == 0 && !deadline.isOver()) {
                    return choice;
                }
            }
            return Optional.empty();
        }
    }

    private int requireCompany(Master master, BitSet suppressed) {
        int found = 0;
        for (TableEquation equation : problem.equations()) {
            int alone = -1;
            int count = 0;
            for (int cell : equation.cells) {
                if (suppressed.get(cell)) {
                    alone = cell;
                    count++;
                }
            }
            if (count == 1) {
                master.requireCompany(equation, alone);
                found++;
            }
        }
        return found;
    }

    private int attack(Master master, BitSet suppressed) {
        int[] found = {0};
        Audit.bySize(problem).forEach((size, positions) -> {
            try (AttackLp attacker = new AttackLp(problem, suppressed, Math.pow(1000, size))) {
                for (Direction direction : Direction.values()) {
                    for (int position : positions) {
                        if (!deadline.isOver()
                                && !isProved(position, direction, suppressed)
                                && !attack(master, attacker, position, direction, positions)) {
                            found[0]++;
                        }
                    }
                }
            }
        });
        return found[0];
    }

    private boolean isProved(int position, Direction direction, BitSet suppressed) {
        Requirement requirement = problem.requirements().get(position);
        if (requirement.level(direction) == 0) {
            return true;
        }
        Witness witness = witnesses.get(new Need(position, direction));
        return witness != null && witness.isWithin(suppressed);
    }

    /** Whether the requirement is met; if not, the master gets a condition. */
    private boolean attack(
            Master master, AttackLp attacker, int position, Direction direction, List<Integer> positions) {
        Requirement requirement = problem.requirements().get(position);
        AttackLp.Answer answer = attacker.attackUpToLevel(requirement, direction);
        if (answer.distance() >= requirement.level(direction) * (1 - CellInterval.TOLERANCE)) {
            // One table often proves several cells.
            for (int other : positions) {
                for (Direction side : Direction.values()) {
                    if (answer.witness().proves(problem.requirements().get(other), side)) {
                        witnesses.put(new Need(other, side), answer.witness());
                    }
                }
            }
            return true;
        }
        master.requireMovement(shares(requirement, direction, answer.prices()));
        return false;
    }

    /**
     * By linear programming duality no pattern moves the cell farther than the sum of these over its withheld cells, in
     * units of the demanded movement.
     */
    private double[] shares(Requirement requirement, Direction direction, double[] prices) {
        double[] reduced = new double[problem.size()];
        reduced[requirement.cell()] = direction.sign;
        for (int e = 0; e < prices.length; e++) {
            if (prices[e] != 0) {
                TableEquation equation = problem.equations().get(e);
                for (int k = 0; k < equation.cells.length; k++) {
                    reduced[equation.cells[k]] -= prices[e] * equation.signs[k];
                }
            }
        }
        double level = requirement.level(direction);
        double[] shares = new double[reduced.length];
        for (int cell = 0; cell < shares.length; cell++) {
            double room = reduced[cell] > 0 ? problem.increases[cell] : problem.decreases[cell];
            boolean moves = Math.abs(reduced[cell]) > 1e-9 && cell != requirement.known();
            shares[cell] = moves ? Math.abs(reduced[cell]) * room / level : 0;
        }
        return shares;
    }
}
