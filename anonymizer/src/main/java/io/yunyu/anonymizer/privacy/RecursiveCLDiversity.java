package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.Histograms;
import java.util.Arrays;
import java.util.Optional;

/**
 * In every class the most frequent sensitive value is rarer than {@code c} times all values from the {@code l}-th most
 * frequent on (Machanavajjhala et al. 2007, definition 4.3; strict).
 *
 * @param c positive
 * @param l at least 1
 */
public record RecursiveCLDiversity(String attribute, double c, int l) implements PrivacyModel {
    public RecursiveCLDiversity {
        PrivacyModel.require(c > 0 && Double.isFinite(c), "recursive-c-l-diversity", "c must be positive, got " + c);
        PrivacyModel.require(l >= 1, "recursive-c-l-diversity", "l must be at least 1, got " + l);
    }

    @Override
    public String label() {
        return "recursive-c-l-diversity(" + attribute + ", c=" + c + ", l=" + l + ")";
    }

    @Override
    public long minimumClassSize(StudiedData data) {
        return l;
    }

    @Override
    public Optional<String> sensitiveAttribute() {
        return Optional.of(attribute);
    }

    /** The tail of the ranked counts against the largest. */
    record Criterion(int sensitive, double c, int l) implements ClassCriterion {
        @Override
        public boolean isSatisfied(EquivalenceClasses classes, int equivalenceClass) {
            Histograms histograms = classes.histograms(sensitive);
            int start = histograms.start(equivalenceClass);
            int distinct = histograms.distinct(equivalenceClass);
            if (distinct < l) {
                return false;
            }
            long[] ranked = new long[distinct];
            for (int i = 0; i < distinct; i++) {
                ranked[i] = histograms.count(start + i);
            }
            Arrays.sort(ranked);
            long tail = 0;
            for (int i = 0; i <= distinct - l; i++) {
                tail += ranked[i];
            }
            return ranked[distinct - 1] < c * tail;
        }

        @Override
        public Merging merging() {
            return Merging.CONVEX;
        }
    }
}
