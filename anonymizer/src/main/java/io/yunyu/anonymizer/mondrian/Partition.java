package io.yunyu.anonymizer.mondrian;

import java.util.BitSet;

/**
 * The regions that the tuples were cut into, numbered from the lowest ranks of the first cut on.
 *
 * @param boxes for each region one after the other the first and the last rank that occurs in it, in each dimension
 * @param suppressed regions that violate a model: there are some only where levels' upper bounds force cuts
 * @param regionOfTuple region of each tuple
 * @param tree the cuts
 * @param cuts number of cuts
 * @param cutsTried number of cuts whose parts were checked against the models
 * @param depth most cuts on the way to a region
 */
public record Partition(
        int[] boxes, BitSet suppressed, int[] regionOfTuple, CutTree tree, long cuts, long cutsTried, int depth) {
    /** Number of regions. */
    public int regions(int dimensions) {
        return boxes.length / (2 * dimensions);
    }
}
