package io.yunyu.anonymizer.classes;

/** Records whose distinct tuples are too many to be held here, and what can be made of them where they are. */
public interface DistantRecords {
    /** Classes of levels. */
    DistantClasses classes();

    /** The tuples themselves, all of whose records are under study. */
    DistantTuples tuples();

    /** The records that are in no class, without their rows; held here if their tuples are few enough. */
    GroupedMicrodata outside(ClassOfTuple classes);

    /**
     * All records in classes that show labels of their own, ordered by their first records. Those in no class are one more,
     * each of whose labels has code 0. The classes cannot be merged any further.
     *
     * @param labels the quasi-identifiers, each with a mixed level
     * @param keys for each class the packed codes of its labels there; all different
     */
    EquivalenceClasses joined(ClassOfTuple classes, QuasiIdentifiers labels, long[][] keys);
}
