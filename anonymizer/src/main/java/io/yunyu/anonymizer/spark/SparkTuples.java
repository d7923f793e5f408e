package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.classes.DistantTuples;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import io.yunyu.anonymizer.classes.TupleGroups;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/** Distinct tuples on Spark. Sums and minima: the same however they are partitioned. */
final class SparkTuples implements DistantTuples {
    /** Most sums that one task holds: 32 MB. What needs more takes several jobs, unless one part does. */
    private static final int MOST_SUMS = 1 << 22;

    private final Dataset<Row> cells;
    private final QuasiIdentifiers packing;
    private final TupleCoding coding;
    private final List<io.yunyu.anonymizer.data.Column> histogramColumns;
    private final long mostHeld;
    private final boolean squared;

    /**
     * @param cells the columns of {@code coding}, and {@code n} records, {@code f} order of the first; perhaps {@link
     *     SparkClasses#SQUARES}
     */
    SparkTuples(
            Dataset<Row> cells,
            QuasiIdentifiers packing,
            TupleCoding coding,
            List<io.yunyu.anonymizer.data.Column> histogramColumns,
            long mostHeld) {
        this.cells = cells;
        this.packing = packing;
        this.coding = coding;
        this.histogramColumns = histogramColumns;
        this.mostHeld = mostHeld;
        this.squared = Arrays.asList(cells.columns()).contains(SparkClasses.SQUARES);
    }

    @Override
    public long mostHeld() {
        return mostHeld;
    }

    /** Where in a part's sums each attribute begins; the squares and the number of cells come last. */
    private int[] offsets() {
        int[] offsets = new int[packing.dimension() + histogramColumns.size() + 1];
        for (int i = 0; i < offsets.length - 1; i++) {
            offsets[i + 1] = offsets[i]
                    + (i < packing.dimension()
                            ? packing.attribute(i).cardinality(0)
                            : histogramColumns
                                    .get(i - packing.dimension())
                                    .dictionary()
                                    .size());
        }
        return offsets;
    }

    @Override
    public List<Summary> summaries(Parts parts, int number) {
        int[] offsets = offsets();
        int width = width(offsets);
        int atOnce = Math.max(1, MOST_SUMS / width);
        List<Summary> summaries = new ArrayList<>();
        for (int from = 0; from < number; from += atOnce) {
            int to = Math.min(number, from + atOnce);
            long[] sums =
                    sums(new Sum(parts, new PackedTuple(packing), histogramColumns.size(), squared, offsets, from, to));
            for (int part = 0; part < to - from; part++) {
                summaries.add(summary(Arrays.copyOfRange(sums, part * width, (part + 1) * width), offsets));
            }
        }
        return summaries;
    }

    private Summary summary(long[] sums, int[] offsets) {
        long[][] all = new long[offsets.length - 1][];
        for (int i = 0; i < all.length; i++) {
            all[i] = Arrays.copyOfRange(sums, offsets[i], offsets[i + 1]);
        }
        return new Summary(
                sums[sums.length - 1],
                sums[sums.length - 2],
                Arrays.copyOf(all, packing.dimension()),
                Arrays.copyOfRange(all, packing.dimension(), all.length));
    }

    private static int width(int[] offsets) {
        return offsets[offsets.length - 1] + 2;
    }

    private long[] sums(Sum sum) {
        List<String> squares = squared ? List.of(SparkClasses.SQUARES) : List.of();
        List<String> columns = Stream.of(coding.keys(), coding.histograms(), List.of("n"), squares)
                .flatMap(List::stream)
                .toList();
        JavaRDD<InternalRow> rows = cells.select(SparkGrouping.columns(columns))
                .queryExecution()
                .toRdd()
                .toJavaRDD();
        return rows.mapPartitions(part -> {
                    long[] sums = sum.empty();
                    Sum own = sum.forTask();
                    part.forEachRemaining(row -> own.add(row, sums));
                    return List.of(sums).iterator();
                })
                .treeReduce((a, b) -> {
                    for (int i = 0; i < a.length; i++) {
                        a[i] += b[i];
                    }
                    return a;
                });
    }

    @Override
    public EquivalenceClasses tuples(Parts parts) {
        Dataset<Row> wanted = cells.where(functions
                .udf(new Wanted(parts, new PackedTuple(packing)), DataTypes.BooleanType)
                .apply(functions.struct(SparkGrouping.columns(coding.keys()))));
        TupleGroups groups = new TupleGroups(packing, histogramColumns);
        int words = packing.words();
        long[] key = new long[words];
        Dataset<Row> tuples = coding.histograms().isEmpty()
                ? wanted
                : wanted.groupBy(SparkGrouping.columns(coding.keys()))
                        .agg(functions.sum("n").as("n"), functions.min("f").as("f"));
        LongRows.forEach(tuples, words + 2, (block, at) -> {
            System.arraycopy(block, at, key, 0, words);
            groups.add(key, block[at + words], block[at + words + 1]);
        });
        for (int h = 0; h < coding.histograms().size(); h++) {
            CollectedGroups.addHistogram(groups, h, wanted, coding);
        }
        return groups.tuples(squared);
    }

    /** Adds cells to the sums of some parts. */
    private record Sum(Parts parts, PackedTuple tuple, int histograms, boolean squared, int[] offsets, int from, int to)
            implements Serializable {
        private static final long serialVersionUID = 1;

        /** Tasks of one process may share what was sent to them. */
        Sum forTask() {
            return new Sum(parts, tuple.copy(), histograms, squared, offsets, from, to);
        }

        private int width() {
            return SparkTuples.width(offsets);
        }

        long[] empty() {
            return new long[(to - from) * width()];
        }

        void add(InternalRow row, long[] sums) {
            int words = tuple.key.length;
            for (int w = 0; w < words; w++) {
                tuple.key[w] = row.getLong(w);
            }
            int part = parts.partOf(tuple);
            if (part < from || part >= to) {
                return;
            }
            int start = (part - from) * width();
            int dimension = offsets.length - 1 - histograms;
            long records = row.getLong(words + histograms);
            for (int i = 0; i < dimension; i++) {
                sums[start + offsets[i] + tuple.code(i)] += records;
            }
            for (int h = 0; h < histograms; h++) {
                sums[start + offsets[dimension + h] + row.getInt(words + h)] += records;
            }
            if (squared) {
                sums[start + width() - 2] += row.getLong(words + histograms + 1);
            }
            sums[start + width() - 1]++;
        }
    }

    /** Whether a tuple is in a part. */
    private record Wanted(Parts parts, PackedTuple tuple) implements UDF1<Row, Boolean> {
        private static final long serialVersionUID = 1;

        @Override
        public Boolean call(Row key) {
            PackedTuple own = tuple.copy();
            for (int w = 0; w < own.key.length; w++) {
                own.key[w] = key.getLong(w);
            }
            return parts.partOf(own) >= 0;
        }
    }
}
