package io.yunyu.engine.aggregate;

import io.yunyu.engine.privacy.DiscreteGaussian;

/**
 * A number that is computed for every cell and gets noise: published itself, or part of something published.
 *
 * @param measure position in the plan's measures, or -1
 * @param unitsOfOne how many units of the number make one: a power of ten for sums, 1 for counts
 */
record Figure(Kind kind, int measure, long unitsOfOne, DiscreteGaussian noise, long rhoMicros) {
    enum Kind {
        /** Distinct privacy units. */
        UNITS,
        /** Records, bounded per unit. */
        ROWS,
        /** Records with a value of the measure, bounded per unit. */
        NON_MISSING,
        /** Sum of clamped values. */
        SUM,
        /** Sum of the clamped values' distances from the middle of their bounds: a mean's numerator. */
        CENTRED
    }

    /** What the number is, before its noise is known. */
    record Kindred(Kind kind, int measure) {}

    boolean is(Kind wanted, int of) {
        return kind == wanted && measure == of;
    }
}
