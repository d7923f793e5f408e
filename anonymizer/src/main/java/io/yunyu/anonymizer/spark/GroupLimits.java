package io.yunyu.anonymizer.spark;

/**
 * How much comes to the driver.
 *
 * @param groups most distinct quasi-identifier tuples, about 100 bytes each; if there are more, the search forms coarser
 *     classes on Spark, and of these at most as many come
 * @param values most distinct values of one column
 * @param sharedTuples most pairs of a privacy unit and one of its tuples, for units that have several tuples; of units in
 *     several classes that were formed on Spark at most as many pairs come
 */
public record GroupLimits(long groups, int values, long sharedTuples) {
    public static final GroupLimits DEFAULT = new GroupLimits(20_000_000, 1_000_000, 10_000_000);
}
