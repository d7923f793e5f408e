package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.classes.DistantClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import io.yunyu.anonymizer.classes.TupleGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;

/**
 * Forms the classes of a transformation on Spark: aggregates the smallest grouping kept there that is finer, beginning with
 * the distinct tuples. What comes to the driver is two numbers, and the classes only where they are few and of use.
 *
 * <p>Sums and minima: the same whatever is kept and however it is partitioned.
 */
final class SparkClasses implements DistantClasses, AutoCloseable {
    /** Groupings kept besides the tuples. */
    private static final int MOST_KEPT = 6;

    private final QuasiIdentifiers packing;
    private final TupleCoding coding;
    private final List<io.yunyu.anonymizer.data.Column> histogramColumns;
    private final long mostClasses;
    private final Grouping tuples;
    private final double tupleSquares;
    private final List<Grouping> kept = new ArrayList<>();

    private record Grouping(int[] levels, Dataset<Row> rows, long classes) {
        boolean isFiner(int[] than) {
            for (int i = 0; i < levels.length; i++) {
                if (levels[i] > than[i]) {
                    return false;
                }
            }
            return true;
        }
    }

    /**
     * @param cells the columns of {@code coding}, and {@code n} records, {@code f} order of the first
     * @param mostClasses most classes that come to the driver
     */
    SparkClasses(
            Dataset<Row> cells,
            QuasiIdentifiers packing,
            TupleCoding coding,
            List<io.yunyu.anonymizer.data.Column> histogramColumns,
            long mostClasses) {
        this.packing = packing;
        this.coding = coding;
        this.histogramColumns = histogramColumns;
        this.mostClasses = mostClasses;
        Column squared = functions.col("n").cast("decimal(19,0)");
        Row sums = classes(cells)
                .agg(functions.count(functions.lit(1)), functions.sum(squared.multiply(squared)))
                .first();
        this.tuples = new Grouping(new int[packing.dimension()], cells, sums.getLong(0));
        this.tupleSquares = sums.getDecimal(1).doubleValue();
    }

    @Override
    public long tupleCount() {
        return tuples.classes;
    }

    @Override
    public double tupleSquares() {
        return tupleSquares;
    }

    @Override
    public Formed form(int[] levels, long smallest, long mostBelow) {
        Grouping from = finest(levels);
        Dataset<Row> rows = rolledUp(from, levels).persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> classes = classes(rows);
        Column small = functions.when(functions.col("n").lt(smallest), functions.col("n"));
        Row sums = classes.agg(
                        functions.count(functions.lit(1)), functions.coalesce(functions.sum(small), functions.lit(0L)))
                .first();
        long number = sums.getLong(0);
        long below = sums.getLong(1);
        Formed formed = new Formed(
                below,
                below > mostBelow || number > mostClasses
                        ? Optional.empty()
                        : Optional.of(collected(classes, rows, levels)));
        keepOrLetGo(new Grouping(levels.clone(), rows, number), from);
        return formed;
    }

    private Grouping finest(int[] levels) {
        Grouping finest = tuples;
        for (Grouping candidate : kept) {
            if (candidate.classes < finest.classes && candidate.isFiner(levels)) {
                finest = candidate;
            }
        }
        return finest;
    }

    private void keepOrLetGo(Grouping grouping, Grouping from) {
        if (2 * grouping.classes > from.classes) {
            grouping.rows.unpersist();
            return;
        }
        kept.add(grouping);
        if (kept.size() > MOST_KEPT) {
            kept.remove(0).rows.unpersist();
        }
    }

    /** One row per class and combination of values of the columns with histograms. */
    private Dataset<Row> rolledUp(Grouping from, int[] levels) {
        List<Column> columns = new ArrayList<>();
        for (int word = 0; word < packing.words(); word++) {
            String key = coding.keys().get(word);
            WordRecoding recoding = WordRecoding.of(packing, word, from.levels, levels);
            columns.add(functions
                    .udf(recoding, DataTypes.LongType)
                    .apply(functions.col(key))
                    .as(key));
        }
        Stream.concat(coding.histograms().stream(), Stream.of("n", "f"))
                .map(functions::col)
                .forEach(columns::add);
        return summed(
                from.rows.select(columns.toArray(Column[]::new)),
                Stream.concat(coding.keys().stream(), coding.histograms().stream())
                        .toList());
    }

    /** One row per class. */
    private Dataset<Row> classes(Dataset<Row> rows) {
        return coding.histograms().isEmpty() ? rows : summed(rows, coding.keys());
    }

    private static Dataset<Row> summed(Dataset<Row> rows, List<String> by) {
        return rows.groupBy(SparkGrouping.columns(by))
                .agg(functions.sum("n").as("n"), functions.min("f").as("f"));
    }

    private EquivalenceClasses collected(Dataset<Row> classes, Dataset<Row> rows, int[] levels) {
        TupleGroups groups = new TupleGroups(packing, histogramColumns);
        int words = packing.words();
        long[] key = new long[words];
        List<String> columns = new ArrayList<>(coding.keys());
        columns.addAll(List.of("n", "f"));
        LongRows.forEach(classes.select(SparkGrouping.columns(columns)), words + 2, (block, at) -> {
            System.arraycopy(block, at, key, 0, words);
            groups.add(key, block[at + words], block[at + words + 1]);
        });
        for (int h = 0; h < coding.histograms().size(); h++) {
            SparkGrouping.addHistogram(groups, h, rows, coding);
        }
        return groups.classes(levels);
    }

    @Override
    public void close() {
        kept.forEach(grouping -> grouping.rows.unpersist());
        kept.clear();
    }

    @Override
    public String toString() {
        return tuples.classes + " tuples on Spark, " + kept.size() + " groupings kept, levels "
                + kept.stream()
                        .map(grouping -> Arrays.toString(grouping.levels))
                        .toList();
    }
}
