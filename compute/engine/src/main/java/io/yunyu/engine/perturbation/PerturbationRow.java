package io.yunyu.engine.perturbation;

/**
 * One interval of cell keys and the noise it selects.
 *
 * @param i the original value the row serves
 * @param j the perturbed value, i plus the noise
 * @param v the noise
 * @param p the probability, the width of the interval
 * @param lower first cell key of the interval, in units of 10^-8
 * @param upper first cell key after the interval, in units of 10^-8
 */
public record PerturbationRow(int i, double j, double v, double p, long lower, long upper) {
    /** Farthest a decimal bound may be from a multiple of 10^-8, in that unit. */
    private static final double DUST = 1e-3;

    public PerturbationRow {
        if (i < 0 || !(j >= 0) || !(Math.abs(i + v - j) < 1e-9)) {
            throw new IllegalArgumentException("Row i=" + i + ", j=" + j + ", v=" + v
                    + " is not a perturbation: i and j must not be negative and v must be j - i.");
        }
        if (lower < 0 || upper < lower || upper > CellKey.MODULUS) {
            throw new IllegalArgumentException("Row i=" + i + ", v=" + v + " has bounds outside 0..1 or out of order.");
        }
        if (!(Math.abs(p * CellKey.MODULUS - (upper - lower)) <= 100)) {
            throw new IllegalArgumentException("Row i=" + i + ", v=" + v + " has probability " + p
                    + ", which is not the width of its interval. Recompute the bounds as cumulated probabilities.");
        }
    }

    /** A row whose bounds are written as decimals. @throws IllegalArgumentException for more than eight decimals */
    public static PerturbationRow ofDecimals(int i, double j, double v, double p, double lower, double upper) {
        return new PerturbationRow(i, j, v, p, units(lower), units(upper));
    }

    static PerturbationRow ofUnits(int i, double v, long lower, long upper) {
        return new PerturbationRow(i, i + v, v, (double) (upper - lower) / CellKey.MODULUS, lower, upper);
    }

    private static long units(double bound) {
        double scaled = bound * CellKey.MODULUS;
        if (!(Math.abs(scaled - Math.rint(scaled)) <= DUST)) {
            throw new IllegalArgumentException("A bound has more than eight decimals. Round the cumulated probabilities"
                    + " to eight decimals: keys have no more.");
        }
        return Math.round(scaled);
    }

    /** Leaves the bounds out: in a shuffled table they are secret. */
    @Override
    public String toString() {
        return "PerturbationRow[i=" + i + ", v=" + v + ", p=" + p + "]";
    }
}
