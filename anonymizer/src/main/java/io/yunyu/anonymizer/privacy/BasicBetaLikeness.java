package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.Histograms;
import java.util.Optional;

/**
 * No sensitive value gains more than {@code beta} times its overall frequency in a class: (q-p)/p is at most beta (Cao
 * and Karras 2012, definition 2).
 *
 * @param beta positive
 */
public record BasicBetaLikeness(String attribute, double beta) implements PrivacyModel {
    public BasicBetaLikeness {
        PrivacyModel.require(
                beta > 0 && Double.isFinite(beta), "basic-beta-likeness", "beta must be positive, got " + beta);
    }

    @Override
    public String label() {
        return "basic-beta-likeness(" + attribute + ", beta=" + beta + ")";
    }

    @Override
    public Optional<String> sensitiveAttribute() {
        return Optional.of(attribute);
    }

    /** The gain of each value present against its own limit. */
    record Criterion(int sensitive, double[] limits, double[] overall) implements ClassCriterion {
        @Override
        public boolean isSatisfied(EquivalenceClasses classes, int equivalenceClass) {
            Histograms histograms = classes.histograms(sensitive);
            double n = classes.count(equivalenceClass);
            for (int entry = histograms.start(equivalenceClass); entry < histograms.end(equivalenceClass); entry++) {
                double p = overall[histograms.value(entry)];
                if ((histograms.count(entry) / n - p) / p > limits[histograms.value(entry)]) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Merging merging() {
            return Merging.CONVEX;
        }
    }
}
