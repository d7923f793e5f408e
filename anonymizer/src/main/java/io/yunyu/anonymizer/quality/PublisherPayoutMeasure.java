package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.payout.CostBenefit;

/**
 * What the publisher's expected payout falls short of that of unchanged and unattacked records (Wan et al. 2015).
 *
 * @param journalist whether the adversary knows the population only, and not who is in the data
 */
public record PublisherPayoutMeasure(CostBenefit costBenefit, boolean journalist, LossFactors factors)
        implements InformationLossMeasure {
    @Override
    public Objective bind(DomainStatistics statistics) {
        return new PayoutObjective(this, new EntropyBasedLoss(statistics));
    }

    @Override
    public String label() {
        return "publisher-payout(" + (journalist ? "journalist" : "prosecutor") + ")";
    }

    @Override
    public InformationLossMeasure withFactors(LossFactors other) {
        return new PublisherPayoutMeasure(costBenefit, journalist, other);
    }

    private record PayoutObjective(PublisherPayoutMeasure measure, EntropyBasedLoss loss) implements Objective {
        @Override
        public InformationLoss of(AnonymizedClasses anonymized) {
            EquivalenceClasses classes = anonymized.classes();
            double sum = 0;
            for (int c = 0; c < classes.size(); c++) {
                if (classes.count(c) > 0) {
                    sum += classes.count(c)
                            * (anonymized.suppressed()[c]
                                    ? measure.factors.suppression() * measure.costBenefit.publisherBenefit()
                                    : measure.factors.generalization() * shortfall(classes, c));
                }
            }
            return InformationLoss.rounded(sum);
        }

        @Override
        public InformationLoss bound(int[] levels) {
            return measure.factors.suppression() < 1
                    ? InformationLoss.LEAST
                    : InformationLoss.justBelow(measure.factors.generalization()
                            * measure.costBenefit.publisherBenefit()
                            * loss.unsuppressed(levels));
        }

        @Override
        public double lossOfClass(EquivalenceClasses classes, int equivalenceClass) {
            return shortfall(classes, equivalenceClass);
        }

        private double shortfall(EquivalenceClasses classes, int c) {
            double success = 1.0 / (measure.journalist ? classes.population(c) : classes.count(c));
            return measure.costBenefit.publisherBenefit() * loss.of(classes, c)
                    + measure.costBenefit.expectedLoss(success);
        }
    }
}
