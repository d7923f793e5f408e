package io.yunyu.engine.privacy;

/**
 * Decides whether a group that exists in the data may be shown to exist, from the number of its units. A group of no unit
 * is never shown. For group keys that are known publicly there is nothing to decide: show all of them.
 */
public sealed interface PartitionSelection permits TruncatedGeometric, GaussianThreshold {
    /** Whether a group of so many distinct units is shown, counted after contribution bounding. */
    boolean keep(long units, ExactDraws draws);

    /** Probability that a group of so many units is shown. */
    double keepProbability(long units);

    /** Smallest number of units that is shown at least half of the time. */
    default long evenChanceUnits() {
        long low = 0;
        long high = 1;
        while (keepProbability(high) < 0.5) {
            low = high;
            high *= 2;
        }
        while (high - low > 1) {
            long middle = (low + high) / 2;
            if (keepProbability(middle) < 0.5) {
                low = middle;
            } else {
                high = middle;
            }
        }
        return high;
    }

    /**
     * The selection of a rho and delta that shows more of the small groups. Under (epsilon, delta) the truncated geometric
     * is optimal for one group per unit; counted in rho the Gaussian threshold usually is, since rho grows with the
     * square of epsilon. The choice depends on public numbers only.
     *
     * @param rhoMicros cost in millionths, at least 1
     * @param delta of all groups of a unit together, above 0 and below 1
     * @param l0 most groups that a unit is in, at least 1
     */
    static PartitionSelection forRho(long rhoMicros, double delta, int l0) {
        GaussianThreshold threshold = GaussianThreshold.forRho(rhoMicros, delta, l0);
        double epsilon = Math.sqrt(2e-6 * rhoMicros * l0);
        if (l0 > TruncatedGeometric.MOST_GROUPS || epsilon / l0 < TruncatedGeometric.LEAST_EPSILON) {
            return threshold;
        }
        TruncatedGeometric geometric = new TruncatedGeometric(epsilon, delta, l0);
        return geometric.evenChanceUnits() <= threshold.evenChanceUnits() ? geometric : threshold;
    }
}
