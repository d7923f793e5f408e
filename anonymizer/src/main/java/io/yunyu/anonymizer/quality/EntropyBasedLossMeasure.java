package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;

/**
 * Entropy-based information loss: how many digits of a record's identity in the domain its labels take away, relative to
 * all of them; 0 for an original record, 1 for a suppressed one.
 *
 * @param factors generalization against suppression
 */
public record EntropyBasedLossMeasure(LossFactors factors) implements InformationLossMeasure {
    @Override
    public Objective bind(DomainStatistics statistics) {
        return new EntropyBasedObjective(
                statistics, new EntropyBasedLoss(statistics), factors.generalization(), factors.suppression());
    }

    @Override
    public String label() {
        return "entropy-based-loss(generalizationSuppressionFactor=" + factors.generalizationSuppression() + ")";
    }

    @Override
    public InformationLossMeasure withFactors(LossFactors other) {
        return new EntropyBasedLossMeasure(other);
    }

    private record EntropyBasedObjective(
            DomainStatistics statistics, EntropyBasedLoss loss, double generalizationFactor, double suppressionFactor)
            implements Objective {
        @Override
        public InformationLoss of(AnonymizedClasses anonymized) {
            EquivalenceClasses classes = anonymized.classes();
            double sum = 0;
            for (int c = 0; c < classes.size(); c++) {
                sum += classes.count(c)
                        * (anonymized.suppressed()[c] ? suppressionFactor : generalizationFactor * loss.of(classes, c));
            }
            return InformationLoss.rounded(sum);
        }

        @Override
        public InformationLoss bound(int[] levels) {
            return suppressionFactor < 1
                    ? InformationLoss.LEAST
                    : InformationLoss.justBelow(generalizationFactor * loss.unsuppressed(levels));
        }

        @Override
        public double lossOfClass(EquivalenceClasses classes, int equivalenceClass) {
            return loss.of(classes, equivalenceClass);
        }
    }
}
