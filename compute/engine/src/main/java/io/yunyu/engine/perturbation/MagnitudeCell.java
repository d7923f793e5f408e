package io.yunyu.engine.perturbation;

/**
 * What is known of one cell of a magnitude table before perturbation: original data.
 *
 * @param sum weighted sum of the measure over the contributors
 * @param magnifiers what the noise is scaled by, see {@link Magnifier}; fewer than the configured components, or none,
 *     where the cell has fewer contributions
 * @param contributors number of contributing units
 * @param cellKey key of the contributing units; whether units with value 0 contribute is the caller's decision and must be
 *     the same for all queries
 * @param sensitive whether a primary rule (frequency, dominance, p%) flags the cell
 */
public record MagnitudeCell(double sum, double[] magnifiers, long contributors, long cellKey, boolean sensitive) {
    public MagnitudeCell {
        magnifiers = magnifiers.clone();
        boolean finite = Double.isFinite(sum);
        for (double magnifier : magnifiers) {
            finite &= Double.isFinite(magnifier);
        }
        if (!finite) {
            throw new IllegalArgumentException("The sum or a contribution of a cell is not a finite number. Remove or"
                    + " recode missing and infinite values of the measure before aggregating.");
        }
        if (contributors < 0) {
            throw new IllegalArgumentException("The number of contributors of a cell is negative.");
        }
        CellKey.checked(cellKey);
    }

    @Override
    public double[] magnifiers() {
        return magnifiers.clone();
    }

    /** Names no value: the components are original data and secret keys. */
    @Override
    public String toString() {
        return "MagnitudeCell[withheld]";
    }
}
