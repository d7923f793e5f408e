package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.Histograms;
import java.util.Optional;

/**
 * Part of the records that a classifier of a response attribute would get wrong: those of another response than their
 * class's most frequent one, all records of a class without a single most frequent one, and suppressed records (Iyengar
 * 2002).
 *
 * @param response the attribute to predict
 * @param factors generalization against suppression
 */
public record ClassificationMeasure(String response, LossFactors factors) implements InformationLossMeasure {
    @Override
    public Objective bind(DomainStatistics statistics) {
        return new ClassificationObjective(
                statistics, factors.generalization(), factors.suppression(), factors.generalizationSuppression());
    }

    @Override
    public Optional<String> responseAttribute() {
        return Optional.of(response);
    }

    @Override
    public String label() {
        return "classification(" + response + ", generalizationSuppressionFactor=" + factors.generalizationSuppression()
                + ")";
    }

    @Override
    public InformationLossMeasure withFactors(LossFactors other) {
        return new ClassificationMeasure(response, other);
    }

    private record ClassificationObjective(
            DomainStatistics statistics, double minority, double noMajority, double suppressed) implements Objective {
        @Override
        public InformationLoss of(AnonymizedClasses anonymized) {
            Histograms responses = anonymized.classes().histograms(statistics.responseHistogram());
            long other = 0;
            long undecided = 0;
            for (int c = 0; c < anonymized.classes().size(); c++) {
                if (anonymized.isKept(c)) {
                    long count = anonymized.classes().count(c);
                    if (responses.hasSingleMode(c)) {
                        other += count - responses.greatestCount(c);
                    } else {
                        undecided += count;
                    }
                }
            }
            double penalty = minority * other + noMajority * undecided + suppressed * anonymized.suppressedRecords();
            double greatest = Math.max(minority, Math.max(noMajority, suppressed));
            return InformationLoss.of(greatest == 0 ? 0 : penalty / (statistics.studied() * greatest));
        }
    }
}
