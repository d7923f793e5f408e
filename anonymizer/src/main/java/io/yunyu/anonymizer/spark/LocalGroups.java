package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.data.InputException;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.unsafe.types.UTF8String;

/**
 * Groups of one run of rows: per group the code of each text column in a dictionary of this run, and the owning unit; with
 * the number of rows and the order of the first. Whoever has many of these agrees on one dictionary and recodes.
 */
final class LocalGroups implements Serializable {
    private static final long serialVersionUID = 1;

    /** Bounds a task's memory: some 40 bytes and the codes for each. */
    private static final int MOST_GROUPS = 1 << 19;

    final String[][] values;
    final long[][] valueCounts;
    final long[][] valueFirst;
    final int[] codes;
    final long[] units;
    final long[] counts;
    final long[] first;

    private LocalGroups(Run run) {
        int columns = run.maps.size();
        values = new String[columns][];
        valueCounts = new long[columns][];
        valueFirst = new long[columns][];
        codes = Arrays.copyOf(run.codes, run.size * columns);
        units = Arrays.copyOf(run.units, run.size);
        counts = Arrays.copyOf(run.counts, run.size);
        first = Arrays.copyOf(run.first, run.size);
        for (int c = 0; c < columns; c++) {
            values[c] = new String[run.maps.get(c).size()];
            valueCounts[c] = new long[values[c].length];
            valueFirst[c] = new long[values[c].length];
            Arrays.fill(valueFirst[c], Long.MAX_VALUE);
            for (Map.Entry<UTF8String, Integer> entry : run.maps.get(c).entrySet()) {
                values[c][entry.getValue()] = entry.getKey().toString();
            }
            for (int group = 0; group < run.size; group++) {
                int code = codes[group * columns + c];
                valueCounts[c][code] += counts[group];
                valueFirst[c][code] = Math.min(valueFirst[c][code], first[group]);
            }
        }
    }

    private LocalGroups(LocalGroups dictionariesOf) {
        values = dictionariesOf.values;
        valueCounts = dictionariesOf.valueCounts;
        valueFirst = dictionariesOf.valueFirst;
        codes = new int[0];
        units = new long[0];
        counts = units;
        first = units;
    }

    /** The dictionaries alone. */
    LocalGroups withoutGroups() {
        return new LocalGroups(this);
    }

    /**
     * Groups rows whose first {@code names.length} columns are text and whose last two are order and unit.
     *
     * @param mostValues most distinct values of a column
     */
    static Iterator<LocalGroups> group(Iterator<InternalRow> rows, String[] names, int mostValues) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public LocalGroups next() {
                Run run = new Run(names, mostValues);
                while (rows.hasNext() && run.size < MOST_GROUPS) {
                    run.add(rows.next());
                }
                return new LocalGroups(run);
            }
        };
    }

    /** A hash table of groups, open addressing. */
    private static final class Run {
        private final String[] names;
        private final int mostValues;
        private final List<Map<UTF8String, Integer>> maps = new ArrayList<>();
        private final int[] scratch;
        private int[] slots = new int[1 << 12];
        private int[] codes;
        private long[] units = new long[1 << 10];
        private long[] counts = new long[1 << 10];
        private long[] first = new long[1 << 10];
        private int size;

        Run(String[] names, int mostValues) {
            this.names = names;
            this.mostValues = mostValues;
            this.scratch = new int[names.length];
            this.codes = new int[names.length << 10];
            for (int c = 0; c < names.length; c++) {
                maps.add(new HashMap<>());
            }
        }

        void add(InternalRow row) {
            for (int c = 0; c < scratch.length; c++) {
                scratch[c] = code(c, row.getUTF8String(c));
            }
            if (row.isNullAt(scratch.length + 1)) {
                throw new InputException(
                        "A record has no value in the column that says whose it is; it may be of a person"
                                + " who is counted already. Leave such records out.");
            }
            long order = row.getLong(scratch.length);
            long unit = row.getLong(scratch.length + 1);
            int slot = hash(scratch, 0, unit) & (slots.length - 1);
            while (slots[slot] != 0) {
                int group = slots[slot] - 1;
                if (units[group] == unit
                        && Arrays.equals(
                                codes,
                                group * scratch.length,
                                (group + 1) * scratch.length,
                                scratch,
                                0,
                                scratch.length)) {
                    counts[group]++;
                    first[group] = Math.min(first[group], order);
                    return;
                }
                slot = (slot + 1) & (slots.length - 1);
            }
            insert(slot, order, unit);
        }

        private int code(int column, UTF8String value) {
            Map<UTF8String, Integer> map = maps.get(column);
            Integer code = map.get(value);
            if (code == null) {
                if (map.size() == mostValues) {
                    throw tooManyValues(names[column], mostValues);
                }
                code = map.size();
                map.put(value.clone(), code);
            }
            return code;
        }

        private void insert(int slot, long order, long unit) {
            if (size == counts.length) {
                codes = Arrays.copyOf(codes, codes.length * 2);
                units = Arrays.copyOf(units, size * 2);
                counts = Arrays.copyOf(counts, size * 2);
                first = Arrays.copyOf(first, size * 2);
            }
            System.arraycopy(scratch, 0, codes, size * scratch.length, scratch.length);
            units[size] = unit;
            counts[size] = 1;
            first[size] = order;
            slots[slot] = ++size;
            if (2 * size > slots.length) {
                rehash();
            }
        }

        private void rehash() {
            slots = new int[slots.length * 2];
            for (int group = 0; group < size; group++) {
                int slot = hash(codes, group * scratch.length, units[group]) & (slots.length - 1);
                while (slots[slot] != 0) {
                    slot = (slot + 1) & (slots.length - 1);
                }
                slots[slot] = group + 1;
            }
        }

        private int hash(int[] from, int at, long unit) {
            long h = unit;
            for (int c = at; c < at + scratch.length; c++) {
                h = (h ^ from[c]) * 0x9E3779B97F4A7C15L;
                h ^= h >>> 29;
            }
            return (int) (h ^ (h >>> 32));
        }
    }

    static InputException tooManyValues(String column, int most) {
        return new InputException("Column '" + column + "' has more than " + most
                + " distinct values. Round or shorten its values first, or leave the column out.");
    }
}
