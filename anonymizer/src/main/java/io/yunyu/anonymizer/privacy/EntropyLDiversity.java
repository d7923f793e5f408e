package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.Histograms;
import java.util.Optional;

/**
 * The entropy of the sensitive attribute in every class is at least ln {@code l} (Machanavajjhala et al. 2007), so that
 * a class also holds at least {@code l} distinct values.
 *
 * @param l at least 1
 * @param estimator how entropy is estimated from counts
 */
public record EntropyLDiversity(String attribute, double l, Estimator estimator) implements PrivacyModel {
    /** Estimators of entropy. */
    public enum Estimator {
        /** Plug-in estimate. */
        SHANNON,
        /** Grassberger 2003, unbiased for small counts. The verdict does not depend on the order of values, as ARX's does. */
        GRASSBERGER
    }

    public EntropyLDiversity {
        PrivacyModel.require(
                l >= 1 && Double.isFinite(l), "entropy-l-diversity", "l must be a number of at least 1, got " + l);
    }

    @Override
    public String label() {
        return (estimator == Estimator.SHANNON ? "shannon" : "grassberger") + "-entropy-l-diversity(" + attribute
                + ", l=" + l + ")";
    }

    @Override
    public long minimumClassSize(StudiedData data) {
        return (long) Math.ceil(l);
    }

    @Override
    public Optional<String> sensitiveAttribute() {
        return Optional.of(attribute);
    }

    /** Entropy of a class against ln l. */
    record Criterion(int sensitive, double l, Estimator estimator) implements ClassCriterion {
        private static final double[] SMALL = new double[51];

        static {
            SMALL[0] = -0.57721566490153286 - Math.log(2);
            for (int half = 1; half < SMALL.length; half++) {
                SMALL[half] = SMALL[half - 1] + 2.0 / (2 * half - 1);
            }
        }

        @Override
        public boolean isSatisfied(EquivalenceClasses classes, int equivalenceClass) {
            Histograms histograms = classes.histograms(sensitive);
            double n = classes.count(equivalenceClass);
            double sum = 0;
            for (int entry = histograms.start(equivalenceClass); entry < histograms.end(equivalenceClass); entry++) {
                sum += histograms.count(entry) * logarithm(histograms.count(entry));
            }
            return n * (logarithm(classes.count(equivalenceClass)) - Math.log(l)) >= sum;
        }

        private double logarithm(long count) {
            if (estimator == Estimator.SHANNON) {
                return Math.log(count);
            }
            long half = count / 2;
            if (half < SMALL.length) {
                return SMALL[(int) half];
            }
            double m = 1.0 / ((double) half * half);
            return Math.log(2.0 * half) + m * (1.0 / 24 - m * (7.0 / 960 - m * 31.0 / 8064));
        }

        @Override
        public Merging merging() {
            return estimator == Estimator.SHANNON ? Merging.CONVEX : Merging.NONE;
        }
    }
}
