package io.yunyu.engine.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import java.math.BigInteger;
import java.util.BitSet;
import java.util.Optional;

/** The same claims checked in another way: every table is written out and added up in numbers of any size. */
public final class WholeCheck {
    private WholeCheck() {}

    /** Whether the pattern withholds every primary cell, and each requirement has a possible table to both sides. */
    public static boolean isSafe(SuppressionProblem problem, ProposedPattern pattern) {
        BitSet exposed = problem.primaries();
        BitSet suppressed = pattern.suppressed();
        exposed.andNot(suppressed);
        if (!exposed.isEmpty() || suppressed.intersects(problem.fixed)) {
            return false;
        }
        for (int position = 0; position < problem.requirements().size(); position++) {
            Requirement requirement = problem.requirements().get(position);
            if (!isShown(problem, suppressed, requirement, 1, requirement.upper(), pattern.above(position))
                    || !isShown(problem, suppressed, requirement, -1, requirement.lower(), pattern.below(position))) {
                return false;
            }
        }
        return true;
    }

    private static boolean isShown(
            SuppressionProblem problem,
            BitSet suppressed,
            Requirement requirement,
            int side,
            double level,
            Optional<PossibleTable> table) {
        if (level == 0) {
            return true;
        }
        if (table.isEmpty()) {
            return false;
        }
        for (int cell = 0; cell < problem.size(); cell++) {
            long change = table.get().change(cell);
            boolean mayMove = suppressed.get(cell) && cell != requirement.known();
            if ((change != 0 && !mayMove)
                    || problem.values[cell] + change < problem.values[cell] - problem.decreases[cell]
                    || problem.values[cell] + change > problem.values[cell] + problem.increases[cell]) {
                return false;
            }
        }
        for (TableEquation equation : problem.equations()) {
            BigInteger sum = BigInteger.ZERO;
            for (int k = 0; k < equation.cells.length; k++) {
                sum = sum.add(BigInteger.valueOf(equation.signs[k])
                        .multiply(BigInteger.valueOf(table.get().change(equation.cells[k]))));
            }
            if (sum.signum() != 0) {
                return false;
            }
        }
        return side * table.get().change(requirement.cell()) >= level;
    }

    public static void assertSafe(SuppressionProblem problem, ProposedPattern pattern) {
        assertThat(isSafe(problem, pattern)).isTrue();
        assertThat(pattern.cost()).isEqualTo(problem.cost(pattern.suppressed()));
    }
}
