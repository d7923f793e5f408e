package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.classes.EquivalenceClasses;

/**
 * Every released class of the research subset matches at least {@code k} records of all (Sweeney 2001).
 *
 * @param k at least 1
 */
public record KMap(int k) implements PrivacyModel, ClassCriterion {
    public KMap {
        PrivacyModel.require(k >= 1, "k-map", "k must be at least 1, got " + k);
    }

    @Override
    public String label() {
        return "k-map(k=" + k + ")";
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
        return classes.population(equivalenceClass) >= k;
    }

    @Override
    public Merging merging() {
        return Merging.MONOTONE;
    }
}
