package io.yunyu.anonymizer.mondrian;

/** Where a tuple of quasi-identifiers stands in each dimension. */
public interface TupleRanks {
    int rank(int dimension);
}
