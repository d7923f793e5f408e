package io.yunyu.anonymizer.classes;

import java.util.Optional;
import java.util.SortedMap;

/**
 * Equivalence classes that are formed elsewhere, where the distinct tuples are too many to be held here. Those of a coarser
 * transformation may be few enough.
 */
public interface DistantClasses {
    /**
     * Forms the classes of a transformation.
     *
     * @param smallest least size of a class that may be released
     * @param mostBelow if more records than this are in smaller classes, the classes themselves are of no use
     */
    Formed form(int[] levels, long smallest, long mostBelow);

    /** Number of distinct tuples. */
    long tupleCount();

    /** Sum of the squares of the tuples' counts. */
    double tupleSquares();

    /** How many distinct tuples have each number of records. */
    SortedMap<Long, Long> tupleSizes();

    /**
     * What was formed.
     *
     * @param recordsBelow records in classes smaller than the least size
     * @param classes empty if they are of no use, or more than can be held
     */
    record Formed(long recordsBelow, Optional<EquivalenceClasses> classes) {}
}
