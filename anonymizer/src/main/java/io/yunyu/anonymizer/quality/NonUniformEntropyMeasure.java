package io.yunyu.anonymizer.quality;

/**
 * Non-uniform entropy: the information, in bits, that generalization takes from each attribute's values (Gionis and
 * Tassa 2009). Without {@code monotonic}, suppressing generalized values costs as well.
 *
 * @param monotonic whether suppression is left out
 * @param normalized whether each attribute is divided by what suppressing it entirely would cost
 */
public record NonUniformEntropyMeasure(boolean monotonic, boolean normalized, LossFactors factors, Aggregate aggregate)
        implements InformationLossMeasure {
    @Override
    public Objective bind(DomainStatistics statistics) {
        return new EntropyObjective(statistics, this);
    }

    @Override
    public String label() {
        return (normalized ? "normalized-entropy(" : "entropy(") + (monotonic ? "monotonic, " : "") + aggregate
                + ", generalizationSuppressionFactor=" + factors.generalizationSuppression() + ")";
    }

    @Override
    public InformationLossMeasure withFactors(LossFactors other) {
        return new NonUniformEntropyMeasure(monotonic, normalized, other, aggregate);
    }
}
