package io.yunyu.anonymizer.spark;

import io.yunyu.contract.json.Json;
import java.math.BigDecimal;
import java.math.MathContext;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.stream.IntStream;
import org.apache.spark.api.java.function.FlatMapFunction;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.functions;

/** The classes of a differentially private release. All that is told here is computed from them, and so is as private. */
public final class PrivateClasses implements AutoCloseable {
    static final String SIZE = "size";

    private final PrivateRelease release;
    private final Dataset<Row> classes;
    private final long count;
    private final long records;
    private final long minSize;
    private final long maxSize;

    /** @param classes persisted; one row per class: its labels, and {@link #SIZE} */
    PrivateClasses(PrivateRelease release, Dataset<Row> classes) {
        this.release = release;
        this.classes = classes;
        Row row = classes.agg(
                        functions.count(functions.lit(1)),
                        figure(functions.sum(SIZE)),
                        figure(functions.min(SIZE)),
                        figure(functions.max(SIZE)))
                .first();
        this.count = row.getLong(0);
        this.records = row.getLong(1);
        this.minSize = row.getLong(2);
        this.maxSize = row.getLong(3);
    }

    private static Column figure(Column ofSizes) {
        return functions.coalesce(ofSizes, functions.lit(0L));
    }

    /** How many records are released. */
    public long records() {
        return records;
    }

    /** One row per released record, its columns the specification's attributes as text. */
    public Dataset<Row> release() {
        List<PrivateRelease.Shown> shown = release.shown();
        List<Column> labels = release.labels();
        int size = shown.size();
        FlatMapFunction<Row, Row> copies = row ->
                Collections.nCopies(Math.toIntExact(row.getLong(size)), row).iterator();
        return classes.flatMap(copies, Encoders.row(classes.schema()))
                .select(IntStream.range(0, size)
                        .mapToObj(i -> labels.get(i).as(shown.get(i).name()))
                        .toArray(Column[]::new));
    }

    /** The release's figures as JSON, for whoever gets it. */
    public String toJson() {
        List<Object> attributes = new ArrayList<>();
        Map<String, Object> levels = new LinkedHashMap<>();
        double sum = 0;
        for (int i = 0; i < release.shown().size(); i++) {
            PrivateRelease.Shown attribute = release.shown().get(i);
            double granularity = granularity(attribute, release.labels().get(i));
            sum += granularity;
            levels.put(attribute.name(), attribute.level());
            attributes.add(
                    Json.object("attribute", attribute.name(), "granularity", rounded(granularity), "presentCells", 1));
        }
        return Json.write(Json.object(
                "engine",
                "native",
                "mechanism",
                "differential privacy by sampling, fixed generalization and suppression of small classes",
                "basis",
                "Every figure here is computed from the released records alone.",
                "privacyModels",
                List.of(release.model().label()),
                "samplingProbability",
                rounded(release.model().samplingProbability()),
                "smallestClass",
                release.smallestClass(),
                "rows",
                records,
                "transformation",
                levels,
                "equivalenceClasses",
                Json.object(
                        "count",
                        count,
                        "minSize",
                        minSize,
                        "maxSize",
                        maxSize,
                        "averageSize",
                        rounded(count == 0 ? 0 : (double) records / count)),
                "risk",
                Json.object(
                        "prosecutor",
                        Json.object(
                                "highest",
                                rounded(minSize == 0 ? 0 : 1.0 / minSize),
                                "successRate",
                                rounded(records == 0 ? 0 : (double) count / records))),
                "quality",
                Json.object("granularity", rounded(sum / release.shown().size()), "attributes", attributes)));
    }

    /** 1 where every record shows its value, 0 where each shows any. */
    private double granularity(PrivateRelease.Shown attribute, Column label) {
        Map<String, Double> shares = attribute.shares();
        double least = 1.0 / attribute.labels().size();
        double shown = 0;
        for (Row row : classes.groupBy(label).agg(functions.sum(SIZE)).collectAsList()) {
            shown += Objects.requireNonNull(shares.get(row.getString(0))) * row.getLong(1);
        }
        return records == 0 || least == 1 ? 0 : 1 - (shown / records - least) / (1 - least);
    }

    private static BigDecimal rounded(double value) {
        return new BigDecimal(value, MathContext.DECIMAL32);
    }

    @Override
    public void close() {
        classes.unpersist();
    }
}
