package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import java.util.Map;

/**
 * Divergence of the released distribution of tuples from the original one, each class spread evenly over the part of the
 * domain it covers. Summed over records, as ARX does, and not over distinct tuples.
 */
public record KullbackLeiblerMeasure() implements InformationLossMeasure {
    @Override
    public Objective bind(DomainStatistics statistics) {
        return new DivergenceObjective(statistics);
    }

    @Override
    public boolean needsTupleSquares() {
        return true;
    }

    @Override
    public String label() {
        return "kl-divergence";
    }

    private static final class DivergenceObjective implements Objective {
        private static final double LN_2 = Math.log(2);
        private final DomainStatistics statistics;
        private final double originalSum;
        private final double domain;

        DivergenceObjective(DomainStatistics statistics) {
            this.statistics = statistics;
            double n = statistics.studied();
            double sum = 0;
            // By the sizes of tuples, in their order: the same whoever counted the tuples.
            for (Map.Entry<Long, Long> size : statistics.tupleSizes().entrySet()) {
                double count = size.getKey();
                sum += size.getValue() * count * (count / n) * log2(count / n);
            }
            this.originalSum = sum;
            double all = 1;
            for (BoundHierarchy hierarchy : statistics.quasiIdentifiers().attributes()) {
                all *= hierarchy.domainSize();
            }
            this.domain = all;
        }

        @Override
        public InformationLoss of(AnonymizedClasses anonymized) {
            EquivalenceClasses classes = anonymized.classes();
            double n = statistics.studied();
            double released = 0;
            for (int c = 0; c < classes.size(); c++) {
                if (classes.count(c) > 0) {
                    double density = anonymized.suppressed()[c]
                            ? anonymized.suppressedRecords() / n / domain
                            : classes.count(c) / n / area(classes, c);
                    released += classes.tupleSquares(c) / n * log2(density);
                }
            }
            return InformationLoss.rounded(originalSum - released);
        }

        private double area(EquivalenceClasses classes, int c) {
            double area = 1;
            for (int i = 0; i < statistics.dimension(); i++) {
                area *= classes.share(c, i)
                        * classes.quasiIdentifiers().attribute(i).domainSize();
            }
            return area;
        }

        private static double log2(double value) {
            return Math.log(value) / LN_2;
        }
    }
}
