package io.yunyu.anonymizer.risk;

import io.yunyu.anonymizer.classes.AnonymizedClasses;

/**
 * Sizes of the released equivalence classes.
 *
 * @param classes number of released classes
 * @param suppressedRecords studied records in suppressed classes
 * @param records released records
 * @param averageSize released records per class; 0 without classes
 * @param minSize smallest released class; 0 without classes
 * @param maxSize largest released class; 0 without classes
 */
public record ClassStatistics(
        long classes, long suppressedRecords, long records, double averageSize, long minSize, long maxSize) {

    public static ClassStatistics of(AnonymizedClasses anonymized) {
        long classes = 0;
        long records = 0;
        long min = Long.MAX_VALUE;
        long max = 0;
        for (int c = 0; c < anonymized.suppressed().length; c++) {
            if (anonymized.isKept(c)) {
                long size = anonymized.classes().count(c);
                classes++;
                records += size;
                min = Math.min(min, size);
                max = Math.max(max, size);
            }
        }
        return new ClassStatistics(
                classes,
                anonymized.suppressedRecords(),
                records,
                classes == 0 ? 0 : (double) records / classes,
                classes == 0 ? 0 : min,
                max);
    }
}
