package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;

/** For each record the number of original tuples of the domain that its released labels could stand for (Goldberger and Tassa 2010). */
public record AmbiguityMeasure() implements InformationLossMeasure {
    @Override
    public Objective bind(DomainStatistics statistics) {
        double all = 1;
        for (BoundHierarchy hierarchy : statistics.quasiIdentifiers().attributes()) {
            all *= hierarchy.domainSize();
        }
        return new AmbiguityObjective(statistics, all);
    }

    @Override
    public String label() {
        return "ambiguity";
    }

    private record AmbiguityObjective(DomainStatistics statistics, double allTuples) implements Objective {
        @Override
        public InformationLoss of(AnonymizedClasses anonymized) {
            return InformationLoss.rounded(sum(anonymized.classes(), anonymized.suppressed()));
        }

        @Override
        public InformationLoss boundOfCoarser(AnonymizedClasses anonymized) {
            return InformationLoss.justBelow(
                    sum(anonymized.classes(), new boolean[anonymized.classes().size()]));
        }

        @Override
        public double lossOfClass(EquivalenceClasses classes, int equivalenceClass) {
            return tuples(classes, equivalenceClass);
        }

        private double sum(EquivalenceClasses classes, boolean[] suppressed) {
            double sum = 0;
            for (int c = 0; c < suppressed.length; c++) {
                if (classes.count(c) > 0) {
                    sum += classes.count(c) * (suppressed[c] ? allTuples : tuples(classes, c));
                }
            }
            return sum;
        }

        private double tuples(EquivalenceClasses classes, int c) {
            double tuples = 1;
            for (int i = 0; i < statistics.dimension(); i++) {
                tuples *= classes.share(c, i)
                        * classes.quasiIdentifiers().attribute(i).domainSize();
            }
            return tuples;
        }
    }
}
