package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.AttributeSpec;
import io.yunyu.anonymizer.GroupingPlan;
import io.yunyu.anonymizer.RecordSampling;
import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import io.yunyu.anonymizer.classes.TupleGroups;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.InputException;
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

/**
 * Groups records in two stages. Each task groups its rows under a dictionary of its own; then all agree on one dictionary
 * and merge their groups. Records are read once, and what travels is groups of codes.
 */
final class SparkGrouping implements AutoCloseable {
    private final GroupingPlan plan;
    private final JavaRDD<LocalGroups> runs;
    private final SparkCells cells;

    private SparkGrouping(GroupingPlan plan, JavaRDD<LocalGroups> runs, SparkCells cells) {
        this.plan = plan;
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
        Dataset<Row> cells = merged(records.rows().sparkSession(), runs, coding);
        return new SparkGrouping(plan, runs, new SparkCells(records, limits, plan, packing, coding, cells));
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
        columns.add(records.unit()
                .or(records::studied)
                .map(records::column)
                .orElse(functions.lit(0L))
                .cast("bigint"));
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

    /** What is searched. */
    SparkCells cells() {
        return cells;
    }

    static Column[] columns(List<String> names) {
        return names.stream().map(functions::col).toArray(Column[]::new);
    }

    /** Lets go of what the executors hold. */
    @Override
    public void close() {
        cells.close();
        runs.unpersist();
    }
}
