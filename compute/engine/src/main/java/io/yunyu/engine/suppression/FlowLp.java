package io.yunyu.engine.suppression;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/** Movements of all cells that may be withheld, where moving a cell that is not yet withheld costs. */
final class FlowLp implements AutoCloseable {
    private static final double LARGEST = 1e6;
    private static final double DUST = 1e-7;

    private final SuppressionProblem problem;
    private final double scale;
    private final MPSolver solver = Natives.solver("GLOP");
    private final MPVariable[] ups;
    private final MPVariable[] downs;
    private final BitSet suppressed;

    FlowLp(SuppressionProblem problem, BitSet suppressed, double scale) {
        this.problem = problem;
        this.scale = scale;
        this.suppressed = (BitSet) suppressed.clone();
        ups = new MPVariable[problem.size()];
        downs = new MPVariable[problem.size()];
        solver.objective().setMinimization();
        problem.suppressible().stream().forEach(cell -> {
            ups[cell] = solver.makeNumVar(0, bounded(problem.increases[cell]), "");
            downs[cell] = solver.makeNumVar(0, bounded(problem.decreases[cell]), "");
        });
        for (TableEquation equation : problem.equations()) {
            MPConstraint row = solver.makeConstraint(0, 0, "");
            for (int k = 0; k < equation.cells.length; k++) {
                int cell = equation.cells[k];
                if (ups[cell] != null) {
                    row.setCoefficient(ups[cell], equation.signs[k]);
                    row.setCoefficient(downs[cell], -equation.signs[k]);
                }
            }
        }
    }

    /** From now on the cell moves at no cost. */
    void withhold(int cell) {
        suppressed.set(cell);
    }

    /** The movement of least cost that meets the requirement to one side; empty if there is none. */
    Optional<Witness> cheapest(Requirement requirement, Direction direction) {
        double level = requirement.level(direction) / scale;
        price(level);
        int cell = requirement.cell();
        boolean up = direction == Direction.UP;
        boolean possible = level <= bounded(up ? problem.increases[cell] : problem.decreases[cell]);
        if (!possible) {
            return Optional.empty();
        }
        (up ? ups : downs)[cell].setBounds(level, level);
        (up ? downs : ups)[cell].setBounds(0, 0);
        freeze(requirement.known(), true);
        Optional<Witness> movement =
                solver.solve() == MPSolver.ResultStatus.OPTIMAL ? Optional.of(movement()) : Optional.empty();
        freeze(requirement.known(), false);
        freeze(cell, false);
        return movement;
    }

    private void freeze(int cell, boolean frozen) {
        if (cell >= 0 && ups[cell] != null) {
            ups[cell].setBounds(0, frozen ? 0 : bounded(problem.increases[cell]));
            downs[cell].setBounds(0, frozen ? 0 : bounded(problem.decreases[cell]));
        }
    }

    /** A cell that can move only a little serves little for its weight. */
    private void price(double level) {
        MPObjective objective = solver.objective();
        for (int cell = 0; cell < ups.length; cell++) {
            if (ups[cell] != null) {
                double weight = suppressed.get(cell) ? 0 : problem.weights[cell] + 1e-6;
                objective.setCoefficient(
                        ups[cell], weight / Math.max(1e-6, Math.min(level, bounded(problem.increases[cell]))));
                objective.setCoefficient(
                        downs[cell], weight / Math.max(1e-6, Math.min(level, bounded(problem.decreases[cell]))));
            }
        }
    }

    private Witness movement() {
        int[] cells = new int[ups.length];
        double[] changes = new double[ups.length];
        int count = 0;
        for (int cell = 0; cell < ups.length; cell++) {
            double change = ups[cell] == null ? 0 : ups[cell].solutionValue() - downs[cell].solutionValue();
            if (Math.abs(change) > DUST) {
                cells[count] = cell;
                changes[count++] = change * scale;
            }
        }
        return new Witness(Arrays.copyOf(cells, count), Arrays.copyOf(changes, count));
    }

    private double bounded(double distance) {
        return Math.min(LARGEST, distance / scale);
    }

    @Override
    public void close() {
        solver.delete();
    }
}
