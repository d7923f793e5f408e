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
    private final int[][] mixedCodes;
    private final int[] mixedLevels;

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
        this.mixedCodes = new int[0][];
        this.mixedLevels = new int[0];
    }

    private BoundHierarchy(BoundHierarchy of, MixedLevel mixed) {
        this.attribute = of.attribute;
        this.codes = of.codes;
        this.labels = mixed.labels();
        this.weights = mixed.weights();
        this.domainWeight = of.domainWeight;
        this.domainSize = of.domainSize;
        this.steps = of.steps;
        this.mixedCodes = mixed.codes();
        this.mixedLevels = mixed.levels();
    }

    /**
     * The same hierarchy with one level more, {@link #mixedLevel()}, that holds the labels of all levels: for records
     * whose levels differ. Labels that read alike are one. Code 0 there is what suppressed records show.
     */
    public BoundHierarchy mixed() {
        return new BoundHierarchy(this, MixedLevel.of(labels, weights, domainWeight));
    }

    /**
     * The same domain with one level more, {@link #mixedLevel()}, that holds given labels, each for some values of the
     * domain: ranges. They have no level of their own. Code 0 there is what suppressed records show.
     *
     * @param ranges labels from code 1 on
     * @param rangeShares part of the domain under each of them, in (0, 1]
     */
    public BoundHierarchy ranged(List<String> ranges, double[] rangeShares) {
        return new BoundHierarchy(this, MixedLevel.ofRanges(labels, weights, domainWeight, ranges, rangeShares));
    }

    /** Whether the labels of the mixed level stand on levels of the hierarchy; else they are ranges. */
    public boolean hasMixedLevels() {
        return mixedLevels.length > 0;
    }

    /** Number of the level with the labels of all levels. */
    public int mixedLevel() {
        return codes.length;
    }

    /** Whether a level is the one with the labels of all levels. */
    public boolean isMixed(int level) {
        return level == codes.length;
    }

    /** Code on the mixed level of a label. */
    public int mixedCode(int level, int code) {
        return mixedCodes[level][code];
    }

    /** The least level on which a label of the mixed level occurs. */
    public int levelOfMixed(int mixedCode) {
        return mixedLevels[mixedCode];
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

    /** Greatest number of labels on a level. */
    public int greatestCardinality() {
        int greatest = 0;
        for (double[] level : weights) {
            greatest = Math.max(greatest, level.length);
        }
        return greatest;
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
