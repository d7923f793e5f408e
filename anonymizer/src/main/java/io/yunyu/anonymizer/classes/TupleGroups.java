package io.yunyu.anonymizer.classes;

import io.yunyu.anonymizer.data.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * Collects the groups of records that were grouped elsewhere, in any order, and makes {@link GroupedMicrodata} of them
 * that do not depend on that order.
 *
 * <p>Tuples are numbered by their first row where rows have an order; else by their codes, read from the first attribute
 * on, and a tuple's rank then stands for its first row.
 */
public final class TupleGroups {
    private static final long NO_ORDER = -1;

    private final QuasiIdentifiers quasiIdentifiers;
    private final List<Column> histogramColumns;
    private final TupleIndex index;
    private final LongList counts = new LongList();
    private final LongList populations = new LongList();
    private final LongList firstRows = new LongList();
    private final LongList units = new LongList();
    private final LongList squares = new LongList();
    private final List<Entries> entries = new ArrayList<>();
    private final Map<Long, int[]> sharedUnits = new HashMap<>();
    private boolean countsUnits;
    private boolean knowsSharedUnits = true;
    private boolean hasSubset;
    private long rows;
    private long studied;

    /** @param histogramColumns columns whose histograms are kept; their dictionaries give the values' codes */
    public TupleGroups(QuasiIdentifiers quasiIdentifiers, List<Column> histogramColumns) {
        this.quasiIdentifiers = quasiIdentifiers;
        this.histogramColumns = List.copyOf(histogramColumns);
        this.index = new TupleIndex(quasiIdentifiers.words(), 1 << 12);
        histogramColumns.forEach(column -> entries.add(new Entries()));
    }

    /**
     * Adds a tuple with its records; each tuple once.
     *
     * @param key packed codes
     * @param firstRow order of its first record; {@link #noOrder()} where rows have none
     */
    public void add(long[] key, long count, long firstRow) {
        add(key, count, count, firstRow);
    }

    /** The same where a research subset was chosen; of its records there may be none. */
    public void addStudied(long[] key, long studiedCount, long population, long firstRow) {
        hasSubset = true;
        add(key, studiedCount, population, firstRow);
    }

    private void add(long[] key, long count, long population, long firstRow) {
        int before = index.size();
        if (index.number(key) < before) {
            throw new IllegalArgumentException("A tuple was added twice.");
        }
        counts.add(count);
        populations.add(population);
        firstRows.add(firstRow);
        rows += population;
        studied += count;
    }

    /** For {@link #add} where rows have no order. */
    public static long noOrder() {
        return NO_ORDER;
    }

    /** Adds how often a tuple's records show a value; the tuple must be there. */
    public void addValue(int histogram, long[] key, int value, long count) {
        Entries of = entries.get(histogram);
        of.tuples.add(known(key));
        of.values.add(value);
        of.counts.add(count);
    }

    /** Says how many privacy units own a tuple's records; for all tuples or none, in the order they were added. */
    public void addUnits(long distinctUnits) {
        countsUnits = true;
        units.add(distinctUnits);
    }

    /**
     * Says that a group is a class of several tuples, and gives the sum of the squares of their counts; for all groups or
     * none, in the order they were added.
     */
    public void addTupleSquares(long sum) {
        squares.add(sum);
    }

    /** Says that a unit owns records of this tuple; for every tuple of each unit that is in several. */
    public void addSharedUnit(long unit, long[] key) {
        int tuple = known(key);
        int[] tuples = sharedUnits.getOrDefault(unit, new int[0]);
        int[] more = Arrays.copyOf(tuples, tuples.length + 1);
        more[tuples.length] = tuple;
        sharedUnits.put(unit, more);
    }

    /** Says that units are counted only: which of them are in several groups is not said, and the groups cannot be merged. */
    public void leaveOutSharedUnits() {
        knowsSharedUnits = false;
    }

    private int known(long[] key) {
        int before = index.size();
        int tuple = index.number(key);
        if (tuple == before) {
            throw new IllegalArgumentException("A tuple is named that was not added.");
        }
        return tuple;
    }

    /** @param tupleSquares whether to keep {@link EquivalenceClasses#tupleSquares} */
    public GroupedMicrodata build(boolean tupleSquares) {
        return GroupedMicrodata.ofTuples(tuples(tupleSquares), histogramColumns, hasSubset, rows, studied);
    }

    /** The groups as the distinct tuples. @param tupleSquares whether to keep {@link EquivalenceClasses#tupleSquares} */
    public EquivalenceClasses tuples(boolean tupleSquares) {
        return classes(new int[quasiIdentifiers.dimension()], tupleSquares);
    }

    /** The groups as classes of a transformation, their keys being codes on its levels. */
    public EquivalenceClasses classes(int[] levels) {
        return classes(levels.clone(), false);
    }

    private EquivalenceClasses classes(int[] levels, boolean tupleSquares) {
        int size = index.size();
        int[] rankOf = ranks();
        int words = quasiIdentifiers.words();
        long[] collected = index.keys();
        long[] keys = new long[size * words];
        long[] sorted = new long[size];
        long[] population = hasSubset ? new long[size] : sorted;
        long[] first = new long[size];
        for (int tuple = 0; tuple < size; tuple++) {
            int rank = rankOf[tuple];
            System.arraycopy(collected, tuple * words, keys, rank * words, words);
            population[rank] = populations.get(tuple);
            sorted[rank] = counts.get(tuple);
            first[rank] = firstRows.get(tuple) == NO_ORDER ? rank : firstRows.get(tuple);
        }
        List<Histograms> histograms = new ArrayList<>();
        for (int i = 0; i < entries.size(); i++) {
            histograms.add(entries.get(i)
                    .histograms(
                            rankOf, size, histogramColumns.get(i).dictionary().size()));
        }
        return new EquivalenceClasses(
                quasiIdentifiers,
                levels,
                keys,
                sorted,
                population,
                first,
                tupleSquares ? squared(sorted) : givenSquares(rankOf),
                List.copyOf(histograms),
                countsUnits ? units(rankOf) : null);
    }

    private static long[] squared(long[] counts) {
        return Arrays.stream(counts)
                .map(count -> Math.multiplyExact(count, count))
                .toArray();
    }

    /** The squares that were given. */
    private long[] givenSquares(int[] rankOf) {
        long[] sorted = new long[squares.size()];
        for (int group = 0; group < sorted.length; group++) {
            sorted[rankOf[group]] = squares.get(group);
        }
        return sorted;
    }

    private int[] ranks() {
        int size = index.size();
        long[] keys = index.keys();
        Integer[] order = new Integer[size];
        Arrays.setAll(order, tuple -> tuple);
        Comparator<Integer> byFirstRow = Comparator.comparingLong(firstRows::get);
        Arrays.sort(order, byFirstRow.thenComparing((a, b) -> byCodes(keys, a, b)));
        int[] rankOf = new int[size];
        for (int rank = 0; rank < size; rank++) {
            rankOf[order[rank]] = rank;
        }
        return rankOf;
    }

    private int byCodes(long[] keys, int a, int b) {
        for (int i = 0; i < quasiIdentifiers.dimension(); i++) {
            int byCode = Integer.compare(quasiIdentifiers.code(keys, a, i), quasiIdentifiers.code(keys, b, i));
            if (byCode != 0) {
                return byCode;
            }
        }
        return 0;
    }

    private ClassUnits units(int[] rankOf) {
        long[] distinct = new long[rankOf.length];
        for (int tuple = 0; tuple < rankOf.length; tuple++) {
            distinct[rankOf[tuple]] = units.get(tuple);
        }
        if (!knowsSharedUnits) {
            return ClassUnits.counted(distinct);
        }
        int[] offsets = new int[sharedUnits.size() + 1];
        int[] classes =
                new int[sharedUnits.values().stream().mapToInt(t -> t.length).sum()];
        int unit = 0;
        int at = 0;
        for (int[] tuples : sharedUnits.values()) {
            for (int tuple : tuples) {
                classes[at++] = rankOf[tuple];
            }
            Arrays.sort(classes, offsets[unit], at);
            offsets[++unit] = at;
        }
        return new ClassUnits(distinct, offsets, classes);
    }

    /** One histogram's entries as they come. */
    private static final class Entries {
        private final LongList tuples = new LongList();
        private final LongList values = new LongList();
        private final LongList counts = new LongList();
        private final LongList populations = new LongList();

        Histograms histograms(int[] rankOf, int size, int domain) {
            int entries = tuples.size();
            int[] offsets = new int[entries + 1];
            int[] codes = new int[entries];
            int[] target = new int[entries];
            for (int entry = 0; entry < entries; entry++) {
                offsets[entry + 1] = entry + 1;
                codes[entry] = (int) values.get(entry);
                target[entry] = rankOf[(int) tuples.get(entry)];
            }
            return new Histograms(offsets, codes, counts.toArray(), domain).rollUp(target, size);
        }
    }

    private static final class LongList {
        private long[] values = new long[64];
        private int size;

        void add(long value) {
            if (size == values.length) {
                values = Arrays.copyOf(values, 2 * size);
            }
            values[size++] = value;
        }

        long get(int at) {
            return values[at];
        }

        int size() {
            return size;
        }

        long[] toArray() {
            return Arrays.copyOf(values, size);
        }
    }
}
