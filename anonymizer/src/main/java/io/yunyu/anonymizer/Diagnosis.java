package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.privacy.PrivacyCheck;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import java.util.ArrayList;
import java.util.List;

/**
 * Why there is no solution: for each privacy model by itself, how many records it would suppress at the coarsest allowed
 * transformation, or in the classes that cannot be left uncut.
 *
 * @param failures models that exceed the limit there; empty if only their combination does
 * @param recordsToSuppress records that all models together suppress there
 * @param maxSuppressed greatest number of records that may be suppressed
 */
record Diagnosis(List<Failure> failures, long recordsToSuppress, long maxSuppressed) {
    /** A model and how many records it suppresses. */
    record Failure(String model, long recordsToSuppress) {}

    static Diagnosis of(AnonymizationResult result) {
        EquivalenceClasses classes = result.coarsestClasses();
        List<PrivacyModel> models = result.spec().privacyModels();
        long limit = result.spec().suppressionLimit().records(result.studied().records());
        List<Failure> failures = new ArrayList<>();
        for (PrivacyModel model : models) {
            long records = suppressed(result, List.of(model), classes);
            if (records > limit) {
                failures.add(new Failure(model.label(), records));
            }
        }
        return new Diagnosis(failures, suppressed(result, models, classes), limit);
    }

    /** A model that rejects the transformation as a whole counts as suppressing every record. */
    private static long suppressed(AnonymizationResult result, List<PrivacyModel> models, EquivalenceClasses classes) {
        AnonymizedClasses checked =
                new PrivacyCheck(models, result.studied(), result.studied().records(), (all, c) -> 0).check(classes);
        return checked.isAnonymous()
                ? checked.suppressedRecords()
                : result.studied().records();
    }

    /** What to do next. */
    String advice() {
        if (failures.isEmpty()) {
            return "At the coarsest allowed transformation " + recordsToSuppress + " records must be suppressed, "
                    + maxSuppressed
                    + " may be. Raise suppressionLimit, raise maxLevel of a quasi-identifier, or drop one of"
                    + " the models: only together they fail.";
        }
        List<String> models = failures.stream().map(Failure::model).toList();
        return "At the coarsest allowed transformation " + recordsToSuppress + " records must be suppressed, "
                + maxSuppressed + " may be. Raise suppressionLimit, raise maxLevel of a quasi-identifier, or relax "
                + String.join(", ", models) + ".";
    }
}
