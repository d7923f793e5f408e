package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.Histograms;
import java.util.Optional;

/**
 * t-closeness with the distance of two values proportional to the number of values between them, in the order of the
 * attribute's data type (Li, Li and Venkatasubramanian 2007).
 *
 * @param t in [0, 1]
 */
public record OrderedTCloseness(String attribute, double t) implements PrivacyModel {
    public OrderedTCloseness {
        PrivacyModel.require(t >= 0 && t <= 1, "ordered-t-closeness", "t must lie in [0, 1], got " + t);
    }

    @Override
    public String label() {
        return "ordered-t-closeness(" + attribute + ", t=" + t + ")";
    }

    @Override
    public Optional<String> sensitiveAttribute() {
        return Optional.of(attribute);
    }

    /** Cumulative differences in exact integers: p - q scaled by both record counts. */
    record Criterion(int sensitive, double t, long[] frequencies, int[] rankOf, long records)
            implements ClassCriterion {
        @Override
        public boolean isSatisfied(EquivalenceClasses classes, int equivalenceClass) {
            Histograms histograms = classes.histograms(sensitive);
            long n = classes.count(equivalenceClass);
            long[] difference = new long[rankOf.length];
            for (int value = 0; value < rankOf.length; value++) {
                difference[rankOf[value]] = -frequencies[value] * n;
            }
            for (int entry = histograms.start(equivalenceClass); entry < histograms.end(equivalenceClass); entry++) {
                difference[rankOf[histograms.value(entry)]] += histograms.count(entry) * records;
            }
            long cumulative = 0;
            double distance = 0;
            int present = 0;
            for (int rank = 0; rank < difference.length; rank++) {
                cumulative += difference[rank];
                distance += Math.abs(cumulative);
            }
            for (long frequency : frequencies) {
                present += frequency > 0 ? 1 : 0;
            }
            return distance / ((double) records * n) <= t * (present - 1);
        }

        @Override
        public Merging merging() {
            return Merging.CONVEX;
        }
    }
}
