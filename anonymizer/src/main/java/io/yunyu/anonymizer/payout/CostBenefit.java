package io.yunyu.anonymizer.payout;

import io.yunyu.anonymizer.data.InputException;

/**
 * Money per record in the publisher's game against an adversary (Wan et al. 2015).
 *
 * @param publisherBenefit what the publisher gains from an unchanged record
 * @param publisherLoss what a successful attack costs the publisher
 * @param adversaryGain what a successful attack gains the adversary
 * @param adversaryCost what an attack costs the adversary
 */
public record CostBenefit(double publisherBenefit, double publisherLoss, double adversaryGain, double adversaryCost) {
    /** ARX's default. */
    public static final CostBenefit DEFAULT = new CostBenefit(1200, 300, 300, 4);

    public CostBenefit {
        if (!(publisherBenefit >= 0 && publisherLoss >= 0 && adversaryGain >= 0 && adversaryCost >= 0)) {
            throw new InputException("costBenefit amounts must not be negative.");
        }
    }

    /** What the publisher expects to lose if each re-identification succeeds with a probability: nothing if no attack pays. */
    public double expectedLoss(double success) {
        return adversaryGain * success > adversaryCost ? publisherLoss * success : 0;
    }

    /** Smallest class whose members are not worth an attack; 1 if no attack gains anything. */
    public int smallestUnattackedClass() {
        if (adversaryGain == 0) {
            return 1;
        }
        if (adversaryCost == 0) {
            return Integer.MAX_VALUE;
        }
        double ratio = adversaryGain / adversaryCost;
        return (int) Math.min(Integer.MAX_VALUE, ratio == Math.rint(ratio) ? ratio + 1 : Math.ceil(ratio));
    }
}
