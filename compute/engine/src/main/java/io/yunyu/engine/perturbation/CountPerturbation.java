package io.yunyu.engine.perturbation;

/**
 * Noise for counts of units.
 *
 * <p>Guarantees: the same count with the same cell key always gets the same noise; a published count is never negative;
 * 0 stays 0. Does not promise additivity: a total is perturbed like any other cell, and published parts do not add up to
 * it. The caller must count only the units with the value 1 where a 0/1 variable is counted, in the count and in the key.
 */
public final class CountPerturbation {
    private final PerturbationTable table;

    /** @throws IllegalArgumentException if the table holds noise that is not whole-numbered, or skips a value */
    public CountPerturbation(PerturbationTable table) {
        for (PerturbationRow row : table.rows()) {
            if (row.v() != Math.rint(row.v())) {
                throw new IllegalArgumentException("The perturbation table holds noise " + row.v() + " at i=" + row.i()
                        + "; counts need whole-numbered noise. Use a table with step 1.");
            }
        }
        if (table.rows().stream().mapToInt(PerturbationRow::i).distinct().count() != table.maxValue() + 1L) {
            throw new IllegalArgumentException(
                    "The perturbation table skips a count below its last row; counts need a row for every i.");
        }
        this.table = table;
    }

    /** The noise added to a count of at least 0. */
    public long noise(long count, long cellKey) {
        CellKey.checked(cellKey);
        if (count < 0) {
            throw new IllegalArgumentException("A count is negative. Pass the number of units in the cell.");
        }
        return count == 0 ? 0 : (long) table.noise((int) Math.min(count, table.maxValue()), cellKey);
    }

    /** The count to publish. */
    public long perturb(long count, long cellKey) {
        return Math.addExact(count, noise(count, cellKey));
    }

    /** The weighted count to publish: the perturbed count times the average weight; 0 for an empty cell. */
    public double perturbWeighted(long count, double weightSum, long cellKey) {
        if (!Double.isFinite(weightSum)) {
            throw new IllegalArgumentException("A sum of weights is not a finite number. Check the weight column.");
        }
        long perturbed = perturb(count, cellKey);
        return count == 0 ? 0 : perturbed * (weightSum / count);
    }
}
