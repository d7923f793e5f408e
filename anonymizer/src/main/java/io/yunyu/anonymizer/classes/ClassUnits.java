package io.yunyu.anonymizer.classes;

import io.yunyu.anonymizer.data.Column;
import java.util.Arrays;

/**
 * How many different privacy units each class holds, where a unit may own several records. Exact also after merging: units
 * that are in several classes are remembered with them, so that one is counted once when its classes become one. Where they
 * are {@link #counted} only, classes cannot be merged.
 */
final class ClassUnits {
    private final long[] distinct;
    private final int[] offsets;
    private final int[] classes;
    private final boolean isMergeable;

    /**
     * @param distinct units per class
     * @param offsets where each unit that is in several classes begins in {@code classes}, and the end
     * @param classes the classes of those units, ascending for each
     */
    ClassUnits(long[] distinct, int[] offsets, int[] classes) {
        this(distinct, offsets, classes, true);
    }

    private ClassUnits(long[] distinct, int[] offsets, int[] classes, boolean isMergeable) {
        this.distinct = distinct;
        this.offsets = offsets;
        this.classes = classes;
        this.isMergeable = isMergeable;
    }

    /** Units of which only the number per class is known. */
    static ClassUnits counted(long[] distinct) {
        return new ClassUnits(distinct, new int[1], new int[0], false);
    }

    /** Whether it is known which units are in several classes. */
    boolean isMergeable() {
        return isMergeable;
    }

    /**
     * Units of tuples that were grouped from rows.
     *
     * @param tupleOfRow tuple of each row
     * @param unit one value per privacy unit
     */
    static ClassUnits ofRows(int[] tupleOfRow, int tuples, Column unit) {
        int units = unit.dictionary().size();
        int[] next = new int[units + 1];
        for (int row = 0; row < tupleOfRow.length; row++) {
            next[unit.code(row) + 1]++;
        }
        for (int u = 0; u < units; u++) {
            next[u + 1] += next[u];
        }
        int[] ends = Arrays.copyOfRange(next, 1, units + 1);
        int[] byUnit = new int[tupleOfRow.length];
        for (int row = 0; row < tupleOfRow.length; row++) {
            byUnit[next[unit.code(row)]++] = tupleOfRow[row];
        }
        long[] distinct = new long[tuples];
        int[] offsets = new int[units + 1];
        int[] classes = new int[byUnit.length];
        int shared = 0;
        int size = 0;
        int at = 0;
        for (int u = 0; u < units; u++) {
            int from = size;
            Arrays.sort(byUnit, at, ends[u]);
            for (; at < ends[u]; at++) {
                if (size == from || classes[size - 1] != byUnit[at]) {
                    classes[size++] = byUnit[at];
                    distinct[byUnit[at]]++;
                }
            }
            if (size - from > 1) {
                offsets[++shared] = size;
            } else {
                size = from;
            }
        }
        return new ClassUnits(distinct, Arrays.copyOf(offsets, shared + 1), Arrays.copyOf(classes, size));
    }

    long distinct(int equivalenceClass) {
        return distinct[equivalenceClass];
    }

    long[] distinct() {
        return distinct;
    }

    /** Receives a unit that is in several classes with one of them. */
    interface SharedVisitor {
        void visit(int unit, int equivalenceClass);
    }

    /** Calls {@code visitor} for each class of each unit that is in several; units are numbered from 0. */
    void forEachShared(SharedVisitor visitor) {
        for (int unit = 0; unit + 1 < offsets.length; unit++) {
            for (int i = offsets[unit]; i < offsets[unit + 1]; i++) {
                visitor.visit(unit, classes[i]);
            }
        }
    }

    /** Estimated size in memory. */
    long bytes() {
        return 8L * distinct.length + 4L * (offsets.length + classes.length) + 64;
    }

    /** @throws IllegalStateException if the units are counted only */
    ClassUnits rollUp(int[] mapping, int merged) {
        if (!isMergeable) {
            throw new IllegalStateException("Nobody knows here which units are in several classes.");
        }
        long[] mergedDistinct = new long[merged];
        for (int c = 0; c < distinct.length; c++) {
            if (mapping[c] >= 0) {
                mergedDistinct[mapping[c]] += distinct[c];
            }
        }
        int[] mergedOffsets = new int[offsets.length];
        int[] mergedClasses = new int[classes.length];
        int units = 0;
        int size = 0;
        for (int unit = 0; unit + 1 < offsets.length; unit++) {
            int from = size;
            for (int i = offsets[unit]; i < offsets[unit + 1]; i++) {
                if (mapping[classes[i]] >= 0) {
                    mergedClasses[size++] = mapping[classes[i]];
                }
            }
            size = withoutRepeats(mergedClasses, from, size, mergedDistinct);
            if (size - from > 1) {
                mergedOffsets[++units] = size;
            } else {
                size = from;
            }
        }
        return new ClassUnits(
                mergedDistinct, Arrays.copyOf(mergedOffsets, units + 1), Arrays.copyOf(mergedClasses, size));
    }

    /** Sorts a unit's classes, drops repeats, and takes each repeat off the count of its class; returns the new end. */
    private static int withoutRepeats(int[] classes, int from, int to, long[] distinct) {
        Arrays.sort(classes, from, to);
        int end = from;
        for (int i = from; i < to; i++) {
            if (end > from && classes[end - 1] == classes[i]) {
                distinct[classes[i]]--;
            } else {
                classes[end++] = classes[i];
            }
        }
        return end;
    }
}
