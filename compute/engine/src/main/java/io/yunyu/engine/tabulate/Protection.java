package io.yunyu.engine.tabulate;

import io.yunyu.engine.perturbation.MagnitudeParameters;
import io.yunyu.engine.perturbation.PerturbationTable;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;

/** How the cells of a table are protected. */
sealed interface Protection {
    /**
     * Nothing beyond the primary rules.
     *
     * @param refusesSubtraction whether a table is refused whose published cells give a withheld one back
     */
    record None(boolean refusesSubtraction) implements Protection {}

    /**
     * Deterministic rounding.
     *
     * @param base of counts and sums, above 0
     * @param midpoint whether values become the middle of their interval: never a multiple of the base, and 0 stays 0
     * @param refusesSubtraction whether a table is refused whose published cells give a withheld one back, up to the rounding
     */
    record Rounding(long base, boolean midpoint, boolean refusesSubtraction) implements Protection {
        Rounding(long base, boolean midpoint) {
            this(base, midpoint, false);
        }
    }

    /** Whether a table is refused whose published cells give a withheld one back. */
    default boolean refusesSubtraction() {
        return false;
    }

    /** The cell-key method, with parameters per magnitude. */
    record CellKeys(Optional<PerturbationTable> counts, Map<String, MagnitudeNoise> magnitudes) implements Protection {}

    /** What the noise of a magnitude is scaled by. */
    enum MagnifierType {
        TOP_CONTRIBUTIONS,
        MEAN,
        RANGE,
        SUM
    }

    /**
     * @param k number of top contributions
     * @param zeroKeys whether units with value 0 take part in the cell key
     */
    record MagnitudeNoise(MagnifierType type, int k, boolean zeroKeys, MagnitudeParameters parameters) {}

    /** The loss by withholding a cell. */
    enum Cost {
        CELLS,
        COUNT,
        VALUE,
        LOG
    }

    /**
     * Secondary suppression.
     *
     * @param percent protection of a flagged sum to both sides, in percent of it, where its rule gives none
     * @param zeroRange how far a sum of zeros must be uncertain upwards, in units of the measure
     * @param publish cells that must be published, each by labels of some dimensions, such as the totals of one
     */
    record Suppression(Cost cost, double percent, double zeroRange, Duration time, List<Map<String, String>> publish)
            implements Protection {}

    /**
     * Differential privacy with noise on the finest cells, of which totals are added up.
     *
     * @param rho budget of zero-concentrated differential privacy of the whole table
     * @param epsilon budget of pure differential privacy of the whole table; one of the two is given
     * @param l0 most finest cells that one unit adds to
     * @param linf most records of one unit in such a cell
     * @param bounds smallest and largest value of a record by magnitude; others are cut to them
     */
    record Private(OptionalDouble rho, OptionalDouble epsilon, int l0, int linf, Map<String, double[]> bounds)
            implements Protection {}
}
