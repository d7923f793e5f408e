package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.classes.EquivalenceClasses;

/** A part of the tuples, as far as whoever looks for its cut has to know it. */
interface Part {
    /** First and last rank that occur in each dimension, one after the other. */
    int[] box();

    /** Receives how many records of a part have a rank. */
    interface RankVisitor {
        void visit(int rank, long records);
    }

    /** Calls {@code visitor} for each rank that occurs, ascending. */
    void forEachRank(int dimension, RankVisitor visitor);

    /** A class for each part that a cut makes: sizes, and histograms where models look at them. */
    EquivalenceClasses divided(Cut cut);

    /**
     * Where the tuples of a middle value are divided, compared in all dimensions from the first on: of the places that
     * leave tuples of that value on both sides and {@code least} records, the one where the smaller side has most; of
     * several the lowest.
     *
     * @return ranks that no tuple of the lower side exceeds; of length 0 if there is no such place
     */
    int[] divisionOf(Middle middle, long least);

    /**
     * The value of an ordered dimension in which half of a part's records is passed.
     *
     * @param before records below it
     * @param upTo records up to it
     * @param all all records
     */
    record Middle(int dimension, int rank, long before, long upTo, long all) {}
}
