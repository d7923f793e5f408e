package io.yunyu.engine.suppression;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A table that an attacker cannot exclude, told by how it differs from the true one: whole numbers for some withheld
 * cells, 0 for all others. That it satisfies the equations and stays within the bounds is a claim until checked.
 */
public final class PossibleTable {
    private final int[] cells;
    private final long[] changes;

    /**
     * @param cells ascending, without repetition
     * @param changes one for each, not 0
     */
    public PossibleTable(int[] cells, long[] changes) {
        if (cells.length != changes.length) {
            throw new IllegalArgumentException("A possible table has one change for each of its cells.");
        }
        for (int k = 0; k < cells.length; k++) {
            if (cells[k] < 0 || (k > 0 && cells[k] <= cells[k - 1]) || changes[k] == 0) {
                throw new IllegalArgumentException("The cells of a possible table ascend, and each of them changes.");
            }
        }
        this.cells = cells.clone();
        this.changes = changes.clone();
    }

    /** The cells that differ, ascending. */
    public int[] cells() {
        return cells.clone();
    }

    /** How far the cell lies above its true value; 0 if it is as it is. */
    public long change(int cell) {
        int position = Arrays.binarySearch(cells, cell);
        return position < 0 ? 0 : changes[position];
    }

    boolean isWithin(int size) {
        return cells.length == 0 || cells[cells.length - 1] < size;
    }

    /** Whether it shows the requirement met to one side, by whole numbers alone. */
    boolean shows(Requirement requirement, Direction direction) {
        return (requirement.known() < 0 || change(requirement.known()) == 0)
                && direction.sign * change(requirement.cell()) >= (long) requirement.level(direction);
    }

    /** Whether it moves cells of the pattern only, each within its bounds, and satisfies the equations exactly. */
    boolean isPossible(SuppressionProblem problem, BitSet suppressed) {
        long[] all = new long[problem.size()];
        for (int k = 0; k < cells.length; k++) {
            int cell = cells[k];
            if (cell >= all.length
                    || !suppressed.get(cell)
                    || changes[k] > SuppressionProblem.LARGEST_WHOLE
                    || changes[k] < -SuppressionProblem.LARGEST_WHOLE
                    || changes[k] > problem.increases[cell]
                    || -changes[k] > problem.decreases[cell]) {
                return false;
            }
            all[cell] = changes[k];
        }
        for (TableEquation equation : problem.equations()) {
            long sum = 0;
            for (int k = 0; k < equation.cells.length; k++) {
                sum = Math.addExact(sum, equation.signs[k] * all[equation.cells[k]]);
            }
            if (sum != 0) {
                return false;
            }
        }
        return true;
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "PossibleTable[" + cells.length + " cells]";
    }
}
