package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.Histograms;
import java.util.Optional;

/**
 * For every sensitive value in a class, |log2(q/p)| is below {@code delta}, with its relative frequencies q in the class
 * and p in all records (Brickell and Shmatikov 2008; strict).
 *
 * <p>As in ARX, a value that is absent from a class is not tested, though learning its absence is a disclosure too.
 *
 * @param delta positive
 */
public record DeltaDisclosure(String attribute, double delta) implements PrivacyModel {
    public DeltaDisclosure {
        PrivacyModel.require(
                delta > 0 && Double.isFinite(delta), "delta-disclosure", "delta must be positive, got " + delta);
    }

    @Override
    public String label() {
        return "delta-disclosure(" + attribute + ", delta=" + delta + ")";
    }

    @Override
    public Optional<String> sensitiveAttribute() {
        return Optional.of(attribute);
    }

    /** The ratio of each value present. */
    record Criterion(int sensitive, double delta, double[] overall) implements ClassCriterion {
        private static final double LN_2 = Math.log(2);

        @Override
        public boolean isSatisfied(EquivalenceClasses classes, int equivalenceClass) {
            Histograms histograms = classes.histograms(sensitive);
            double n = classes.count(equivalenceClass);
            for (int entry = histograms.start(equivalenceClass); entry < histograms.end(equivalenceClass); entry++) {
                double ratio = histograms.count(entry) / n / overall[histograms.value(entry)];
                if (!(Math.abs(Math.log(ratio) / LN_2) < delta)) {
                    return false;
                }
            }
            return true;
        }

        @Override
        public Merging merging() {
            return Merging.NONE;
        }
    }
}
