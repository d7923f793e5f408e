package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.Anonymizer;
import io.yunyu.anonymizer.GroupingPlan;
import io.yunyu.anonymizer.RecordSampling;
import io.yunyu.anonymizer.ResearchSubset;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.anonymizer.privacy.KAnonymity;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import java.util.Optional;
import java.util.Set;

/**
 * De-identifies a {@code Dataset<Row>} as {@link Anonymizer} does a table in memory: records are grouped once on Spark, the
 * groups are searched on the driver, and the records are transformed as a distributed map. Where the groups are too many
 * for the driver, full-domain search forms classes on Spark, and Mondrian cuts there until parts are small enough.
 *
 * <p>The answer depends on the records and the specification; not on their partitioning, their order, or the number of
 * partitions. With an order column it is the answer that {@link Anonymizer} gives for the records in that order. Without
 * one, where a choice among equals needs an order (which of several classes alike in size and loss a model of the release
 * suppresses first, which of equally frequent values is the mode), it is the order of the values as text.
 *
 * <p>With a unit column, the smallest class is counted in units, and so are the risks; loss and the suppression limit are
 * counted in records. Models on a sensitive attribute look at records.
 */
public final class SparkAnonymizer {
    private SparkAnonymizer() {}

    public static SparkAnonymization anonymize(SparkRecords records, AnonymizationSpec spec) {
        return anonymize(records, spec, GroupLimits.DEFAULT);
    }

    /** @throws InputException if the specification does not fit the records, asks for what needs all rows, or a limit is exceeded */
    public static SparkAnonymization anonymize(SparkRecords records, AnonymizationSpec spec, GroupLimits limits) {
        requireSupported(spec, records.traits());
        SparkRecords studied = StudiedRecords.of(SampledRecords.of(records, spec), spec);
        SparkRecords masked = MaskedRecords.of(studied, spec);
        try (SparkGrouping grouping = SparkGrouping.of(masked, spec, limits)) {
            GroupingPlan plan = DifferentialPrivacy.among(spec.privacyModels())
                    .map(model -> grouping.plan().underDifferentialPrivacy(model, () -> grouping.cells()
                            .groupedForAll()))
                    .orElse(grouping.plan());
            grouping.cells().closeForAll();
            return new SparkAnonymization(
                    masked, Anonymizer.search(plan, grouping.cells().grouped()));
        }
    }

    /**
     * Refuses what cannot be done on Spark. Looks at the specification alone, so that the message says nothing of records.
     *
     * @throws InputException that names it, and what to do
     */
    public static void requireSupported(AnonymizationSpec spec, Set<SparkRecords.Trait> traits) {
        GroupingPlan.requireFitsSummaries(spec);
        if (!traits.contains(SparkRecords.Trait.ORDERED)) {
            requireNothingDrawn(spec, traits.contains(SparkRecords.Trait.DRAWN_BY_KEY));
        }
        if (spec.riskSettings().privacyUnit().isPresent()) {
            throw new InputException("On Spark the privacy unit is a column of numbers that the caller names; leave"
                    + " privacyUnit out of the specification.");
        }
        for (PrivacyModel model : spec.privacyModels()) {
            if (traits.contains(SparkRecords.Trait.COUNT_PERSONS) && !looksAtClasses(model)) {
                throw new InputException("Model " + model.label()
                        + " counts records and would take a person's records for several persons. Ask for k-anonymity,"
                        + " l-diversity, t-closeness, delta-disclosure or beta-likeness.");
            }
        }
    }

    private static void requireNothingDrawn(AnonymizationSpec spec, boolean exceptByKey) {
        Optional<RecordSampling> sampled = spec.sampling();
        if (exceptByKey && sampled.isPresent() && sampled.get().fraction().isEmpty()) {
            throw new InputException(
                    "sampling.records needs records that have an order. Use sampling.fraction, by which"
                            + " persons are drawn with all their records.");
        }
        Optional<String> drawn = sampled.filter(sampling -> !exceptByKey)
                .map(sampling -> "sampling")
                .or(() -> spec.subset()
                        .filter(ResearchSubset.Listed.class::isInstance)
                        .map(subset -> "A research subset whose records are listed"))
                .or(() -> DifferentialPrivacy.among(spec.privacyModels()).map(PrivacyModel::label));
        if (drawn.isPresent()) {
            throw new InputException(drawn.get()
                    + " needs records that have an order: without one nothing says which of them it took when they are"
                    + " read again. Leave it out, or choose the records before they come here.");
        }
    }

    /** By their size, which is counted in units, or by what their records show. */
    private static boolean looksAtClasses(PrivacyModel model) {
        return model instanceof KAnonymity || model.sensitiveAttribute().isPresent();
    }
}
