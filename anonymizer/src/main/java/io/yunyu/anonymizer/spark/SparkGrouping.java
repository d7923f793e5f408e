package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.AttributeSpec;
import io.yunyu.anonymizer.GroupingPlan;
import io.yunyu.anonymizer.RecordSampling;
import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import io.yunyu.anonymizer.classes.TupleGroups;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.privacy.ReleaseCriterion;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.storage.StorageLevel;
import org.jspecify.annotations.Nullable;

/**
 * Groups records in two stages. Each task groups its rows under a dictionary of its own; then all agree on one dictionary
 * and merge their groups. Records are read once, and what travels is groups of codes.
 */
final class SparkGrouping implements AutoCloseable {
    /** The square of more has no place in 64 bits. */
    private static final long MOST_SQUARED = 3_037_000_499L;

    private final SparkRecords records;
    private final GroupLimits limits;
    private final GroupingPlan plan;
    private final QuasiIdentifiers packing;
    private final TupleCoding coding;
    private final JavaRDD<LocalGroups> runs;
    private final Dataset<Row> cells;
    private @Nullable SparkClasses distant;
    private @Nullable Dataset<Row> studied;

    private SparkGrouping(
            SparkRecords records,
            GroupLimits limits,
            GroupingPlan plan,
            QuasiIdentifiers packing,
            TupleCoding coding,
            JavaRDD<LocalGroups> runs,
            Dataset<Row> cells) {
        this.records = records;
        this.limits = limits;
        this.plan = plan;
        this.packing = packing;
        this.coding = coding;
        this.runs = runs;
        this.cells = cells;
    }

    /** @throws InputException if the specification does not fit the records, or a column has too many values */
    static SparkGrouping of(SparkRecords records, AnonymizationSpec spec, GroupLimits limits) {
        spec.attributes().forEach(attribute -> records.text(attribute.name()));
        String[] names = spec.attributes().stream()
                .filter(attribute -> isGrouped(spec, attribute))
                .map(AttributeSpec::name)
                .sorted((a, b) -> Integer.compare(
                        records.names().indexOf(a), records.names().indexOf(b)))
                .toArray(String[]::new);
        JavaRDD<LocalGroups> runs = runs(records, names, limits.values());
        runs.persist(StorageLevel.MEMORY_AND_DISK_SER());
        // In parallel; what follows goes through the runs one after the other.
        TaskRefusal.unwrapped(runs::count);
        List<io.yunyu.anonymizer.data.Column> collected = Dictionaries.collect(
                names,
                runs.map(LocalGroups::withoutGroups).toLocalIterator(),
                limits.values(),
                records.order().isPresent());
        if (collected.isEmpty() || collected.get(0).dictionary().isEmpty()) {
            throw spec.sampling().isPresent()
                    ? RecordSampling.nothingDrawn()
                    : new InputException("The input has a header but no record.");
        }
        GroupingPlan plan = GroupingPlan.ofSummaries(collected, spec);
        QuasiIdentifiers packing = plan.packing();
        TupleCoding coding = new TupleCoding(
                new Dictionaries(plan.table().columns()),
                packing,
                positions(names, plan.quasiIdentifiers()),
                positions(names, plan.histograms()));
        return new SparkGrouping(
                records,
                limits,
                plan,
                packing,
                coding,
                runs,
                merged(records.rows().sparkSession(), runs, coding));
    }

    private static boolean isGrouped(AnonymizationSpec spec, AttributeSpec attribute) {
        return attribute.role() == AttributeRole.QUASI_IDENTIFIER
                || attribute.role() == AttributeRole.SENSITIVE
                || spec.objective().responseAttribute().equals(Optional.of(attribute.name()));
    }

    private static int[] positions(String[] names, List<AttributeSpec> attributes) {
        return attributes.stream()
                .mapToInt(a -> Arrays.asList(names).indexOf(a.name()))
                .toArray();
    }

    private static JavaRDD<LocalGroups> runs(SparkRecords records, String[] names, int mostValues) {
        List<Column> columns = new ArrayList<>();
        for (String name : names) {
            columns.add(records.text(name));
        }
        columns.add(records.order()
                .map(records::column)
                .orElse(functions.lit(TupleGroups.noOrder()))
                .cast("bigint"));
        columns.add(functions.coalesce(
                records.unit()
                        .or(records::studied)
                        .map(records::column)
                        .orElse(functions.lit(0L))
                        .cast("bigint"),
                functions.lit(0L)));
        return records.rows()
                .select(columns.toArray(Column[]::new))
                .queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(rows -> LocalGroups.group(rows, names, mostValues));
    }

    private static Dataset<Row> merged(SparkSession spark, JavaRDD<LocalGroups> runs, TupleCoding coding) {
        Broadcast<TupleCoding> shared =
                JavaSparkContext.fromSparkContext(spark.sparkContext()).broadcast(coding);
        Dataset<Row> rows =
                spark.createDataFrame(runs.flatMap(run -> shared.value().rows(run)), coding.schema());
        Column[] by = Stream.of(coding.keys(), coding.histograms(), List.of("u"))
                .flatMap(List::stream)
                .map(functions::col)
                .toArray(Column[]::new);
        return rows.groupBy(by)
                .agg(functions.sum("n").as("n"), functions.min("f").as("f"))
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    GroupingPlan plan() {
        return plan;
    }

    QuasiIdentifiers packing() {
        return packing;
    }

    /** One row per distinct tuple: {@code k0…}, {@code n} records, {@code f} order of the first. */
    Dataset<Row> tuples() {
        if (coding.histograms().isEmpty()
                && records.unit().isEmpty()
                && records.studied().isEmpty()) {
            return cells.select(columns(List.of(coding.keys(), List.of("n", "f")).stream()
                    .flatMap(List::stream)
                    .toList()));
        }
        return cells.groupBy(columns(coding.keys()))
                .agg(functions.sum("n").as("n"), functions.min("f").as("f"));
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
                : collected().all(tuples());
    }

    /**
     * All records on the driver, as if they were under study.
     *
     * @throws InputException if their groups are more than the limit
     */
    GroupedMicrodata groupedForAll() {
        if (!fit()) {
            throw new InputException(
                    manyTuples() + "levels are not chosen by data there. Choose a generalization, leave out a"
                            + " quasi-identifier, shorten its values, or search with more memory.");
        }
        return collected().all(tuples());
    }

    private CollectedGroups collected() {
        return new CollectedGroups(plan, packing, coding, cells);
    }

    private boolean fit() {
        return cells.count() <= limits.groups() || tuples().count() <= limits.groups();
    }

    private String manyTuples() {
        return "The quasi-identifiers have more than " + limits.groups()
                + " distinct tuples, which are then searched on Spark; ";
    }

    private GroupedMicrodata distant() {
        List<io.yunyu.anonymizer.data.Column> quasiIdentifiers = plan.columnsOf(plan.quasiIdentifiers());
        long rowCount = Arrays.stream(quasiIdentifiers.get(0).counts()).sum();
        boolean needsSquares = plan.spec().objective().needsTupleSquares();
        String many = manyTuples();
        if (records.unit().isPresent()) {
            throw new InputException(many + "persons with several records are not counted there. Leave out a"
                    + " quasi-identifier, shorten its values, or search with more memory.");
        } else if (plan.spec().localRecoding().isPresent()) {
            throw new InputException(many + "localRecoding works on the tuples themselves. Leave it out, or use"
                    + " search.algorithm mondrian.");
        } else if (needsSquares && plan.spec().searchAlgorithm().isMondrian()) {
            throw new InputException(many + plan.spec().objective().label()
                    + " of Mondrian's regions needs them all at once. Ask for another objective, such as loss.");
        } else if (needsSquares && rowCount > MOST_SQUARED) {
            throw new InputException(many + plan.spec().objective().label() + " is computed there for at most "
                    + MOST_SQUARED + " records. Ask for another objective, such as loss.");
        } else if (!plan.spec().searchAlgorithm().isMondrian()
                && records.order().isEmpty()
                && plan.spec().privacyModels().stream().anyMatch(model -> model instanceof ReleaseCriterion)) {
            throw new InputException(
                    many + "there a model on the release as a whole needs records that have an order.");
        }
        List<io.yunyu.anonymizer.data.Column> histograms = plan.columnsOf(plan.histograms());
        Dataset<Row> counted = records.studied().isPresent() ? studiedCells() : cells.drop("u");
        studied = counted;
        distant = new SparkClasses(
                counted,
                packing,
                coding,
                histograms,
                limits.groups(),
                records.studied().isPresent(),
                needsSquares);
        if (records.studied().isPresent()) {
            return GroupedMicrodata.distantSubset(
                    packing, studiedValues(counted), studiedHistograms(counted, histograms), rowCount, distant);
        }
        return GroupedMicrodata.distant(
                packing,
                quasiIdentifiers,
                histograms,
                rowCount,
                distant,
                new SparkTuples(cells.drop("u"), packing, coding, histograms, limits.groups()));
    }

    /** With {@code n} records under study, and {@code p} in all. */
    private Dataset<Row> studiedCells() {
        List<String> by = Stream.concat(coding.keys().stream(), coding.histograms().stream())
                .toList();
        return cells.groupBy(columns(by))
                .agg(
                        functions.sum(CollectedGroups.ifStudied()).as("n"),
                        functions.sum("n").as("p"),
                        functions.min("f").as("f"))
                .persist(StorageLevel.MEMORY_AND_DISK());
    }

    /** How many studied records show each value of each quasi-identifier. */
    private List<long[]> studiedValues(Dataset<Row> counted) {
        List<long[]> values = new ArrayList<>();
        for (int i = 0; i < packing.dimension(); i++) {
            Column code = functions
                    .shiftrightunsigned(functions.col(coding.keys().get(packing.word(i))), packing.shift(i))
                    .bitwiseAND(packing.mask(i));
            values.add(studiedCounts(counted, code, packing.attribute(i).cardinality(0)));
        }
        return values;
    }

    /** The columns with histograms, their values counted among the studied records. */
    private List<io.yunyu.anonymizer.data.Column> studiedHistograms(
            Dataset<Row> counted, List<io.yunyu.anonymizer.data.Column> columns) {
        List<io.yunyu.anonymizer.data.Column> withCounts = new ArrayList<>();
        for (int h = 0; h < columns.size(); h++) {
            io.yunyu.anonymizer.data.Column column = columns.get(h);
            withCounts.add(io.yunyu.anonymizer.data.Column.summary(
                    column.name(),
                    column.dictionary(),
                    studiedCounts(
                            counted,
                            functions.col(coding.histograms().get(h)),
                            column.dictionary().size())));
        }
        return withCounts;
    }

    private static long[] studiedCounts(Dataset<Row> counted, Column code, int values) {
        long[] counts = new long[values];
        Dataset<Row> sums = counted.groupBy(code.cast("bigint").as("v"))
                .agg(functions.sum("n").as("n"));
        LongRows.forEach(sums, 2, (block, at) -> counts[(int) block[at]] = block[at + 1]);
        return counts;
    }

    static Column[] columns(List<String> names) {
        return names.stream().map(functions::col).toArray(Column[]::new);
    }

    /** Lets go of what the executors hold. */
    @Override
    public void close() {
        if (distant != null) {
            distant.close();
        }
        if (studied != null) {
            studied.unpersist();
        }
        cells.unpersist();
        runs.unpersist();
    }
}
