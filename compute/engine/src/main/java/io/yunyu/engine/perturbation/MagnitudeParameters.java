package io.yunyu.engine.perturbation;

import java.util.List;

/**
 * How magnitudes are perturbed.
 *
 * @param magnitude size of the noise relative to a contribution
 * @param epsilons one factor per component, the first 1, not ascending, at least 0: components after the first get less
 * @param sensitiveExtra mu_c, at least 0: units of noise added to every component where the cell is sensitive
 * @param sameKey whether the first component uses the cell key as it is, like a count of the same units; otherwise it
 *     uses the rotated key. Each further component rotates once more in both cases.
 * @param tables the perturbation tables
 */
public record MagnitudeParameters(
        NoiseMagnitude magnitude,
        List<Double> epsilons,
        double sensitiveExtra,
        boolean sameKey,
        MagnitudeTables tables) {
    public MagnitudeParameters {
        epsilons = List.copyOf(epsilons);
        if (epsilons.isEmpty() || epsilons.size() > Magnifier.MAX_COMPONENTS || epsilons.get(0) != 1) {
            throw new IllegalArgumentException("Factors of the components are " + epsilons + ", but there must be 1 to "
                    + Magnifier.MAX_COMPONENTS + " and the first must be 1.");
        }
        for (int k = 1; k < epsilons.size(); k++) {
            if (!(epsilons.get(k) >= 0 && epsilons.get(k) <= epsilons.get(k - 1))) {
                throw new IllegalArgumentException(
                        "Factors of the components are " + epsilons + ", but must not ascend and not be negative.");
            }
        }
        if (!(sensitiveExtra >= 0) || Double.isInfinite(sensitiveExtra)) {
            throw new IllegalArgumentException(
                    "Extra noise for sensitive cells is " + sensitiveExtra + ", but must be 0 or more, such as 2.");
        }
        if (tables.byParity() && epsilons.size() > 1) {
            throw new IllegalArgumentException(
                    "Tables by parity of contributors serve one component only, but there are " + epsilons.size()
                            + ". Use one table of type ALL.");
        }
    }

    /**
     * The separation point: contributions below it get noise of the small cells' table in units of 1, because scaled noise
     * would be too weak; 0 without such a table.
     */
    double separationPoint() {
        double squares = epsilons.stream().mapToDouble(e -> e * e).sum();
        return tables.smallCells()
                .map(small -> Math.sqrt(small.varianceAtMax()) / (Math.sqrt(squares) * magnitude.small()))
                .orElse(0.0);
    }
}
