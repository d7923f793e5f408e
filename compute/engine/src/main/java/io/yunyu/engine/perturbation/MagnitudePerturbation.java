package io.yunyu.engine.perturbation;

/**
 * Noise for sums of a measure.
 *
 * <p>For every component the contribution to hide gives the unit of noise; the ratio of the sum to the unit selects the
 * row of the table, interpolated between neighbouring rows with the same key; the cell key selects the noise.
 *
 * <p>Guarantees: the same cell with the same key always gets the same noise; the sign of the sum is kept; a sum of 0 stays
 * 0. Does not promise: that a cell gets noise at all (the table holds 0, for sensitive cells too), additivity, or that
 * the truncation at 0 is unbiased for cells barely larger than their unit of noise.
 */
public final class MagnitudePerturbation {
    private final MagnitudeParameters parameters;
    private final double separationPoint;

    private record Unit(double size, PerturbationTable table, boolean silent) {}

    public MagnitudePerturbation(MagnitudeParameters parameters) {
        this.parameters = parameters;
        this.separationPoint = parameters.separationPoint();
    }

    /** The sum to publish. Magnifiers beyond the configured number of components are refused. */
    public double perturb(MagnitudeCell cell) {
        double[] magnifiers = cell.magnifiers();
        if (magnifiers.length > parameters.epsilons().size()) {
            throw new IllegalArgumentException(
                    "A cell has " + magnifiers.length + " magnifiers, but noise is configured" + " for "
                            + parameters.epsilons().size() + ". Give one factor per component.");
        }
        double value = cell.sum();
        for (int component = 0; component < magnifiers.length; component++) {
            value += noise(cell, value, magnifiers[component], component);
        }
        return value;
    }

    private double noise(MagnitudeCell cell, double value, double magnifier, int component) {
        Unit unit = unit(cell, value, magnifier, component);
        if (value == 0 || unit.size == 0 || unit.silent) {
            return 0;
        }
        long key = CellKey.rotated(cell.cellKey(), component + (parameters.sameKey() ? 0 : 1));
        double v = unit.table.interpolatedNoise(Math.abs(value / unit.size), key);
        double extra = cell.sensitive() ? parameters.sensitiveExtra() : 0;
        double size = Math.abs(unit.size) * (extra + Math.abs(v));
        if (v < 0) {
            // The published value must not cross zero: its sign is known to be that of the original.
            size = Math.min(size, Math.abs(value));
        }
        return Math.signum(value) * Math.signum(v) * size;
    }

    private Unit unit(MagnitudeCell cell, double value, double magnifier, int component) {
        NoiseMagnitude magnitude = parameters.magnitude();
        double epsilon = parameters.epsilons().get(component);
        boolean small = Math.abs(magnifier) < separationPoint;
        double size = small ? 1 : magnitude.unit(magnifier, epsilon);
        boolean silent = false;
        if (Math.abs(value) < Math.abs(size)) {
            size = value;
            if (Math.abs(value / (magnitude.small() * epsilon)) < separationPoint) {
                size = 1;
                small = true;
                silent = component > 0 || magnitude instanceof NoiseMagnitude.Simple;
            }
        }
        PerturbationTable table = parameters.tables().forContributors(cell.contributors());
        return new Unit(size, small ? parameters.tables().smallCells().orElse(table) : table, silent);
    }
}
