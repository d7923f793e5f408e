package io.yunyu.engine.suppression;

import java.util.Arrays;

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

    /** Names no value. */
    @Override
    public String toString() {
        return "PossibleTable[" + cells.length + " cells]";
    }
}
