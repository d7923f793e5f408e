package io.yunyu.anonymizer.arx;

import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.quality.Aggregate;
import io.yunyu.anonymizer.quality.AmbiguityMeasure;
import io.yunyu.anonymizer.quality.AverageClassSizeMeasure;
import io.yunyu.anonymizer.quality.DiscernibilityMeasure;
import io.yunyu.anonymizer.quality.EntropyBasedLossMeasure;
import io.yunyu.anonymizer.quality.HeightMeasure;
import io.yunyu.anonymizer.quality.InformationLossMeasure;
import io.yunyu.anonymizer.quality.KullbackLeiblerMeasure;
import io.yunyu.anonymizer.quality.LossMeasure;
import io.yunyu.anonymizer.quality.NonUniformEntropyMeasure;
import io.yunyu.anonymizer.quality.PrecisionMeasure;
import io.yunyu.anonymizer.quality.PublisherPayoutMeasure;
import io.yunyu.anonymizer.quality.StaticMeasure;
import org.deidentifier.arx.metric.Metric;
import org.deidentifier.arx.metric.Metric.AggregateFunction;

/** Objectives in ARX's words. */
final class ArxMeasures {
    private ArxMeasures() {}

    static Metric<?> of(InformationLossMeasure measure) {
        if (measure instanceof LossMeasure m) {
            return Metric.createLossMetric(m.factors().generalizationSuppression(), aggregate(m.aggregate()));
        } else if (measure instanceof AverageClassSizeMeasure m) {
            return Metric.createAECSMetric(m.factors().generalizationSuppression());
        } else if (measure instanceof DiscernibilityMeasure m) {
            return Metric.createDiscernabilityMetric(m.monotonic());
        } else if (measure instanceof NonUniformEntropyMeasure m) {
            return m.normalized()
                    ? Metric.createNormalizedEntropyMetric(aggregate(m.aggregate()))
                    : Metric.createEntropyMetric(
                            m.monotonic(), m.factors().generalizationSuppression(), aggregate(m.aggregate()));
        } else if (measure instanceof HeightMeasure m) {
            return Metric.createHeightMetric(aggregate(m.aggregate()));
        } else if (measure instanceof PrecisionMeasure m) {
            return Metric.createPrecisionMetric(
                    m.monotonic(), m.factors().generalizationSuppression(), aggregate(m.aggregate()));
        } else if (measure instanceof KullbackLeiblerMeasure) {
            return Metric.createKLDivergenceMetric();
        } else if (measure instanceof AmbiguityMeasure) {
            return Metric.createAmbiguityMetric();
        } else if (measure instanceof EntropyBasedLossMeasure m) {
            return Metric.createEntropyBasedInformationLossMetric(m.factors().generalizationSuppression());
        } else if (measure instanceof PublisherPayoutMeasure m) {
            return Metric.createPublisherPayoutMetric(
                    m.journalist(), m.factors().generalizationSuppression());
        } else if (measure instanceof StaticMeasure m) {
            return Metric.createStaticMetric(m.losses(), aggregate(m.aggregate()));
        }
        throw new InputException("Objective " + measure.label() + " is not handed to ARX.");
    }

    private static AggregateFunction aggregate(Aggregate aggregate) {
        return AggregateFunction.valueOf(aggregate.name());
    }
}
