package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.classes.ClassOfTuple;

/**
 * Down the cuts to a tuple's region, and from there to its class.
 *
 * @param rankOf for each quasi-identifier and code the rank
 */
public record RegionClasses(CutTree cuts, int[] classOfRegion, int[][] rankOf) implements ClassOfTuple {
    private static final long serialVersionUID = 1;

    @Override
    public int of(int[] codes) {
        return classOfRegion[cuts.regionOf(dimension -> rankOf[dimension][codes[dimension]])];
    }
}
