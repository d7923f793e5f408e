package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/**
 * Cut along a hierarchy. Values stand in the order of its leaves, siblings by their text, so that the values under a label
 * are a stretch; a stretch reads as the lowest label above its ends.
 */
final class TreeDimension implements Dimension {
    private final BoundHierarchy hierarchy;
    private final int[] rankOf;
    private final int[] codeOf;
    /** For each level and rank the number of its node, ascending. */
    private final int[][] nodeOf;

    private final int minLevel;
    private final int maxLevel;
    private final double weight;

    TreeDimension(BoundHierarchy hierarchy, int minLevel, int maxLevel, double weight) {
        this.hierarchy = hierarchy;
        this.minLevel = minLevel;
        this.maxLevel = maxLevel;
        this.weight = weight;
        int values = hierarchy.cardinality(0);
        List<Integer> codes = new ArrayList<>();
        for (int code = 0; code < values; code++) {
            codes.add(code);
        }
        Comparator<Integer> byPath = (a, b) -> 0;
        for (int level = hierarchy.levels() - 1; level >= 0; level--) {
            int at = level;
            byPath = byPath.thenComparing(code -> hierarchy.label(at, hierarchy.generalize(code, at)));
        }
        codes.sort(byPath);
        this.codeOf = codes.stream().mapToInt(Integer::intValue).toArray();
        this.rankOf = new int[values];
        this.nodeOf = new int[hierarchy.levels()][values];
        for (int rank = 0; rank < values; rank++) {
            rankOf[codeOf[rank]] = rank;
            for (int level = 0; level < nodeOf.length; level++) {
                boolean same = rank > 0 && code(rank, level) == code(rank - 1, level);
                nodeOf[level][rank] = rank == 0 ? 0 : nodeOf[level][rank - 1] + (same ? 0 : 1);
            }
        }
    }

    private int code(int rank, int level) {
        return hierarchy.generalize(codeOf[rank], level);
    }

    @Override
    public int[] ranks() {
        return rankOf;
    }

    @Override
    public int size() {
        return codeOf.length;
    }

    /** Whether one allowed label covers the stretch. */
    boolean isCovered(int first, int last) {
        return nodeOf[maxLevel][first] == nodeOf[maxLevel][last];
    }

    /** Level of the lowest allowed label that covers a stretch. */
    int level(int first, int last) {
        int level = minLevel;
        while (nodeOf[level][first] != nodeOf[level][last]) {
            level++;
        }
        return level;
    }

    /** Number of the node of a rank on a level, ascending with the ranks. */
    int node(int rank, int level) {
        return nodeOf[level][rank];
    }

    /** Nodes on a level. */
    int nodes(int level) {
        return nodeOf[level][codeOf.length - 1] + 1;
    }

    /** First rank under a node. */
    int start(int node, int level) {
        int rank = Arrays.binarySearch(nodeOf[level], node);
        while (rank > 0 && nodeOf[level][rank - 1] == node) {
            rank--;
        }
        return rank;
    }

    int maxLevel() {
        return maxLevel;
    }

    /** Code of the label on its level. */
    int labelCode(int first, int last) {
        return code(first, level(first, last));
    }

    @Override
    public double width(int first, int last) {
        return nodeOf[minLevel][first] == nodeOf[minLevel][last] ? -1 : weight * share(first, last);
    }

    @Override
    public String label(int first, int last) {
        return hierarchy.label(level(first, last), labelCode(first, last));
    }

    @Override
    public double share(int first, int last) {
        return hierarchy.share(level(first, last), labelCode(first, last));
    }
}
