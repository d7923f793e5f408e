package io.yunyu.anonymizer.microaggregation;

/** What stands for the values of a class. Means and median of whole numbers are rounded to whole ones, halves up. */
public enum AggregateFunction {
    /** Sum by count. */
    ARITHMETIC_MEAN,
    /** Geometric mean of the values plus 1, less 1; every value must exceed -1. */
    GEOMETRIC_MEAN,
    /** The middle value, or the mean of the two in the middle. */
    MEDIAN,
    /** The most frequent value; among equals the one that occurs first in the input. */
    MODE,
    /** The most frequent value; among equals one drawn by a given distribution, anew for each class. */
    MODE_WITH_DISTRIBUTION_FALLBACK,
    /** The least and the greatest value in the order of the data type. */
    INTERVAL,
    /** All values in the order of the data type. */
    SET
}
