package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.payout.CostBenefit;

/**
 * No released record is worth an attack: its class is so large that the adversary's expected gain does not exceed the
 * cost (Wan et al. 2015).
 *
 * @param journalist whether the adversary knows the population only; then the class in all records counts
 */
public record ProfitabilityWithoutAttack(CostBenefit costBenefit, boolean journalist)
        implements PrivacyModel, ClassCriterion {
    @Override
    public String label() {
        return "profitability-" + (journalist ? "journalist" : "prosecutor") + "-no-attack";
    }

    @Override
    public boolean allowsLocalRecoding() {
        return !journalist;
    }

    @Override
    public boolean needsSubset() {
        return journalist;
    }

    @Override
    public long minimumClassSize(StudiedData data) {
        return journalist ? 0 : costBenefit.smallestUnattackedClass();
    }

    @Override
    public boolean isSatisfied(EquivalenceClasses classes, int equivalenceClass) {
        long size = journalist ? classes.population(equivalenceClass) : classes.count(equivalenceClass);
        return size >= costBenefit.smallestUnattackedClass();
    }

    @Override
    public Merging merging() {
        return Merging.MONOTONE;
    }
}
