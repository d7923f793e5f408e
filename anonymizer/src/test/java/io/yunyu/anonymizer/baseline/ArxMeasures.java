package io.yunyu.anonymizer.baseline;

import io.yunyu.anonymizer.payout.CostBenefit;
import io.yunyu.anonymizer.quality.Aggregate;
import io.yunyu.anonymizer.quality.AmbiguityMeasure;
import io.yunyu.anonymizer.quality.AverageClassSizeMeasure;
import io.yunyu.anonymizer.quality.DiscernibilityMeasure;
import io.yunyu.anonymizer.quality.EntropyBasedLossMeasure;
import io.yunyu.anonymizer.quality.HeightMeasure;
import io.yunyu.anonymizer.quality.InformationLossMeasure;
import io.yunyu.anonymizer.quality.KullbackLeiblerMeasure;
import io.yunyu.anonymizer.quality.LossFactors;
import io.yunyu.anonymizer.quality.LossMeasure;
import io.yunyu.anonymizer.quality.NonUniformEntropyMeasure;
import io.yunyu.anonymizer.quality.PrecisionMeasure;
import io.yunyu.anonymizer.quality.PublisherPayoutMeasure;
import java.util.Arrays;
import java.util.List;

/** Reads the measures of the baseline. */
final class ArxMeasures {
    private ArxMeasures() {}

    static InformationLossMeasure parse(String text) {
        int open = text.indexOf('(');
        String name = open < 0 ? text : text.substring(0, open);
        List<String> arguments = open < 0
                ? List.of()
                : Arrays.asList(text.substring(open + 1, text.length() - 1).split(","));
        LossFactors factors = arguments.stream()
                .filter(a -> a.startsWith("gs="))
                .map(a -> new LossFactors(Double.parseDouble(a.substring(3))))
                .findFirst()
                .orElse(LossFactors.EVEN);
        boolean monotonic = arguments.stream().anyMatch(a -> a.startsWith("monotonic"));
        return switch (name) {
            // Precomputed variants have the same values.
            case "Loss" -> new LossMeasure(factors, aggregate(arguments, Aggregate.GEOMETRIC_MEAN));
            case "AECS" -> new AverageClassSizeMeasure(factors);
            case "Discernibility" -> new DiscernibilityMeasure(monotonic);
            case "NonUniformEntropy" ->
                new NonUniformEntropyMeasure(monotonic, false, factors, aggregate(arguments, Aggregate.SUM));
            case "NormalizedNonUniformEntropy" ->
                new NonUniformEntropyMeasure(false, true, factors, aggregate(arguments, Aggregate.SUM));
            case "Height" -> new HeightMeasure(aggregate(arguments, Aggregate.SUM));
            case "Precision" ->
                new PrecisionMeasure(monotonic, factors, aggregate(arguments, Aggregate.ARITHMETIC_MEAN));
            case "Ambiguity" -> new AmbiguityMeasure();
            case "EntropyBasedInformationLoss" -> new EntropyBasedLossMeasure(factors);
            case "KLDivergence" -> new KullbackLeiblerMeasure();
            case "PublisherPayout" -> new PublisherPayoutMeasure(CostBenefit.DEFAULT, false, factors);
            default -> throw new Unsupported("measure " + name);
        };
    }

    private static Aggregate aggregate(List<String> arguments, Aggregate absent) {
        return Arrays.stream(Aggregate.values())
                .filter(aggregate -> arguments.contains(aggregate.name()))
                .findFirst()
                .orElse(absent);
    }
}
