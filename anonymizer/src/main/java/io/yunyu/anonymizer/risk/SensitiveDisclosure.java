package io.yunyu.anonymizer.risk;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.Histograms;

/**
 * What released classes give away about a sensitive attribute without telling their records apart: in a class of one
 * value everybody's value is known.
 *
 * @param leastDistinct smallest number of distinct values in a class; 0 without classes
 * @param leastEntropyDiversity smallest exponential of a class's Shannon entropy: a class has entropy-l-diversity of it
 * @param greatestDistance greatest equal-distance earth mover's distance of a class from the data as a whole
 * @param recordsInHomogeneousClasses released records in classes of one value
 */
public record SensitiveDisclosure(
        String attribute,
        long leastDistinct,
        double leastEntropyDiversity,
        double greatestDistance,
        long recordsInHomogeneousClasses) {
    /** Entropy diversity that is recommended of every release. */
    public static final double RECOMMENDED_DIVERSITY = 2;

    /** Distance that is recommended of every release. */
    public static final double RECOMMENDED_DISTANCE = 0.3;

    /** @param frequencies studied records per value of the attribute */
    public static SensitiveDisclosure of(
            String attribute, AnonymizedClasses anonymized, Histograms histograms, long[] frequencies) {
        double all = 0;
        for (long frequency : frequencies) {
            all += frequency;
        }
        long leastDistinct = Long.MAX_VALUE;
        double leastEntropy = Double.MAX_VALUE;
        double greatestDistance = 0;
        long homogeneous = 0;
        for (int c = 0; c < anonymized.suppressed().length; c++) {
            if (anonymized.isKept(c)) {
                double n = anonymized.classes().count(c);
                double entropy = 0;
                double distance = 1;
                for (int entry = histograms.start(c); entry < histograms.end(c); entry++) {
                    double q = histograms.count(entry) / n;
                    double p = frequencies[histograms.value(entry)] / all;
                    entropy -= q * Math.log(q);
                    distance += Math.abs(p - q) - p;
                }
                leastDistinct = Math.min(leastDistinct, histograms.distinct(c));
                leastEntropy = Math.min(leastEntropy, entropy);
                greatestDistance = Math.max(greatestDistance, distance / 2);
                homogeneous +=
                        histograms.distinct(c) == 1 ? anonymized.classes().count(c) : 0;
            }
        }
        boolean empty = leastDistinct == Long.MAX_VALUE;
        return new SensitiveDisclosure(
                attribute,
                empty ? 0 : leastDistinct,
                empty ? 0 : Math.exp(leastEntropy),
                greatestDistance,
                homogeneous);
    }

    /** Whether it keeps what is recommended beside a minimum class size. */
    public boolean isRecommended() {
        return leastDistinct == 0
                || leastEntropyDiversity >= RECOMMENDED_DIVERSITY - 1e-9
                        && greatestDistance <= RECOMMENDED_DISTANCE + 1e-9;
    }
}
