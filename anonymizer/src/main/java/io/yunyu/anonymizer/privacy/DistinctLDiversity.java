package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import java.util.Optional;

/**
 * Every class holds at least {@code l} distinct values of the sensitive attribute (Machanavajjhala et al. 2007).
 *
 * @param l at least 1
 */
public record DistinctLDiversity(String attribute, int l) implements PrivacyModel {
    public DistinctLDiversity {
        PrivacyModel.require(l >= 1, "distinct-l-diversity", "l must be at least 1, got " + l);
    }

    @Override
    public String label() {
        return "distinct-l-diversity(" + attribute + ", l=" + l + ")";
    }

    @Override
    public long minimumClassSize(StudiedData data) {
        return l;
    }

    @Override
    public Optional<String> sensitiveAttribute() {
        return Optional.of(attribute);
    }

    /** At least so many distinct values: also a precondition of the other l-diversities. */
    record Criterion(int sensitive, int l) implements ClassCriterion {
        @Override
        public boolean isSatisfied(EquivalenceClasses classes, int equivalenceClass) {
            return classes.histograms(sensitive).distinct(equivalenceClass) >= l;
        }

        @Override
        public Merging merging() {
            return Merging.MONOTONE;
        }
    }
}
