package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.classes.EquivalenceClasses;

/**
 * What was cut, with its regions.
 *
 * @param tuples the distinct tuples; where these are not held a class for each region, without labels
 * @param partition numbers the region of each of {@code tuples}
 */
public record DividedTuples(EquivalenceClasses tuples, Partition partition) {}
