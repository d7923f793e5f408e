package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.payout.CostBenefit;
import io.yunyu.anonymizer.quality.Aggregate;
import io.yunyu.anonymizer.quality.AmbiguityMeasure;
import io.yunyu.anonymizer.quality.AverageClassSizeMeasure;
import io.yunyu.anonymizer.quality.ClassificationMeasure;
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
import io.yunyu.anonymizer.quality.StaticMeasure;
import io.yunyu.contract.json.JsonObject;
import java.math.BigDecimal;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/** Reads the objective of a specification. */
final class MeasureReader {
    private static final Set<String> MEMBERS = Set.of(
            "measure",
            "aggregate",
            "generalizationSuppressionFactor",
            "monotonic",
            "precomputed",
            "journalist",
            "losses");

    private MeasureReader() {}

    /** @param responses names of the attributes marked as response */
    static InformationLossMeasure read(JsonObject json, CostBenefit costBenefit, List<String> responses) {
        json.onlyMembers(MEMBERS);
        LossFactors factors = new LossFactors(SpecReader.decimal(json, "generalizationSuppressionFactor", 0.5));
        boolean monotonic = json.boolOr("monotonic", false);
        // Bounds never need classes here, so that a precomputed measure is no other than its original.
        json.boolOr("precomputed", false);
        String measure = json.string("measure");
        return switch (measure) {
            case "loss" -> new LossMeasure(factors, aggregate(json, Aggregate.GEOMETRIC_MEAN));
            case "aecs" -> new AverageClassSizeMeasure(factors);
            case "discernibility" -> new DiscernibilityMeasure(monotonic);
            case "entropy" -> new NonUniformEntropyMeasure(monotonic, false, factors, aggregate(json, Aggregate.SUM));
            case "normalized-entropy" ->
                new NonUniformEntropyMeasure(monotonic, true, factors, aggregate(json, Aggregate.SUM));
            case "height" -> new HeightMeasure(aggregate(json, Aggregate.SUM));
            case "precision" -> new PrecisionMeasure(monotonic, factors, aggregate(json, Aggregate.ARITHMETIC_MEAN));
            case "kl-divergence" -> new KullbackLeiblerMeasure();
            case "ambiguity" -> new AmbiguityMeasure();
            case "entropy-based-loss" -> new EntropyBasedLossMeasure(factors);
            case "publisher-payout" ->
                new PublisherPayoutMeasure(costBenefit, json.boolOr("journalist", false), factors);
            case "classification" -> new ClassificationMeasure(onlyOne(responses), factors);
            case "static" -> new StaticMeasure(losses(json), aggregate(json, Aggregate.SUM));
            default -> throw new InputException("Measure '" + measure + "' is not known, or not supported yet.");
        };
    }

    private static String onlyOne(List<String> responses) {
        if (responses.size() != 1) {
            throw new InputException("Measure classification needs one attribute with \"response\": true, got "
                    + responses.size() + ".");
        }
        return responses.get(0);
    }

    private static Map<String, List<Double>> losses(JsonObject json) {
        Map<String, List<Double>> losses = new TreeMap<>();
        JsonObject tables = json.object("losses");
        for (String attribute : tables.asMap().keySet()) {
            losses.put(attribute, tables.list(attribute, item -> {
                if (item instanceof Long whole) {
                    return whole.doubleValue();
                } else if (item instanceof BigDecimal decimal) {
                    return decimal.doubleValue();
                }
                throw new InputException("objective.losses of '" + attribute + "' must be numbers.");
            }));
        }
        return losses;
    }

    private static Aggregate aggregate(JsonObject json, Aggregate absent) {
        return json.optionalString("aggregate")
                .map(name -> switch (name) {
                    case "sum" -> Aggregate.SUM;
                    case "maximum" -> Aggregate.MAXIMUM;
                    case "arithmetic-mean" -> Aggregate.ARITHMETIC_MEAN;
                    case "geometric-mean" -> Aggregate.GEOMETRIC_MEAN;
                    case "rank" -> Aggregate.RANK;
                    default ->
                        throw new InputException("objective.aggregate '" + name
                                + "' is not known; known are sum, maximum, arithmetic-mean, geometric-mean, rank.");
                })
                .orElse(absent);
    }
}
