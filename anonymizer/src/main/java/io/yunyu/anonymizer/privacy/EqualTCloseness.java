package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.Histograms;
import java.util.Optional;

/**
 * The distribution of the sensitive attribute in every class lies within {@code t} of the one in all records, in earth
 * mover's distance with all values equally far apart (Li, Li and Venkatasubramanian 2007).
 *
 * @param t in [0, 1]
 */
public record EqualTCloseness(String attribute, double t) implements PrivacyModel {
    public EqualTCloseness {
        PrivacyModel.require(t >= 0 && t <= 1, "equal-t-closeness", "t must lie in [0, 1], got " + t);
    }

    @Override
    public String label() {
        return "equal-t-closeness(" + attribute + ", t=" + t + ")";
    }

    @Override
    public Optional<String> sensitiveAttribute() {
        return Optional.of(attribute);
    }

    /** Half the variation distance. */
    record Criterion(int sensitive, double t, double[] overall) implements ClassCriterion {
        @Override
        public boolean isSatisfied(EquivalenceClasses classes, int equivalenceClass) {
            Histograms histograms = classes.histograms(sensitive);
            double n = classes.count(equivalenceClass);
            double distance = 1;
            for (int entry = histograms.start(equivalenceClass); entry < histograms.end(equivalenceClass); entry++) {
                double p = overall[histograms.value(entry)];
                distance += Math.abs(p - histograms.count(entry) / n) - p;
            }
            return distance / 2 <= t;
        }

        @Override
        public Merging merging() {
            return Merging.CONVEX;
        }
    }
}
