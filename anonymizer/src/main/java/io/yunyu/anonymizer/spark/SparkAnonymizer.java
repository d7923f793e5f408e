package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.AnonymizationResult;
import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.Anonymizer;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.anonymizer.privacy.KAnonymity;
import io.yunyu.anonymizer.privacy.PrivacyModel;

/**
 * De-identifies a {@code Dataset<Row>} as {@link Anonymizer} does a table in memory: records are grouped once on Spark, the
 * groups are searched on the driver, and the records are transformed as a distributed map.
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
        requireGroupsSuffice(records, spec);
        try (SparkGrouping grouping = SparkGrouping.of(records, spec, limits)) {
            AnonymizationResult result = Anonymizer.search(grouping.plan(), grouping.grouped());
            return new SparkAnonymization(records, result);
        }
    }

    private static void requireGroupsSuffice(SparkRecords records, AnonymizationSpec spec) {
        if (spec.subset().isPresent()
                || DifferentialPrivacy.among(spec.privacyModels()).isPresent()) {
            throw new InputException(
                    "Models that choose among rows (a subset, or the sample of differential privacy) are"
                            + " not available on Spark. Use the stand-alone command, or leave them out.");
        }
        if (spec.searchAlgorithm().isMondrian()) {
            throw new InputException("search.algorithm mondrian is not available on Spark, where one level for each"
                    + " attribute is searched. Use the stand-alone command, or another algorithm.");
        }
        if (spec.riskSettings().privacyUnit().isPresent()) {
            throw new InputException("On Spark the privacy unit is a column of numbers that the caller names; leave"
                    + " privacyUnit out of the specification.");
        }
        for (PrivacyModel model : spec.privacyModels()) {
            if (records.unit().isPresent() && !looksAtClasses(model)) {
                throw new InputException("Model " + model.label()
                        + " counts records and would take a person's records for several persons. Ask for k-anonymity,"
                        + " l-diversity, t-closeness, delta-disclosure or beta-likeness.");
            }
        }
    }

    /** By their size, which is counted in units, or by what their records show. */
    private static boolean looksAtClasses(PrivacyModel model) {
        return model instanceof KAnonymity || model.sensitiveAttribute().isPresent();
    }
}
