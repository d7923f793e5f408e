package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.payout.CostBenefit;
import io.yunyu.anonymizer.payout.RecordLoss;

/**
 * Publishing every released record is expected to pay: its benefit, less what generalization takes of it, exceeds the
 * expected loss from attacks (Wan et al. 2015).
 *
 * @param journalist whether the adversary knows the population only, and not who is in the data; needs a research subset
 */
public record Profitability(CostBenefit costBenefit, boolean journalist) implements PrivacyModel {
    @Override
    public String label() {
        return "profitability-" + (journalist ? "journalist" : "prosecutor");
    }

    @Override
    public boolean allowsLocalRecoding() {
        return !journalist;
    }

    @Override
    public boolean needsSubset() {
        return journalist;
    }

    /** Payout of a class, with the domain's size computed once. */
    record Criterion(CostBenefit costBenefit, boolean journalist, RecordLoss loss) implements ClassCriterion {
        @Override
        public boolean isSatisfied(EquivalenceClasses classes, int equivalenceClass) {
            double success =
                    1.0 / (journalist ? classes.population(equivalenceClass) : classes.count(equivalenceClass));
            double kept = 1 - loss.of(classes, equivalenceClass);
            return costBenefit.publisherBenefit() * kept - costBenefit.expectedLoss(success) > 0;
        }

        @Override
        public Merging merging() {
            return Merging.NONE;
        }
    }
}
