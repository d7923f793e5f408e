package io.yunyu.engine.suppression;

/**
 * What an attacker can compute about a withheld cell from the published ones.
 *
 * @param requirement what was demanded
 * @param low smallest value that is possible to the attacker; minus infinity where it lies beyond a thousand levels
 * @param high largest value that is possible to the attacker; infinity where it lies beyond a thousand levels
 * @param value the true value
 */
public record CellInterval(Requirement requirement, double low, double high, double value) {
    /** Relative slack for the solver's rounding. */
    static final double TOLERANCE = 1e-6;

    /** Whether the interval is as wide as demanded to both sides. */
    public boolean isProtected() {
        return high - value >= requirement.upper() * (1 - TOLERANCE)
                && value - low >= requirement.lower() * (1 - TOLERANCE);
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "CellInterval[cell=" + requirement.cell() + ", protected=" + isProtected() + "]";
    }
}
