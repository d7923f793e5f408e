package io.yunyu.anonymizer.quality;

/**
 * The part of the domain that a released label covers, averaged over records, per attribute and aggregated (Iyengar
 * 2002). 0 for the original data, 1 if everything is suppressed.
 *
 * @param factors generalization against suppression
 * @param aggregate over the attributes
 */
public record LossMeasure(LossFactors factors, Aggregate aggregate) implements InformationLossMeasure {
    /** ARX's default. */
    public static final LossMeasure DEFAULT = new LossMeasure(LossFactors.EVEN, Aggregate.GEOMETRIC_MEAN);

    @Override
    public Objective bind(DomainStatistics statistics) {
        return new LossObjective(statistics, factors, aggregate);
    }

    @Override
    public String label() {
        return "loss(" + aggregate + ", generalizationSuppressionFactor=" + factors.generalizationSuppression() + ")";
    }

    @Override
    public InformationLossMeasure withFactors(LossFactors other) {
        return new LossMeasure(other, aggregate);
    }
}
