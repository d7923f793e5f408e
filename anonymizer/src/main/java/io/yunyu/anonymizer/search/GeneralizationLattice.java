package io.yunyu.anonymizer.search;

import io.yunyu.anonymizer.data.InputException;
import java.math.BigInteger;

/**
 * All transformations between a least and a greatest level of each quasi-identifier, ordered by generalization. Nodes
 * are numbered so that a coarser node has the greater number.
 */
public final class GeneralizationLattice {
    private final int[] min;
    private final int[] max;
    private final int[] heights;

    /**
     * @param heights greatest level of each hierarchy
     * @throws InputException if a minimum exceeds its maximum
     */
    public GeneralizationLattice(int[] min, int[] max, int[] heights) {
        this.heights = heights.clone();
        this.min = min.clone();
        this.max = max.clone();
        for (int i = 0; i < min.length; i++) {
            if (min[i] < 0 || min[i] > max[i]) {
                throw new InputException("Quasi-identifier " + (i + 1) + ": minLevel " + min[i] + " and maxLevel "
                        + max[i] + " leave no level.");
            }
        }
    }

    public int dimension() {
        return min.length;
    }

    public int min(int attribute) {
        return min[attribute];
    }

    public int max(int attribute) {
        return max[attribute];
    }

    /** Number of transformations. */
    public BigInteger size() {
        BigInteger size = BigInteger.ONE;
        for (int i = 0; i < min.length; i++) {
            size = size.multiply(BigInteger.valueOf(max[i] - min[i] + 1L));
        }
        return size;
    }

    /** The finest transformation. */
    int[] bottom() {
        return min.clone();
    }

    /** The coarsest transformation. */
    int[] top() {
        return max.clone();
    }

    TieBreak tieBreak() {
        return new TieBreak(heights);
    }

    int number(int[] levels) {
        int number = 0;
        for (int i = 0; i < levels.length; i++) {
            number = number * (max[i] - min[i] + 1) + levels[i] - min[i];
        }
        return number;
    }

    int[] levels(int number) {
        int[] levels = new int[min.length];
        int rest = number;
        for (int i = levels.length - 1; i >= 0; i--) {
            int width = max[i] - min[i] + 1;
            levels[i] = min[i] + rest % width;
            rest /= width;
        }
        return levels;
    }

    /** Difference of the numbers of two nodes that differ by one level of an attribute. */
    int[] strides() {
        int[] strides = new int[min.length];
        int stride = 1;
        for (int i = strides.length - 1; i >= 0; i--) {
            strides[i] = stride;
            stride *= max[i] - min[i] + 1;
        }
        return strides;
    }

    /** Calls {@code visitor} for every node finer than or equal to the given one. */
    void forEachFiner(int[] levels, NodeVisitor visitor) {
        walk(min, levels, visitor);
    }

    /** Calls {@code visitor} for every node coarser than or equal to the given one. */
    void forEachCoarser(int[] levels, NodeVisitor visitor) {
        walk(levels, max, visitor);
    }

    private void walk(int[] from, int[] to, NodeVisitor visitor) {
        int[] current = from.clone();
        int[] strides = strides();
        int number = number(current);
        while (true) {
            visitor.visit(number, current);
            int i = current.length - 1;
            while (i >= 0 && current[i] == to[i]) {
                number -= (to[i] - from[i]) * strides[i];
                current[i] = from[i];
                i--;
            }
            if (i < 0) {
                return;
            }
            current[i]++;
            number += strides[i];
        }
    }

    /** Receives nodes; {@code levels} is reused between calls. */
    interface NodeVisitor {
        void visit(int number, int[] levels);
    }
}
