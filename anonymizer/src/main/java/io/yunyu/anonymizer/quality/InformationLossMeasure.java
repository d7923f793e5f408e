package io.yunyu.anonymizer.quality;

import java.util.Map;
import java.util.Optional;

/** A measure of information loss with its parameters, to be bound to data. */
public sealed interface InformationLossMeasure
        permits LossMeasure,
                AverageClassSizeMeasure,
                DiscernibilityMeasure,
                NonUniformEntropyMeasure,
                HeightMeasure,
                PrecisionMeasure,
                AmbiguityMeasure,
                EntropyBasedLossMeasure,
                KullbackLeiblerMeasure,
                PublisherPayoutMeasure,
                ClassificationMeasure,
                StaticMeasure {
    Objective bind(DomainStatistics statistics);

    /**
     * Refuses parameters that do not fit the attributes.
     *
     * @param levels number of levels of each quasi-identifier that forms classes
     * @throws io.yunyu.anonymizer.data.InputException that says which
     */
    default void requireFits(Map<String, Integer> levels) {}

    /** Whether the measure compares classes with the original tuples in them. */
    default boolean needsTupleSquares() {
        return false;
    }

    /** The same measure with generalization and suppression weighed otherwise; itself where it does not weigh them. */
    default InformationLossMeasure withFactors(LossFactors factors) {
        return this;
    }

    /** The attribute that the measure's classifier predicts. */
    default Optional<String> responseAttribute() {
        return Optional.empty();
    }

    /** The measure in the words of the specification. */
    String label();
}
