package io.yunyu.anonymizer.risk;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;

/**
 * Risk that released records are re-identified (El Emam and Dankar 2008), for three attackers. The prosecutor knows that
 * a person is in the data; the journalist knows the population the data were drawn from, where a research subset names
 * one; the marketer wants many and takes the misses.
 *
 * <p>Suppressed records, and completely generalized ones that read like them, carry no risk and are left out. An empty release has no risk.
 *
 * @param threshold risk from which on, exclusive, a record counts as at risk
 * @param marketerSuccessRate expected part of the records that are re-identified
 */
public record RiskReport(
        double threshold, AttackerRisk prosecutor, AttackerRisk journalist, double marketerSuccessRate) {
    /**
     * Risk from one attacker.
     *
     * @param recordsAtRisk part of the records whose risk exceeds the threshold
     * @param highest greatest risk of a record
     * @param successRate expected part of the records that are re-identified
     */
    public record AttackerRisk(double recordsAtRisk, double highest, double successRate) {
        static final AttackerRisk NONE = new AttackerRisk(0, 0, 0);
    }

    /** @param threshold in [0, 1] */
    public static RiskReport of(AnonymizedClasses anonymized, double threshold) {
        EquivalenceClasses classes = anonymized.classes();
        Sums sums = new Sums(threshold);
        for (int c = 0; c < classes.size(); c++) {
            if (anonymized.isKept(c) && !classes.isCompletelyGeneralized(c)) {
                sums.add(classes.count(c), classes.population(c));
            }
        }
        return sums.report();
    }

    /**
     * Risk of classes given by their sizes.
     *
     * @param sizes released records per class, positive
     * @param population people per class in the population, not smaller
     */
    public static RiskReport ofSizes(long[] sizes, long[] population, double threshold) {
        Sums sums = new Sums(threshold);
        for (int c = 0; c < sizes.length; c++) {
            sums.add(sizes[c], population[c]);
        }
        return sums.report();
    }

    private static final class Sums {
        private final double threshold;
        private long classes;
        private long records;
        private long population;
        private long recordsAtRisk;
        private long populationRecordsAtRisk;
        private long smallest = Long.MAX_VALUE;
        private long smallestPopulation = Long.MAX_VALUE;
        private double expectedMatches;

        Sums(double threshold) {
            this.threshold = threshold;
        }

        void add(long size, long populationSize) {
            classes++;
            records += size;
            population += populationSize;
            recordsAtRisk += 1.0 / size > threshold ? size : 0;
            populationRecordsAtRisk += 1.0 / populationSize > threshold ? size : 0;
            smallest = Math.min(smallest, size);
            smallestPopulation = Math.min(smallestPopulation, populationSize);
            expectedMatches += (double) size / populationSize;
        }

        RiskReport report() {
            if (classes == 0) {
                return new RiskReport(threshold, AttackerRisk.NONE, AttackerRisk.NONE, 0);
            }
            double n = records;
            double marketer = expectedMatches / n;
            return new RiskReport(
                    threshold,
                    new AttackerRisk(recordsAtRisk / n, 1.0 / smallest, classes / n),
                    new AttackerRisk(
                            populationRecordsAtRisk / n,
                            1.0 / smallestPopulation,
                            Math.max((double) classes / population, marketer)),
                    marketer);
        }
    }
}
