package io.yunyu.engine.suppression;

import com.google.ortools.linearsolver.MPConstraint;
import com.google.ortools.linearsolver.MPObjective;
import com.google.ortools.linearsolver.MPSolver;
import com.google.ortools.linearsolver.MPVariable;
import java.util.BitSet;
import java.util.Optional;

/** The choice of the cheapest set of cells that satisfies all conditions found so far. Closing frees the native memory. */
final class Master implements AutoCloseable {
    private static final double NEGLIGIBLE = 1e-7;

    private final SuppressionProblem problem;
    private final BitSet primaries;
    private final MPSolver solver;
    private final MPVariable[] variables;
    private boolean infeasible;

    Master(SuppressionProblem problem, String solverName) {
        this.problem = problem;
        this.primaries = problem.primaries();
        this.solver = Natives.solver(solverName);
        // With several threads equal optima would be chosen by chance.
        solver.setNumThreads(1);
        this.variables = new MPVariable[problem.size()];
        MPObjective objective = solver.objective();
        objective.setMinimization();
        for (int cell = 0; cell < variables.length; cell++) {
            if (!primaries.get(cell) && !problem.fixed.get(cell)) {
                variables[cell] = solver.makeBoolVar("");
                objective.setCoefficient(variables[cell], problem.weights[cell]);
            }
        }
    }

    /** Wherever {@code cell} is withheld, one of the other cells of the equation must be. */
    void requireCompany(TableEquation equation, int cell) {
        if (!isChoice(cell) && !primaries.get(cell)) {
            return;
        }
        for (int other : equation.cells) {
            if (other != cell && primaries.get(other)) {
                return;
            }
        }
        MPConstraint row = solver.makeConstraint(primaries.get(cell) ? 1 : 0, MPSolver.infinity(), "");
        if (isChoice(cell)) {
            row.setCoefficient(variables[cell], -1);
        }
        for (int other : equation.cells) {
            if (other != cell && isChoice(other)) {
                row.setCoefficient(variables[other], 1);
            }
        }
    }

    /**
     * The condition that an attack found: a weighted count of withheld cells must reach 1.
     *
     * @param shares by cell, at least 0: which part of the demanded movement its withholding allows at most
     */
    void requireMovement(double[] shares) {
        double given = 0;
        for (int cell = primaries.nextSetBit(0); cell >= 0; cell = primaries.nextSetBit(cell + 1)) {
            given += shares[cell];
        }
        double missing = 1 - given;
        MPConstraint row = solver.makeConstraint(1, MPSolver.infinity(), "");
        for (int cell = 0; cell < shares.length; cell++) {
            if (isChoice(cell) && shares[cell] > NEGLIGIBLE * missing) {
                row.setCoefficient(variables[cell], Math.min(1, shares[cell] / missing));
            }
        }
    }

    private boolean isChoice(int cell) {
        return variables[cell] != null;
    }

    /** Whether the last search found that no choice satisfies all conditions. */
    boolean isInfeasible() {
        return infeasible;
    }

    /** An optimal choice, primaries included; empty if there is none or the time is over. */
    Optional<BitSet> solve(Deadline deadline) {
        solver.setTimeLimit(Math.max(1, deadline.millisLeft()));
        MPSolver.ResultStatus status = solver.solve();
        infeasible = status == MPSolver.ResultStatus.INFEASIBLE;
        if (status != MPSolver.ResultStatus.OPTIMAL) {
            return Optional.empty();
        }
        BitSet chosen = (BitSet) primaries.clone();
        for (int cell = 0; cell < variables.length; cell++) {
            if (isChoice(cell) && variables[cell].solutionValue() > 0.5) {
                chosen.set(cell);
            }
        }
        return Optional.of(chosen);
    }

    @Override
    public void close() {
        solver.delete();
    }
}
