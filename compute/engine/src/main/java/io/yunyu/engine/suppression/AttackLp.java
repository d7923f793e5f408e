package io.yunyu.engine.suppression;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The attacker's problem on one pattern: how far can a withheld cell be moved, if others move so that every published
 * value and every total stays. Closing frees the native memory.
 *
 * <p>Traps of the solver: any change of the model silently invalidates the last solution, so everything is read before.
 */
final class AttackLp implements AutoCloseable {
    /** Levels are below 1000 scale units: movements beyond this many prove nothing more and would spoil the precision. */
    private static final double LARGEST = 1e6;

    private static final double DUST = 1e-9;

    private final SuppressionProblem problem;
    private final double scale;
    private final int[] cells;
    private final MPSolver solver;
    private final MPVariable[] variables;
    private final List<TableEquation> rows = new ArrayList<>();
    private final List<MPConstraint> constraints = new ArrayList<>();

    /**
     * The answer: the farthest movement, a table that attains it, and the value of each equation to the attacker.
     *
     * @param distance at least 0; infinite beyond a thousand times any level
     */
    record Answer(double distance, Witness witness, double[] prices) {}

    /** @param scale size of the movements that matter, above 0 */
    AttackLp(SuppressionProblem problem, BitSet suppressed, double scale) {
        this.problem = problem;
        this.scale = scale;
        this.cells = suppressed.stream().toArray();
        this.solver = Natives.solver("GLOP");
        this.variables = new MPVariable[problem.size()];
        for (int cell : cells) {
            variables[cell] =
                    solver.makeNumVar(-bounded(problem.decreases[cell]), bounded(problem.increases[cell]), "");
        }
        for (TableEquation equation : problem.equations()) {
            MPConstraint row = null;
            for (int k = 0; k < equation.cells.length; k++) {
                if (suppressed.get(equation.cells[k])) {
                    row = row == null ? solver.makeConstraint(0, 0, "") : row;
                    row.setCoefficient(variables[equation.cells[k]], equation.signs[k]);
                }
            }
            if (row != null) {
                rows.add(equation);
                constraints.add(row);
            }
        }
    }

    private double bounded(double distance) {
        return Math.min(LARGEST, distance / scale);
    }

    /** As far as the cell can be moved. */
    Answer attack(Requirement requirement, Direction direction) {
        return attack(requirement, direction, Double.POSITIVE_INFINITY);
    }

    /** As far as the requirement asks, which takes less time; beyond it the distance is not found. */
    Answer attackUpToLevel(Requirement requirement, Direction direction) {
        return attack(requirement, direction, requirement.level(direction));
    }

    /**
     * Moves the cells of several requirements at once, each as far as its level, and as many of them as far as is
     * possible: one table that may prove them all. The requirements name no cell that an attacker knows.
     */
    Optional<Witness> attackTogether(List<Requirement> requirements, Direction direction) {
        Map<Integer, Double> levels = new TreeMap<>();
        requirements.forEach(r -> levels.merge(r.cell(), r.level(direction), Math::max));
        MPObjective objective = solver.objective();
        objective.clear();
        levels.forEach((cell, level) -> {
            limit(cell, direction, level);
            objective.setCoefficient(variables[cell], direction.sign * scale / level);
        });
        objective.setMaximization();
        Optional<Witness> found =
                solver.solve() == MPSolver.ResultStatus.OPTIMAL ? Optional.of(witness()) : Optional.empty();
        levels.keySet().forEach(this::include);
        return found;
    }

    /** Publishes a cell of the pattern. */
    void exclude(int cell) {
        variables[cell].setBounds(0, 0);
    }

    /** Withholds it again. */
    void include(int cell) {
        variables[cell].setBounds(-bounded(problem.decreases[cell]), bounded(problem.increases[cell]));
    }

    private Answer attack(Requirement requirement, Direction direction, double limit) {
        int cell = requirement.cell();
        int known = requirement.known();
        boolean knows = known >= 0 && variables[known] != null;
        if (knows) {
            exclude(known);
        }
        if (limit < Double.POSITIVE_INFINITY) {
            limit(cell, direction, limit);
        }
        MPObjective objective = solver.objective();
        objective.clear();
        objective.setCoefficient(variables[cell], direction.sign);
        objective.setMaximization();
        MPSolver.ResultStatus status = solver.solve();
        if (status != MPSolver.ResultStatus.OPTIMAL) {
            // The basis of the last attack can be a bad start.
            solver.reset();
            status = solver.solve();
        }
        if (status != MPSolver.ResultStatus.OPTIMAL) {
            // Standing still is always possible and every movement is bounded.
            throw new IllegalStateException("The solver did not solve an attacker's problem (" + status + ").");
        }
        double reached = objective.value();
        Answer answer = new Answer(
                reached >= LARGEST * 0.999 ? Double.POSITIVE_INFINITY : Math.max(0, reached * scale),
                witness(),
                prices());
        include(cell);
        if (knows) {
            include(known);
        }
        return answer;
    }

    private void limit(int cell, Direction direction, double distance) {
        double down = bounded(problem.decreases[cell]);
        double up = bounded(problem.increases[cell]);
        if (direction == Direction.UP) {
            variables[cell].setBounds(-down, Math.min(up, distance / scale));
        } else {
            variables[cell].setBounds(-Math.min(down, distance / scale), up);
        }
    }

    private Witness witness() {
        int[] moved = new int[cells.length];
        double[] changes = new double[cells.length];
        int count = 0;
        for (int cell : cells) {
            double change = variables[cell].solutionValue();
            // On a large scale a unit of the table is less than dust of the solver's.
            if (Math.abs(change) > Math.min(DUST, 0.25 / scale)) {
                moved[count] = cell;
                changes[count++] = change * scale;
            }
        }
        return new Witness(Arrays.copyOf(moved, count), Arrays.copyOf(changes, count));
    }

    /** The price of each equation of the problem; 0 for those without a withheld cell. */
    private double[] prices() {
        double[] prices = new double[problem.equations().size()];
        int row = 0;
        for (int e = 0; e < prices.length && row < rows.size(); e++) {
            if (problem.equations().get(e) == rows.get(row)) {
                prices[e] = constraints.get(row++).dualValue();
            }
        }
        return prices;
    }

    @Override
    public void close() {
        solver.delete();
    }
}
