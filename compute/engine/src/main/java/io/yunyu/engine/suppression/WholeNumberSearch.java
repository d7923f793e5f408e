package io.yunyu.engine.suppression;

import com.google.ortools.sat.CpModel;
import com.google.ortools.sat.CpSolver;
import com.google.ortools.sat.CpSolverStatus;
import com.google.ortools.sat.IntVar;
import com.google.ortools.sat.LinearExpr;
import com.google.ortools.sat.LinearExprBuilder;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Optional;

/** Looks for a possible table among whole numbers only, which is slower than a linear program and exact. */
final class WholeNumberSearch {
    /** Sums of as many as the cells of a table stay within 62 bits. */
    private static final long LARGEST = 1L << 44;

    private static final double LONGEST_SECONDS = 5;

    private WholeNumberSearch() {}

    /** A table that shows the requirement met to one side; empty if there is none, or none was found in time. */
    static Optional<PossibleTable> find(
            SuppressionProblem problem,
            BitSet suppressed,
            Requirement requirement,
            Direction direction,
            Deadline deadline) {
        long level = (long) requirement.level(direction);
        double room = (direction == Direction.UP ? problem.increases : problem.decreases)[requirement.cell()];
        if (deadline.isOver() || level > LARGEST || level > room) {
            return Optional.empty();
        }
        Natives.load();
        CpModel model = new CpModel();
        IntVar[] changes = new IntVar[problem.size()];
        suppressed.stream().filter(cell -> cell != requirement.known()).forEach(cell -> {
            long least = -bounded(problem.decreases[cell]);
            long most = bounded(problem.increases[cell]);
            if (cell == requirement.cell()) {
                least = direction == Direction.UP ? level : least;
                most = direction == Direction.UP ? most : -level;
            }
            changes[cell] = model.newIntVar(least, most, "");
        });
        for (TableEquation equation : problem.equations()) {
            LinearExprBuilder sum = LinearExpr.newBuilder();
            for (int k = 0; k < equation.cells.length; k++) {
                if (changes[equation.cells[k]] != null) {
                    sum.addTerm(changes[equation.cells[k]], equation.signs[k]);
                }
            }
            model.addEquality(sum, 0);
        }
        CpSolver solver = new CpSolver();
        solver.getParameters()
                .setNumWorkers(1)
                .setMaxTimeInSeconds(Math.min(LONGEST_SECONDS, deadline.millisLeft() / 1000.0));
        CpSolverStatus status = solver.solve(model);
        return status == CpSolverStatus.OPTIMAL || status == CpSolverStatus.FEASIBLE
                ? Optional.of(table(changes, solver))
                : Optional.empty();
    }

    private static long bounded(double distance) {
        return (long) Math.min(LARGEST, distance);
    }

    private static PossibleTable table(IntVar[] changes, CpSolver solver) {
        int[] cells = new int[changes.length];
        long[] moved = new long[changes.length];
        int count = 0;
        for (int cell = 0; cell < changes.length; cell++) {
            long change = changes[cell] == null ? 0 : solver.value(changes[cell]);
            if (change != 0) {
                cells[count] = cell;
                moved[count++] = change;
            }
        }
        return new PossibleTable(Arrays.copyOf(cells, count), Arrays.copyOf(moved, count));
    }
}
