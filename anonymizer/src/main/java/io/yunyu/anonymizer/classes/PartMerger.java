package io.yunyu.anonymizer.classes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Merges parts of the distinct tuples to classes that privacy models can look at: sizes, histograms and privacy units,
 * without labels. A merge costs as much as its tuples hold, whatever the number of all tuples.
 */
public final class PartMerger {
    private final EquivalenceClasses tuples;
    private final boolean countsUnits;
    private final int[] unitOffsets;
    private final int[] unitsOfTuple;
    private final int[] seen;
    private int stamp;
    private final List<long[]> dense = new ArrayList<>();

    public PartMerger(EquivalenceClasses tuples, int histograms) {
        this.tuples = tuples;
        for (int h = 0; h < histograms; h++) {
            dense.add(new long[tuples.histograms(h).domain()]);
        }
        ClassUnits units = tuples.unitsOfClasses();
        this.countsUnits = units != null;
        this.unitOffsets = new int[units == null ? 0 : tuples.size() + 1];
        if (units == null) {
            this.unitsOfTuple = new int[0];
            this.seen = new int[0];
            return;
        }
        units.forEachShared((unit, tuple) -> unitOffsets[tuple + 1]++);
        for (int tuple = 0; tuple < tuples.size(); tuple++) {
            unitOffsets[tuple + 1] += unitOffsets[tuple];
        }
        int[] at = unitOffsets.clone();
        this.unitsOfTuple = new int[unitOffsets[tuples.size()]];
        int[] most = {-1};
        units.forEachShared((unit, tuple) -> {
            unitsOfTuple[at[tuple]++] = unit;
            most[0] = Math.max(most[0], unit);
        });
        this.seen = new int[most[0] + 1];
    }

    /**
     * Merges consecutive parts of an array of tuples.
     *
     * @param members numbers of tuples, the first part beginning at {@code from}
     * @param ends where each part ends, exclusive
     * @return a class per part
     */
    public EquivalenceClasses merge(int[] members, int from, int[] ends) {
        int parts = ends.length;
        long[] counts = new long[parts];
        long[] distinct = new long[countsUnits ? parts : 0];
        int start = from;
        for (int part = 0; part < parts; part++) {
            for (int m = start; m < ends[part]; m++) {
                counts[part] += tuples.count(members[m]);
            }
            if (countsUnits) {
                distinct[part] = units(members, start, ends[part]);
            }
            start = ends[part];
        }
        List<Histograms> merged = new ArrayList<>();
        for (int h = 0; h < dense.size(); h++) {
            merged.add(merged(tuples.histograms(h), dense.get(h), members, from, ends));
        }
        return new EquivalenceClasses(
                tuples.quasiIdentifiers(),
                tuples.levels(),
                new long[0],
                counts,
                counts,
                new long[0],
                new long[0],
                merged,
                countsUnits ? new ClassUnits(distinct, new int[1], new int[0]) : null);
    }

    /** Units of a part; one that owns records of several of its tuples counts once. */
    private long units(int[] members, int from, int to) {
        stamp++;
        long units = 0;
        for (int m = from; m < to; m++) {
            int tuple = members[m];
            units += tuples.units(tuple);
            for (int at = unitOffsets[tuple]; at < unitOffsets[tuple + 1]; at++) {
                int unit = unitsOfTuple[at];
                if (seen[unit] == stamp) {
                    units--;
                } else {
                    seen[unit] = stamp;
                }
            }
        }
        return units;
    }

    private static Histograms merged(Histograms of, long[] dense, int[] members, int from, int[] ends) {
        int entries = 0;
        for (int m = from; m < ends[ends.length - 1]; m++) {
            entries += of.distinct(members[m]);
        }
        int[] touched = new int[Math.min(entries, dense.length)];
        int[] values = new int[entries];
        long[] counts = new long[entries];
        int[] offsets = new int[ends.length + 1];
        int size = 0;
        int start = from;
        for (int part = 0; part < ends.length; part++) {
            int found = 0;
            for (int m = start; m < ends[part]; m++) {
                for (int entry = of.start(members[m]); entry < of.end(members[m]); entry++) {
                    int value = of.value(entry);
                    if (dense[value] == 0) {
                        touched[found++] = value;
                    }
                    dense[value] += of.count(entry);
                }
            }
            Arrays.sort(touched, 0, found);
            for (int i = 0; i < found; i++) {
                values[size] = touched[i];
                counts[size++] = dense[touched[i]];
                dense[touched[i]] = 0;
            }
            offsets[part + 1] = size;
            start = ends[part];
        }
        return new Histograms(offsets, Arrays.copyOf(values, size), Arrays.copyOf(counts, size), dense.length);
    }
}
