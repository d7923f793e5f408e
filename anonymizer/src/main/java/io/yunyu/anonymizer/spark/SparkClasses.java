package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.classes.DistantClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import io.yunyu.anonymizer.classes.TupleGroups;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.expressions.Window;
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
    private static final String POPULATION = "p";
    private static final String SQUARES = "q";

    /** Groupings kept besides the tuples. */
    private static final int MOST_KEPT = 6;

    private final QuasiIdentifiers packing;
    private final TupleCoding coding;
    private final List<io.yunyu.anonymizer.data.Column> histogramColumns;
    private final long mostClasses;
    private final Grouping tuples;
    private final double tupleSquares;
    private final List<String> sums;
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
     * @param withPopulation whether {@code cells} tell studied records, {@code n}, from all, {@code p}
     * @param withTupleSquares whether the classes keep the sums of the squares of their tuples' counts
     */
    SparkClasses(
            Dataset<Row> cells,
            QuasiIdentifiers packing,
            TupleCoding coding,
            List<io.yunyu.anonymizer.data.Column> histogramColumns,
            long mostClasses,
            boolean withPopulation,
            boolean withTupleSquares) {
        this.packing = packing;
        this.coding = coding;
        this.histogramColumns = histogramColumns;
        this.mostClasses = mostClasses;
        this.sums = Stream.of("n", withPopulation ? POPULATION : "", withTupleSquares ? SQUARES : "")
                .filter(sum -> !sum.isEmpty())
                .toList();
        Dataset<Row> tupleCells = withTupleSquares ? withSquares(cells) : cells;
        Column squared = functions.col("n").cast("decimal(19,0)");
        Row all = summed(cells, coding.keys(), List.of("n"))
                .where("n > 0")
                .agg(functions.count(functions.lit(1)), functions.sum(squared.multiply(squared)))
                .first();
        this.tuples = new Grouping(new int[packing.dimension()], tupleCells, all.getLong(0));
        this.tupleSquares = all.isNullAt(1) ? 0 : all.getDecimal(1).doubleValue();
    }

    /** Each cell with its part of the square of its tuple's count, so that the sum over a tuple's cells is the square. */
    private Dataset<Row> withSquares(Dataset<Row> cells) {
        if (coding.histograms().isEmpty()) {
            return cells.withColumn(SQUARES, functions.col("n").multiply(functions.col("n")));
        }
        Column count = functions.sum("n").over(Window.partitionBy(SparkGrouping.columns(coding.keys())));
        return cells.withColumn(SQUARES, functions.col("n").multiply(count)).persist(StorageLevel.MEMORY_AND_DISK());
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
    public SortedMap<Long, Long> tupleSizes() {
        SortedMap<Long, Long> sizes = new TreeMap<>();
        Dataset<Row> bySize = summed(tuples.rows, coding.keys(), List.of("n"))
                .where("n > 0")
                .groupBy("n")
                .agg(functions.count(functions.lit(1)));
        LongRows.forEach(bySize, 2, (block, at) -> sizes.put(block[at], block[at + 1]));
        return sizes;
    }

    @Override
    public Formed form(int[] levels, long smallest, long mostBelow) {
        Grouping from = finest(levels);
        Dataset<Row> rows = rolledUp(from, levels).persist(StorageLevel.MEMORY_AND_DISK());
        Dataset<Row> classes = classes(rows);
        Column small = functions.when(functions.col("n").lt(smallest), functions.col("n"));
        Row counted = classes.agg(
                        functions.count(functions.lit(1)), functions.coalesce(functions.sum(small), functions.lit(0L)))
                .first();
        long number = counted.getLong(0);
        long below = counted.getLong(1);
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
        Stream.of(coding.histograms(), sums, List.of("f"))
                .flatMap(List::stream)
                .map(functions::col)
                .forEach(columns::add);
        return summed(
                from.rows.select(columns.toArray(Column[]::new)),
                Stream.concat(coding.keys().stream(), coding.histograms().stream())
                        .toList(),
                sums);
    }

    /** One row per class. */
    private Dataset<Row> classes(Dataset<Row> rows) {
        return coding.histograms().isEmpty() ? rows : summed(rows, coding.keys(), sums);
    }

    private static Dataset<Row> summed(Dataset<Row> rows, List<String> by, List<String> sums) {
        return rows.groupBy(SparkGrouping.columns(by))
                .agg(
                        functions.min("f").as("f"),
                        sums.stream().map(sum -> functions.sum(sum).as(sum)).toArray(Column[]::new));
    }

    private EquivalenceClasses collected(Dataset<Row> classes, Dataset<Row> rows, int[] levels) {
        TupleGroups groups = new TupleGroups(packing, histogramColumns);
        int words = packing.words();
        long[] key = new long[words];
        List<String> columns = new ArrayList<>(coding.keys());
        columns.add("f");
        columns.addAll(sums);
        LongRows.forEach(classes.select(SparkGrouping.columns(columns)), columns.size(), (block, at) -> {
            System.arraycopy(block, at, key, 0, words);
            long count = block[at + words + 1];
            if (sums.contains(POPULATION)) {
                groups.addStudied(key, count, block[at + words + 1 + sums.indexOf(POPULATION)], block[at + words]);
            } else {
                groups.add(key, count, block[at + words]);
            }
            if (sums.contains(SQUARES)) {
                groups.addTupleSquares(block[at + words + 1 + sums.indexOf(SQUARES)]);
            }
        });
        for (int h = 0; h < coding.histograms().size(); h++) {
            CollectedGroups.addHistogram(groups, h, rows.where("n > 0"), coding);
        }
        return groups.classes(levels);
    }

    @Override
    public void close() {
        kept.forEach(grouping -> grouping.rows.unpersist());
        kept.clear();
        tuples.rows.unpersist();
    }

    @Override
    public String toString() {
        return tuples.classes + " tuples on Spark, " + kept.size() + " groupings kept, levels "
                + kept.stream()
                        .map(grouping -> Arrays.toString(grouping.levels))
                        .toList();
    }
}
