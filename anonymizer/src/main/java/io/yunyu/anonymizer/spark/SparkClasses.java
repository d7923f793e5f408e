package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.GroupingPlan;
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
    /** A cell's part of the square of its tuple's count. */
    static final String SQUARES = "q";

    /** Number of privacy units. */
    private static final String UNITS = "d";

    /** Groupings kept besides the tuples. */
    private static final int MOST_KEPT = 6;

    private final QuasiIdentifiers packing;
    private final TupleCoding coding;
    private final List<io.yunyu.anonymizer.data.Column> histogramColumns;
    private final GroupLimits limits;
    private final Grouping tuples;
    private final double tupleSquares;
    private final List<String> sums;
    private final List<Grouping> kept = new ArrayList<>();

    /** @param units absent where every record is its own */
    private record Grouping(int[] levels, Dataset<Row> rows, Optional<SparkUnits> units, long classes) {
        void unpersist() {
            rows.unpersist();
            units.ifPresent(SparkUnits::unpersist);
        }

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
     * @param cells the columns of {@code coding}, and {@code n} records, {@code f} order of the first; where only some are
     *     under study {@code n} counts these, and {@code p} all
     * @param units the privacy units of the tuples; absent where every record is its own
     */
    SparkClasses(
            GroupingPlan plan,
            QuasiIdentifiers packing,
            TupleCoding coding,
            Dataset<Row> cells,
            Optional<SparkUnits> units,
            GroupLimits limits) {
        this.packing = packing;
        this.coding = coding;
        this.histogramColumns = plan.columnsOf(plan.histograms());
        this.limits = limits;
        boolean withTupleSquares = plan.spec().objective().needsTupleSquares();
        boolean withPopulation = Arrays.asList(cells.columns()).contains(POPULATION);
        this.sums = Stream.of("n", withPopulation ? POPULATION : "", withTupleSquares ? SQUARES : "")
                .filter(sum -> !sum.isEmpty())
                .toList();
        Dataset<Row> tupleCells = withTupleSquares ? withSquares(cells) : cells;
        Column squared = functions.col("n").cast("decimal(19,0)");
        Row all = summed(cells, coding.keys(), List.of("n"))
                .where("n > 0")
                .agg(functions.count(functions.lit(1)), functions.sum(squared.multiply(squared)))
                .first();
        this.tuples = new Grouping(new int[packing.dimension()], tupleCells, units, all.getLong(0));
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

    /** The cells of the tuples, with {@link #SQUARES} if the objective needs them; they are held until this is closed. */
    Dataset<Row> tupleCells() {
        return tuples.rows;
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
        List<Column> keys = recodedKeys(from.levels, levels);
        Dataset<Row> rows = rolledUp(from.rows, keys).persist(StorageLevel.MEMORY_AND_DISK());
        Optional<SparkUnits> units = from.units.map(of -> of.rolledUp(keys));
        Dataset<Row> classes = classes(rows, units);
        Column size = functions.col(units.isPresent() ? UNITS : "n");
        Column small = functions.when(size.lt(smallest), functions.col("n"));
        Row counted = classes.agg(
                        functions.count(functions.lit(1)), functions.coalesce(functions.sum(small), functions.lit(0L)))
                .first();
        Grouping grouping = new Grouping(levels.clone(), rows, units, counted.getLong(0));
        long below = counted.getLong(1);
        Formed formed = new Formed(
                below,
                below > mostBelow || grouping.classes > limits.groups()
                        ? Optional.empty()
                        : Optional.of(collected(classes, grouping)));
        keepOrLetGo(grouping, from);
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
            grouping.unpersist();
            return;
        }
        kept.add(grouping);
        if (kept.size() > MOST_KEPT) {
            kept.remove(0).unpersist();
        }
    }

    /** The keys of coarser classes. */
    private List<Column> recodedKeys(int[] from, int[] levels) {
        List<Column> keys = new ArrayList<>();
        for (int word = 0; word < packing.words(); word++) {
            String key = coding.keys().get(word);
            WordRecoding recoding = WordRecoding.of(packing, word, from, levels);
            keys.add(functions
                    .udf(recoding, DataTypes.LongType)
                    .apply(functions.col(key))
                    .as(key));
        }
        return keys;
    }

    /** One row per class and combination of values of the columns with histograms. */
    private Dataset<Row> rolledUp(Dataset<Row> finer, List<Column> keys) {
        List<Column> columns = new ArrayList<>(keys);
        Stream.of(coding.histograms(), sums, List.of("f"))
                .flatMap(List::stream)
                .map(functions::col)
                .forEach(columns::add);
        return summed(
                finer.select(columns.toArray(Column[]::new)),
                Stream.concat(coding.keys().stream(), coding.histograms().stream())
                        .toList(),
                sums);
    }

    /** One row per class. */
    private Dataset<Row> classes(Dataset<Row> rows, Optional<SparkUnits> units) {
        Dataset<Row> classes = coding.histograms().isEmpty() ? rows : summed(rows, coding.keys(), sums);
        String[] keys = coding.keys().toArray(String[]::new);
        return units.map(of -> classes.join(of.numbers(), keys, "inner")).orElse(classes);
    }

    private static Dataset<Row> summed(Dataset<Row> rows, List<String> by, List<String> sums) {
        return rows.groupBy(SparkGrouping.columns(by))
                .agg(
                        functions.min("f").as("f"),
                        sums.stream().map(sum -> functions.sum(sum).as(sum)).toArray(Column[]::new));
    }

    private EquivalenceClasses collected(Dataset<Row> classes, Grouping grouping) {
        TupleGroups groups = new TupleGroups(packing, histogramColumns);
        int words = packing.words();
        long[] key = new long[words];
        List<String> columns = new ArrayList<>(coding.keys());
        columns.add("f");
        columns.addAll(sums);
        grouping.units.ifPresent(units -> columns.add(UNITS));
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
            if (grouping.units.isPresent()) {
                groups.addUnits(block[at + columns.size() - 1]);
            }
        });
        grouping.units.ifPresent(units -> addSharedUnits(groups, units));
        for (int h = 0; h < coding.histograms().size(); h++) {
            CollectedGroups.addHistogram(groups, h, grouping.rows.where("n > 0"), coding);
        }
        return groups.classes(grouping.levels);
    }

    /** Where they are too many, coarser classes are formed on Spark too. */
    private void addSharedUnits(TupleGroups groups, SparkUnits units) {
        if (units.inSeveral().count() > limits.sharedTuples()) {
            groups.leaveOutSharedUnits();
            return;
        }
        long[] key = new long[packing.words()];
        LongRows.forEach(units.inSeveral(), key.length + 1, (block, at) -> {
            System.arraycopy(block, at, key, 0, key.length);
            groups.addSharedUnit(block[at + key.length], key);
        });
    }

    @Override
    public void close() {
        kept.forEach(Grouping::unpersist);
        kept.clear();
        tuples.unpersist();
    }

    @Override
    public String toString() {
        return tuples.classes + " tuples on Spark, " + kept.size() + " groupings kept, levels "
                + kept.stream()
                        .map(grouping -> Arrays.toString(grouping.levels))
                        .toList();
    }
}
