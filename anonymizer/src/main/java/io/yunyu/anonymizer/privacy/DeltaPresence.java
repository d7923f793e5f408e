package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.classes.EquivalenceClasses;

/**
 * In every class the part of all records that belongs to the research subset lies in [min, max], so that being in the
 * subset cannot be inferred (Nergiz, Atzori and Clifton 2007).
 *
 * <p>A class outside the subset that violates it cannot be suppressed, since it is not released: it rejects the whole
 * transformation.
 *
 * @param min in [0, max]
 * @param max in [min, 1]
 */
public record DeltaPresence(double min, double max) implements PrivacyModel, ClassCriterion {
    public DeltaPresence {
        PrivacyModel.require(
                min >= 0 && min <= max && max <= 1,
                "delta-presence",
                "0 <= min <= max <= 1 must hold, got " + min + " and " + max);
    }

    @Override
    public String label() {
        return "delta-presence(min=" + min + ", max=" + max + ")";
    }

    @Override
    public boolean allowsLocalRecoding() {
        return false;
    }

    @Override
    public boolean needsSubset() {
        return true;
    }

    @Override
    public boolean isSatisfied(EquivalenceClasses classes, int equivalenceClass) {
        double presence = (double) classes.count(equivalenceClass) / classes.population(equivalenceClass);
        return presence >= min && presence <= max;
    }

    /** A class without studied records is not tested beside a minimum class size, but counts once it is merged. */
    @Override
    public Merging merging() {
        return Merging.NONE;
    }

    @Override
    public boolean bindsUnstudiedClasses() {
        return true;
    }
}
