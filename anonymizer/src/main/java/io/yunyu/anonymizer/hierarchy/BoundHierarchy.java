package io.yunyu.anonymizer.hierarchy;

import java.util.List;

/**
 * A hierarchy over the codes of one column: on each level the labels that the data reach, numbered from 0 in the
 * dictionary's order. Codes on level 0 are the column's own.
 */
public final class BoundHierarchy {
    private final String attribute;
    private final int[][] codes;
    private final List<List<String>> labels;
    private final double[][] weights;
    private final double domainWeight;
    private final int domainSize;
    private final int[][][] steps;

    BoundHierarchy(
            String attribute,
            int[][] codes,
            List<List<String>> labels,
            double[][] weights,
            double domainWeight,
            int domainSize) {
        this.attribute = attribute;
        this.codes = codes;
        this.labels = labels;
        this.weights = weights;
        this.domainWeight = domainWeight;
        this.domainSize = domainSize;
        this.steps = steps(codes, labels);
    }

    public String attribute() {
        return attribute;
    }

    public int levels() {
        return codes.length;
    }

    /** Number of labels that the data reach on a level. */
    public int cardinality(int level) {
        return weights[level].length;
    }

    /** Code on a level of the column's code. */
    public int generalize(int leaf, int level) {
        return codes[level][leaf];
    }

    /** For each code on one level its code on a coarser or equal level. Shared; do not change. */
    public int[] step(int fromLevel, int toLevel) {
        return steps[fromLevel][toLevel];
    }

    public String label(int level, int code) {
        return labels.get(level).get(code);
    }

    /** The part of the domain under a label, in units of {@link #domainWeight()}: without builder the number of values. */
    public double weight(int level, int code) {
        return weights[level][code];
    }

    public double domainWeight() {
        return domainWeight;
    }

    /** Number of values in the hierarchy. */
    public int domainSize() {
        return domainSize;
    }

    /** Part of the domain under a label, in (0, 1]. */
    public double share(int level, int code) {
        return weights[level][code] / domainWeight;
    }

    /** Whether a label says nothing, so that a cell showing it reads like a suppressed one. */
    public boolean isAny(int level, int code) {
        return label(level, code).equals(GeneralizationHierarchy.ANY);
    }

    private static int[][][] steps(int[][] codes, List<List<String>> labels) {
        int[][][] steps = new int[codes.length][codes.length][];
        for (int from = 0; from < codes.length; from++) {
            for (int to = from; to < codes.length; to++) {
                int[] step = new int[labels.get(from).size()];
                for (int leaf = 0; leaf < codes[from].length; leaf++) {
                    step[codes[from][leaf]] = codes[to][leaf];
                }
                steps[from][to] = step;
            }
        }
        return steps;
    }
}
