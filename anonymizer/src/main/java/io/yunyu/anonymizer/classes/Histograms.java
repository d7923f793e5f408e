package io.yunyu.anonymizer.classes;

import java.util.Arrays;
import java.util.List;

/**
 * For each equivalence class the values of one sensitive attribute that occur in it and how often, values ascending.
 * Sparse, so that an attribute with many values costs what occurs and not what could.
 */
public final class Histograms {
    private final int[] offsets;
    private final int[] values;
    private final long[] counts;
    private final int domain;

    Histograms(int[] offsets, int[] values, long[] counts, int domain) {
        this.offsets = offsets;
        this.values = values;
        this.counts = counts;
        this.domain = domain;
    }

    /** @param totals for each class how many of its records show each value */
    static Histograms ofTotals(List<long[]> totals) {
        int domain = totals.get(0).length;
        int entries = 0;
        for (long[] of : totals) {
            for (long count : of) {
                entries += count > 0 ? 1 : 0;
            }
        }
        Merge merge = new Merge(domain, entries);
        int[] offsets = new int[totals.size() + 1];
        for (int c = 0; c < totals.size(); c++) {
            for (int value = 0; value < domain; value++) {
                if (totals.get(c)[value] > 0) {
                    merge.add(value, totals.get(c)[value]);
                }
            }
            offsets[c + 1] = merge.endClass();
        }
        return merge.histograms(offsets);
    }

    /** The classes of all, one after the other. */
    static Histograms concatenated(List<Histograms> all) {
        int classes = all.stream().mapToInt(one -> one.offsets.length - 1).sum();
        int[] offsets = new int[classes + 1];
        int at = 0;
        for (Histograms one : all) {
            int before = offsets[at];
            for (int c = 1; c < one.offsets.length; c++) {
                offsets[++at] = before + one.offsets[c];
            }
        }
        return new Histograms(
                offsets,
                all.stream().flatMapToInt(one -> Arrays.stream(one.values)).toArray(),
                all.stream().flatMapToLong(one -> Arrays.stream(one.counts)).toArray(),
                all.get(0).domain);
    }

    /** First entry of a class. */
    public int start(int equivalenceClass) {
        return offsets[equivalenceClass];
    }

    /** One past the last entry of a class. */
    public int end(int equivalenceClass) {
        return offsets[equivalenceClass + 1];
    }

    /** Number of distinct values in a class. */
    public int distinct(int equivalenceClass) {
        return end(equivalenceClass) - start(equivalenceClass);
    }

    /** Records of a class that have its most frequent value. */
    public long greatestCount(int equivalenceClass) {
        long greatest = 0;
        for (int entry = start(equivalenceClass); entry < end(equivalenceClass); entry++) {
            greatest = Math.max(greatest, counts[entry]);
        }
        return greatest;
    }

    /** Whether one value of a class is more frequent than every other. */
    public boolean hasSingleMode(int equivalenceClass) {
        long greatest = greatestCount(equivalenceClass);
        int modes = 0;
        for (int entry = start(equivalenceClass); entry < end(equivalenceClass); entry++) {
            modes += counts[entry] == greatest ? 1 : 0;
        }
        return modes == 1;
    }

    public int value(int entry) {
        return values[entry];
    }

    public long count(int entry) {
        return counts[entry];
    }

    /** Estimated size in memory. */
    long bytes() {
        return 4L * offsets.length + 12L * values.length + 64;
    }

    int domain() {
        return domain;
    }

    /** How often each value occurs in all classes together. */
    public long[] totals() {
        long[] totals = new long[domain];
        for (int entry = 0; entry < values.length; entry++) {
            totals[values[entry]] += counts[entry];
        }
        return totals;
    }

    /** Merges the classes that {@code target} sends to the same number; negative ones are left out. */
    Histograms rollUp(int[] target, int targets) {
        int[] firstOf = new int[targets];
        int[] nextOf = new int[target.length];
        Arrays.fill(firstOf, -1);
        for (int source = target.length - 1; source >= 0; source--) {
            if (target[source] >= 0) {
                nextOf[source] = firstOf[target[source]];
                firstOf[target[source]] = source;
            }
        }
        Merge merge = new Merge(domain, values.length);
        int[] mergedOffsets = new int[targets + 1];
        for (int t = 0; t < targets; t++) {
            for (int source = firstOf[t]; source >= 0; source = nextOf[source]) {
                for (int entry = start(source); entry < end(source); entry++) {
                    merge.add(values[entry], counts[entry]);
                }
            }
            mergedOffsets[t + 1] = merge.endClass();
        }
        return merge.histograms(mergedOffsets);
    }

    /** Histograms of rows: {@code classOf} numbers the class of each row, {@code value} its sensitive value; negative classes are left out. */
    static Histograms ofRows(int[] classOf, int classes, RowValue value, int domain) {
        int[] next = new int[classes + 1];
        for (int c : classOf) {
            if (c >= 0) {
                next[c + 1]++;
            }
        }
        for (int c = 0; c < classes; c++) {
            next[c + 1] += next[c];
        }
        int[] ends = Arrays.copyOfRange(next, 1, classes + 1);
        int[] sorted = new int[next[classes]];
        for (int row = 0; row < classOf.length; row++) {
            if (classOf[row] >= 0) {
                sorted[next[classOf[row]]++] = value.of(row);
            }
        }
        Merge merge = new Merge(domain, sorted.length);
        int[] offsets = new int[classes + 1];
        int at = 0;
        for (int c = 0; c < classes; c++) {
            for (; at < ends[c]; at++) {
                merge.add(sorted[at], 1);
            }
            offsets[c + 1] = merge.endClass();
        }
        return merge.histograms(offsets);
    }

    /** The sensitive value of a row. */
    interface RowValue {
        int of(int row);
    }

    /** Collects the entries of one class after the other. */
    private static final class Merge {
        private final long[] dense;
        private final int[] touched;
        private int touchedCount;
        private final int[] values;
        private final long[] counts;
        private int size;

        Merge(int domain, int maxEntries) {
            dense = new long[domain];
            touched = new int[domain];
            values = new int[maxEntries];
            counts = new long[maxEntries];
        }

        void add(int value, long count) {
            if (dense[value] == 0) {
                touched[touchedCount++] = value;
            }
            dense[value] += count;
        }

        int endClass() {
            Arrays.sort(touched, 0, touchedCount);
            for (int i = 0; i < touchedCount; i++) {
                values[size] = touched[i];
                counts[size++] = dense[touched[i]];
                dense[touched[i]] = 0;
            }
            touchedCount = 0;
            return size;
        }

        Histograms histograms(int[] offsets) {
            return new Histograms(offsets, Arrays.copyOf(values, size), Arrays.copyOf(counts, size), dense.length);
        }
    }
}
