package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.GroupingPlan;
import io.yunyu.anonymizer.classes.ClassOfTuple;
import io.yunyu.anonymizer.classes.DistantClasses;
import io.yunyu.anonymizer.classes.DistantRecords;
import io.yunyu.anonymizer.classes.DistantTuples;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import io.yunyu.anonymizer.classes.TupleGroups;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.privacy.ReleaseCriterion;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.RelationalGroupedDataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * What is searched of grouped records: of all, or of those that local recoding has left. Their cells are combinations of a
 * tuple, values with histograms, and a unit or whether under study.
 */
final class SparkCells implements DistantRecords, AutoCloseable {
    /** The square of more has no place in 64 bits. */
    private static final long MOST_SQUARED = 3_037_000_499L;

    private static final String CLASS = "c";

    private final SparkRecords records;
    private final GroupLimits limits;
    private final GroupingPlan plan;
    private final QuasiIdentifiers packing;
    private final TupleCoding coding;
    private final Dataset<Row> cells;
    private @Nullable Dataset<Row> counted;
    private @Nullable SparkClasses classes;
    private @Nullable SparkCells left;
    private @Nullable SparkCells everybody;

    /**
     * @param records where the cells come from; says what {@code u} is
     * @param cells the columns of {@code coding}, {@code u}, {@code n} records, {@code f} order of the first; persisted
     */
    SparkCells(
            SparkRecords records,
            GroupLimits limits,
            GroupingPlan plan,
            QuasiIdentifiers packing,
            TupleCoding coding,
            Dataset<Row> cells) {
        this.records = records;
        this.limits = limits;
        this.plan = plan;
        this.packing = packing;
        this.coding = coding;
        this.cells = cells;
    }

    /**
     * The groups on the driver; or, if there are more than the limit, a way to form coarser ones on Spark.
     *
     * @throws InputException if there are more than the limit and the specification needs them all at once
     */
    GroupedMicrodata grouped() {
        if (!fit()) {
            return distant();
        }
        if (records.studied().isPresent()) {
            return collected().studied();
        }
        return records.unit().isPresent()
                ? collected().withUnits(limits.sharedTuples())
                : collected().all(tupleRows());
    }

    /** All records as if they were under study: their groups on the driver, or a way to form coarser ones on Spark. */
    GroupedMicrodata groupedForAll() {
        if (fit()) {
            return collected().all(tupleRows());
        }
        Dataset<Row> together = byTupleAndValues()
                .agg(functions.sum("n").as("n"), functions.min("f").as("f"))
                .withColumn("u", functions.lit(0L))
                .persist(StorageLevel.MEMORY_AND_DISK());
        SparkCells all = new SparkCells(records.allStudied(), limits, plan, packing, coding, together);
        everybody = all;
        return all.distant();
    }

    /** Lets go of what {@link #groupedForAll} had formed. */
    void closeForAll() {
        if (everybody != null) {
            everybody.close();
            everybody = null;
        }
    }

    private boolean fit() {
        return cells.count() <= limits.groups() || tupleRows().count() <= limits.groups();
    }

    /** One row per distinct tuple: {@code k0…}, {@code n} records, {@code f} order of the first. */
    private Dataset<Row> tupleRows() {
        if (coding.histograms().isEmpty()
                && records.unit().isEmpty()
                && records.studied().isEmpty()) {
            return cells.select(SparkGrouping.columns(Stream.of(coding.keys(), List.of("n", "f"))
                    .flatMap(List::stream)
                    .toList()));
        }
        return cells.groupBy(SparkGrouping.columns(coding.keys()))
                .agg(functions.sum("n").as("n"), functions.min("f").as("f"));
    }

    private CollectedGroups collected() {
        return new CollectedGroups(plan, packing, coding, cells);
    }

    private String manyTuples() {
        return "The quasi-identifiers have more than " + limits.groups()
                + " distinct tuples, which are then searched on Spark; ";
    }

    private GroupedMicrodata distant() {
        long rowCount = cells.agg(functions.sum("n")).first().getLong(0);
        requireFits(rowCount);
        Dataset<Row> summed = counted();
        counted = summed;
        Optional<SparkUnits> units = records.unit().map(unit -> SparkUnits.of(coding.keys(), cells));
        classes = new SparkClasses(plan, packing, coding, summed, units, limits);
        DistantTuples.Summary summary = tuples().summaries(tuple -> 0, 1).get(0);
        List<io.yunyu.anonymizer.data.Column> histograms = new ArrayList<>();
        for (io.yunyu.anonymizer.data.Column column : plan.columnsOf(plan.histograms())) {
            histograms.add(io.yunyu.anonymizer.data.Column.summary(
                    column.name(), column.dictionary(), summary.recordsOfValues()[histograms.size()]));
        }
        return GroupedMicrodata.distant(
                packing,
                List.of(summary.recordsOfCodes()),
                histograms,
                records.studied().isPresent(),
                rowCount,
                this);
    }

    private void requireFits(long rowCount) {
        boolean isMondrian = plan.spec().searchAlgorithm().isMondrian();
        boolean needsSquares = plan.spec().objective().needsTupleSquares();
        String many = manyTuples();
        if (records.unit().isPresent() && isMondrian) {
            throw new InputException(
                    many + "Mondrian counts no persons with several records there. Use another"
                            + " search.algorithm, leave out a quasi-identifier, shorten its values, or search with more memory.");
        } else if (needsSquares && rowCount > MOST_SQUARED) {
            throw new InputException(many + plan.spec().objective().label() + " is computed there for at most "
                    + MOST_SQUARED + " records. Ask for another objective, such as loss.");
        } else if (!isMondrian
                && records.order().isEmpty()
                && plan.spec().privacyModels().stream().anyMatch(model -> model instanceof ReleaseCriterion)) {
            throw new InputException(
                    many + "there a model on the release as a whole needs records that have an order.");
        }
    }

    /** Without {@code u}: with {@code n} records under study, and, where these are not all, {@code p} in all. */
    private Dataset<Row> counted() {
        Dataset<Row> summed;
        if (records.studied().isPresent()) {
            summed = byTupleAndValues()
                    .agg(
                            functions.sum(CollectedGroups.ifStudied()).as("n"),
                            functions.sum("n").as("p"),
                            functions.min("f").as("f"));
        } else if (records.unit().isPresent()) {
            summed = byTupleAndValues()
                    .agg(functions.sum("n").as("n"), functions.min("f").as("f"));
        } else {
            return cells.drop("u");
        }
        return summed.persist(StorageLevel.MEMORY_AND_DISK());
    }

    private RelationalGroupedDataset byTupleAndValues() {
        return cells.groupBy(SparkGrouping.columns(Stream.concat(coding.keys().stream(), coding.histograms().stream())
                .toList()));
    }

    @Override
    public DistantClasses classes() {
        return Objects.requireNonNull(classes);
    }

    @Override
    public DistantTuples tuples() {
        return new SparkTuples(
                Objects.requireNonNull(classes).tupleCells(),
                packing,
                coding,
                plan.columnsOf(plan.histograms()),
                limits.groups());
    }

    @Override
    public GroupedMicrodata outside(ClassOfTuple taken) {
        closeLeft();
        SparkCells others = new SparkCells(
                records,
                limits,
                plan,
                packing,
                coding,
                cells.where(classOf(taken).lt(0)).persist(StorageLevel.MEMORY_AND_DISK()));
        left = others;
        return others.grouped();
    }

    @Override
    public EquivalenceClasses joined(ClassOfTuple rounds, QuasiIdentifiers labels, long[][] keys) {
        Dataset<Row> numbered = cells.withColumn(CLASS, classOf(rounds)).persist(StorageLevel.MEMORY_AND_DISK());
        try {
            return joined(numbered, labels, keys);
        } finally {
            numbered.unpersist();
        }
    }

    private EquivalenceClasses joined(Dataset<Row> numbered, QuasiIdentifiers labels, long[][] keys) {
        TupleGroups groups = new TupleGroups(labels, plan.columnsOf(plan.histograms()));
        boolean someStudied = records.studied().isPresent();
        boolean countsUnits = records.unit().isPresent();
        Column studied = someStudied ? CollectedGroups.ifStudied() : functions.col("n");
        long[] inNoRound = new long[labels.words()];
        LongRows.forEach(
                numbered.groupBy(CLASS)
                        .agg(
                                functions.sum(studied),
                                functions.sum("n"),
                                functions.min("f"),
                                countsUnits
                                        ? functions.count_distinct(functions.col("u"))
                                        : functions.sum(functions.lit(0L))),
                5,
                (block, at) -> {
                    long[] key = block[at] < 0 ? inNoRound : keys[(int) block[at]];
                    if (someStudied) {
                        groups.addStudied(key, block[at + 1], block[at + 2], block[at + 3]);
                    } else {
                        groups.add(key, block[at + 2], block[at + 3]);
                    }
                    if (countsUnits) {
                        groups.addUnits(block[at + 4]);
                    }
                });
        groups.leaveOutSharedUnits();
        for (int h = 0; h < coding.histograms().size(); h++) {
            int histogram = h;
            Dataset<Row> values = (someStudied ? numbered.where("u = 1") : numbered)
                    .groupBy(CLASS, coding.histograms().get(h))
                    .agg(functions.sum("n"));
            LongRows.forEach(values, 3, (block, at) -> {
                long[] key = block[at] < 0 ? inNoRound : keys[(int) block[at]];
                groups.addValue(histogram, key, (int) block[at + 1], block[at + 2]);
            });
        }
        return groups.classes(labels.mixedLevels());
    }

    /** The class of a cell's tuple. Evaluated once for each cell: Spark repeats no such function. */
    private Column classOf(ClassOfTuple classes) {
        Broadcast<ClassOfTuple> shared = JavaSparkContext.fromSparkContext(
                        cells.sparkSession().sparkContext())
                .broadcast(classes);
        return functions
                .udf(new ClassOfKey(shared, new PackedTuple(packing)), DataTypes.IntegerType)
                .asNondeterministic()
                .apply(functions.struct(SparkGrouping.columns(coding.keys())));
    }

    /** Tasks of one process may share what was sent to them. */
    private record ClassOfKey(Broadcast<ClassOfTuple> classes, PackedTuple tuple) implements UDF1<Row, Integer> {
        private static final long serialVersionUID = 1;

        @Override
        public Integer call(Row key) {
            PackedTuple own = tuple.copy();
            for (int w = 0; w < own.key.length; w++) {
                own.key[w] = key.getLong(w);
            }
            return classes.value().of(own.codes());
        }
    }

    private void closeLeft() {
        if (left != null) {
            left.close();
        }
    }

    /** Lets go of what the executors hold. */
    @Override
    public void close() {
        closeLeft();
        closeForAll();
        if (classes != null) {
            classes.close();
        }
        if (counted != null) {
            counted.unpersist();
        }
        cells.unpersist();
    }
}
