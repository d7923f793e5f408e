package io.yunyu.anonymizer.classes;

/**
 * The equivalence classes of a transformation with the decision which of them are suppressed.
 *
 * @param classes the classes
 * @param suppressed per class whether its records are suppressed
 * @param forced per class whether it would be suppressed in every finer transformation too: the classes it would split
 *     into violate a monotone criterion as well
 * @param suppressedRecords studied records in suppressed classes
 * @param forcedRecords studied records in forced classes
 * @param verdict whether the transformation may be released
 */
public record AnonymizedClasses(
        EquivalenceClasses classes,
        boolean[] suppressed,
        boolean[] forced,
        long suppressedRecords,
        long forcedRecords,
        Verdict verdict) {

    /** What became of a transformation. */
    public enum Verdict {
        /** Every class kept satisfies every model, and the suppression limit is kept. */
        ANONYMOUS,
        /** Too many records must be suppressed; no finer transformation can be anonymous. */
        TOO_FINE,
        /** Too many records must be suppressed here; says nothing about finer transformations. */
        OVER_LIMIT
    }

    public boolean isAnonymous() {
        return verdict == Verdict.ANONYMOUS;
    }

    /** The same with another verdict. */
    public AnonymizedClasses withVerdict(Verdict other) {
        return new AnonymizedClasses(classes, suppressed, forced, suppressedRecords, forcedRecords, other);
    }

    /** Whether a class is released: it has studied records and is not suppressed. */
    public boolean isKept(int equivalenceClass) {
        return !suppressed[equivalenceClass] && classes.count(equivalenceClass) > 0;
    }

    /** The same decision on classes that count privacy units; what is suppressed is counted in records still. */
    public AnonymizedClasses inUnits() {
        return new AnonymizedClasses(classes.inUnits(), suppressed, forced, suppressedRecords, forcedRecords, verdict);
    }

    /** Number of released classes. */
    public int keptClasses() {
        int kept = 0;
        for (int c = 0; c < suppressed.length; c++) {
            kept += isKept(c) ? 1 : 0;
        }
        return kept;
    }
}
