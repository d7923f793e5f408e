package io.yunyu.engine.suppression;

import java.util.Arrays;
import java.util.BitSet;

/**
 * A table that differs from the true one in withheld cells only and satisfies the same equations: as long as its cells
 * stay withheld, no attacker can exclude it. It proves protection without solving anything again.
 */
final class Witness {
    private final int[] cells;
    private final double[] changes;

    /** @param cells ascending */
    Witness(int[] cells, double[] changes) {
        this.cells = cells;
        this.changes = changes;
    }

    /** How far the cell is moved. */
    double change(int cell) {
        int position = Arrays.binarySearch(cells, cell);
        return position < 0 ? 0 : changes[position];
    }

    /** The changes, rounded to whole numbers; those that round to 0 are left out. */
    PossibleTable rounded() {
        int[] places = new int[cells.length];
        long[] whole = new long[cells.length];
        int count = 0;
        for (int k = 0; k < cells.length; k++) {
            long change = Math.round(changes[k]);
            if (change != 0) {
                places[count] = cells[k];
                whole[count++] = change;
            }
        }
        return new PossibleTable(Arrays.copyOf(places, count), Arrays.copyOf(whole, count));
    }

    boolean uses(int cell) {
        return change(cell) != 0;
    }

    int[] cells() {
        return cells;
    }

    boolean isWithin(BitSet suppressed) {
        for (int cell : cells) {
            if (!suppressed.get(cell)) {
                return false;
            }
        }
        return true;
    }

    boolean proves(Requirement requirement, Direction direction) {
        return (requirement.known() < 0 || !uses(requirement.known()))
                && direction.sign * change(requirement.cell())
                        >= requirement.level(direction) * (1 - CellInterval.TOLERANCE);
    }
}
