package io.yunyu.anonymizer.classes;

import io.yunyu.anonymizer.data.Column;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Microdata grouped once to their distinct quasi-identifier tuples, with each row's tuple. Everything after works on the
 * tuples: the search needs no row, the output looks a row's tuple up.
 */
public final class GroupedMicrodata {
    private static final int ROWS_AT_ONCE = 1 << 12;

    private final @Nullable EquivalenceClasses tuples;
    private final @Nullable Distant distant;
    private final int[] tupleOfRow;
    private final @Nullable Column unit;
    private final @Nullable BitSet subset;
    private final boolean hasSubset;
    private final List<Column> histogramColumns;
    private final long rowCount;
    private final long studiedCount;

    /** Tuples that are not held: how often each value of the quasi-identifiers occurs, and what can be made of them. */
    private record Distant(QuasiIdentifiers quasiIdentifiers, List<long[]> valueCounts, DistantRecords records) {}

    private GroupedMicrodata(
            @Nullable EquivalenceClasses tuples,
            @Nullable Distant distant,
            int[] tupleOfRow,
            @Nullable Column unit,
            @Nullable BitSet subset,
            boolean hasSubset,
            List<Column> histogramColumns,
            long rowCount,
            long studiedCount) {
        this.tuples = tuples;
        this.distant = distant;
        this.tupleOfRow = tupleOfRow;
        this.unit = unit;
        this.subset = subset;
        this.hasSubset = hasSubset;
        this.histogramColumns = histogramColumns;
        this.rowCount = rowCount;
        this.studiedCount = studiedCount;
    }

    /**
     * Tuples that were grouped elsewhere; there are no rows to look up.
     *
     * @param hasSubset whether the tuples count a research subset, and all records as population
     */
    static GroupedMicrodata ofTuples(
            EquivalenceClasses tuples, List<Column> histogramColumns, boolean hasSubset, long rowCount, long studied) {
        return new GroupedMicrodata(
                tuples, null, new int[0], null, null, hasSubset, List.copyOf(histogramColumns), rowCount, studied);
    }

    /**
     * Records whose distinct tuples are too many to be held here.
     *
     * @param valueCounts how many studied records show each value of each quasi-identifier
     * @param histogramColumns with the counts of the studied records
     * @param hasSubset whether only some of the records are under study
     */
    public static GroupedMicrodata distant(
            QuasiIdentifiers quasiIdentifiers,
            List<long[]> valueCounts,
            List<Column> histogramColumns,
            boolean hasSubset,
            long rowCount,
            DistantRecords records) {
        return new GroupedMicrodata(
                null,
                new Distant(quasiIdentifiers, List.copyOf(valueCounts), records),
                new int[0],
                null,
                null,
                hasSubset,
                List.copyOf(histogramColumns),
                rowCount,
                Arrays.stream(valueCounts.get(0)).sum());
    }

    /** The records of some tuples, without their rows. */
    public GroupedMicrodata restrictedTo(int[] chosen) {
        EquivalenceClasses some = tuples().selected(chosen);
        long records = 0;
        long studied = 0;
        for (int tuple = 0; tuple < chosen.length; tuple++) {
            records += some.population(tuple);
            studied += some.count(tuple);
        }
        return new GroupedMicrodata(some, null, new int[0], null, null, false, histogramColumns, records, studied);
    }

    /**
     * Groups rows.
     *
     * @param columns columns of the quasi-identifiers in their order
     * @param histogramColumns columns to keep histograms of
     * @param rowCount number of rows of every column
     * @param subset rows under study; null for all
     * @param tupleSquares whether to keep {@link EquivalenceClasses#tupleSquares}
     * @param unit one value per privacy unit; null where every record is its own
     */
    public static GroupedMicrodata group(
            QuasiIdentifiers quasiIdentifiers,
            List<Column> columns,
            List<Column> histogramColumns,
            int rowCount,
            @Nullable BitSet subset,
            boolean tupleSquares,
            @Nullable Column unit) {
        int words = quasiIdentifiers.words();
        TupleIndex index = new TupleIndex(words, Math.min(rowCount, 1 << 16));
        int[] tupleOfRow = new int[rowCount];
        // Column by column for some rows: looking tuples up, which waits for memory, then has nothing else between.
        int[] codes = new int[ROWS_AT_ONCE];
        long[] keys = new long[ROWS_AT_ONCE * words];
        int number;
        for (int from = 0; from < rowCount; from += number) {
            number = Math.min(ROWS_AT_ONCE, rowCount - from);
            Arrays.fill(keys, 0);
            for (int i = 0; i < columns.size(); i++) {
                columns.get(i).codes(from, number, codes);
                quasiIdentifiers.put(keys, i, codes, number);
            }
            index.number(keys, number, tupleOfRow, from);
        }
        EquivalenceClasses tuples =
                tuples(quasiIdentifiers, index, tupleOfRow, subset, histogramColumns, tupleSquares, unit);
        return new GroupedMicrodata(
                tuples,
                null,
                tupleOfRow,
                unit,
                subset,
                subset != null,
                List.copyOf(histogramColumns),
                rowCount,
                subset == null ? rowCount : subset.cardinality());
    }

    private static EquivalenceClasses tuples(
            QuasiIdentifiers quasiIdentifiers,
            TupleIndex index,
            int[] tupleOfRow,
            @Nullable BitSet subset,
            List<Column> histogramColumns,
            boolean tupleSquares,
            @Nullable Column unit) {
        int size = index.size();
        long[] population = new long[size];
        long[] counts = subset == null ? population : new long[size];
        long[] firstRows = new long[size];
        Arrays.fill(firstRows, Long.MAX_VALUE);
        for (int row = 0; row < tupleOfRow.length; row++) {
            int tuple = tupleOfRow[row];
            population[tuple]++;
            firstRows[tuple] = Math.min(firstRows[tuple], row);
            if (subset != null && subset.get(row)) {
                counts[tuple]++;
            }
        }
        long[] squares = new long[tupleSquares ? size : 0];
        for (int tuple = 0; tuple < squares.length; tuple++) {
            squares[tuple] = counts[tuple] * counts[tuple];
        }
        int[] studied = subset == null ? tupleOfRow : masked(tupleOfRow, subset);
        List<Histograms> histograms = new ArrayList<>();
        for (Column column : histogramColumns) {
            histograms.add(Histograms.ofRows(
                    studied, size, column::code, column.dictionary().size()));
        }
        return new EquivalenceClasses(
                quasiIdentifiers,
                new int[quasiIdentifiers.dimension()],
                index.keys(),
                counts,
                population,
                firstRows,
                squares,
                List.copyOf(histograms),
                unit == null ? null : ClassUnits.ofRows(tupleOfRow, size, unit));
    }

    private static int[] masked(int[] tupleOfRow, BitSet subset) {
        int[] masked = new int[tupleOfRow.length];
        for (int row = 0; row < masked.length; row++) {
            masked[row] = subset.get(row) ? tupleOfRow[row] : -1;
        }
        return masked;
    }

    /** The distinct tuples: the equivalence classes on level 0. @throws IllegalStateException if they are not held */
    public EquivalenceClasses tuples() {
        EquivalenceClasses here = tuples;
        if (here == null) {
            throw new IllegalStateException("The distinct tuples are too many to be held.");
        }
        return here;
    }

    /** The records whose distinct tuples are not held. @throws IllegalStateException if they are */
    public DistantRecords distantRecords() {
        if (distant == null) {
            throw new IllegalStateException("The distinct tuples are held.");
        }
        return distant.records;
    }

    /** Whether the distinct tuples are held. */
    public boolean holdsTuples() {
        return tuples != null;
    }

    public QuasiIdentifiers quasiIdentifiers() {
        return distant == null ? tuples().quasiIdentifiers() : distant.quasiIdentifiers;
    }

    /** How many studied records show each value of a quasi-identifier. */
    public long[] valueCounts(int attribute) {
        if (distant != null) {
            return distant.valueCounts.get(attribute).clone();
        }
        EquivalenceClasses here = tuples();
        long[] counts = new long[here.quasiIdentifiers().attribute(attribute).cardinality(0)];
        for (int tuple = 0; tuple < here.size(); tuple++) {
            counts[here.code(tuple, attribute)] += here.count(tuple);
        }
        return counts;
    }

    /** How many studied records show each value of a column with histograms. */
    public long[] histogramTotals(int histogram) {
        return distant == null
                ? tuples().histograms(histogram).totals()
                : histogramColumns.get(histogram).counts();
    }

    /** Number of distinct tuples that have studied records. */
    public long tupleCount() {
        return distant == null
                ? IntStream.range(0, tuples().size())
                        .filter(t -> tuples().count(t) > 0)
                        .count()
                : distant.records.classes().tupleCount();
    }

    /** Sum of the squares of the tuples' counts. */
    public double tupleSquares() {
        if (distant != null) {
            return distant.records.classes().tupleSquares();
        }
        double squares = 0;
        for (int tuple = 0; tuple < tuples().size(); tuple++) {
            double count = tuples().count(tuple);
            squares += count * count;
        }
        return squares;
    }

    /** How many distinct tuples have each number of studied records, at least one. */
    public SortedMap<Long, Long> tupleSizes() {
        if (distant != null) {
            return distant.records.classes().tupleSizes();
        }
        SortedMap<Long, Long> sizes = new TreeMap<>();
        for (int tuple = 0; tuple < tuples().size(); tuple++) {
            if (tuples().count(tuple) > 0) {
                sizes.merge(tuples().count(tuple), 1L, Long::sum);
            }
        }
        return sizes;
    }

    /** The classes of a transformation that has few. */
    public EquivalenceClasses classesOf(int[] levels) {
        return classStore(0).classes(levels);
    }

    /** @param heldBytes how much memory coarser groupings may take */
    public ClassStore classStore(long heldBytes) {
        return distant == null
                ? new ClassStore(tuples(), heldBytes)
                : new ClassStore(distant.quasiIdentifiers, distant.records.classes(), heldBytes);
    }

    /** Number of records. */
    public long rowCount() {
        return rowCount;
    }

    /** Whether the rows themselves are here, and not only their groups. */
    public boolean hasRows() {
        return tupleOfRow.length == rowCount;
    }

    /** Number of records under study. */
    public long studiedCount() {
        return studiedCount;
    }

    /** Whether a research subset was chosen. */
    public boolean hasSubset() {
        return hasSubset;
    }

    public boolean isStudied(int row) {
        return subset == null || subset.get(row);
    }

    public int tupleOfRow(int row) {
        return tupleOfRow[row];
    }

    /** A number of the privacy unit that a row belongs to: the row's own where each record is one. */
    public int unitOfRow(int row) {
        return unit == null ? row : unit.code(row);
    }

    /** Columns of the attributes with histograms, in their order. */
    public List<Column> histogramColumns() {
        return histogramColumns;
    }
}
