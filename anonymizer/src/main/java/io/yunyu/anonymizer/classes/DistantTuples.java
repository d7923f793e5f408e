package io.yunyu.anonymizer.classes;

import java.io.Serializable;
import java.util.List;

/** Distinct tuples that are too many to be held here: what is asked of them is sums over parts, and the tuples of parts that are small enough. */
public interface DistantTuples {
    /** A tuple that is looked at; the same object may be the next one later. */
    interface Tuple {
        /** Code of its value of a quasi-identifier. */
        int code(int attribute);
    }

    /** Puts tuples in parts. Sent to where the tuples are. */
    interface Parts extends Serializable {
        /** The part of a tuple, from 0; negative if it is in none. */
        int partOf(Tuple tuple);
    }

    /**
     * What is in a part.
     *
     * @param cells combinations of a tuple and values with histograms, at least one for each tuple
     * @param squares sum of the squares of the tuples' counts; 0 if it was not asked for
     * @param recordsOfCodes for each quasi-identifier and code how many records have it
     * @param recordsOfValues for each column with histograms and value how many records have it
     */
    record Summary(long cells, long squares, long[][] recordsOfCodes, long[][] recordsOfValues) {
        /** Number of records. */
        public long records() {
            long records = 0;
            for (long of : recordsOfCodes[0]) {
                records += of;
            }
            return records;
        }
    }

    /** Sums up parts {@code 0} to {@code number - 1}. */
    List<Summary> summaries(Parts parts, int number);

    /** The tuples of all parts, with their histograms. */
    EquivalenceClasses tuples(Parts parts);

    /** Most cells, and most regions, that can be held here. */
    long mostHeld();
}
