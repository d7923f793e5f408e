package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.AnonymizationResult;
import io.yunyu.anonymizer.AttributeSpec;
import io.yunyu.anonymizer.ClassLookup;
import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/** What was found for records on Spark, and the records as they may be released. */
public final class SparkAnonymization {
    private static final String ANY = GeneralizationHierarchy.ANY;
    private static final String LABELS = "__labels";

    private final SparkRecords records;
    private final AnonymizationResult result;

    SparkAnonymization(SparkRecords records, AnonymizationResult result) {
        this.records = records;
        this.result = result;
    }

    /** The outcome, for the report. Holds groups, no rows. */
    public AnonymizationResult result() {
        return result;
    }

    /**
     * One row per record, in the partitions that the records came in: its columns as text, generalized or {@code *}, direct
     * identifiers {@code *} or masked, other attributes unchanged or masked; without order and unit. Evaluated lazily, by joins with small
     * tables that are broadcast: the labels of each column, and the classes that are suppressed; where classes have labels of
     * their own, by following the cuts or rounds that led to them, which are broadcast.
     *
     * @throws IllegalStateException if there is no solution
     */
    public Dataset<Row> release() {
        return release(true);
    }

    /** The same without the records that are suppressed. */
    public Dataset<Row> releaseKept() {
        return release(false);
    }

    private Dataset<Row> release(boolean withSuppressed) {
        AnonymizedClasses anonymized = result.outcome()
                .solution()
                .orElseThrow(() -> new IllegalStateException("There is no solution to release."))
                .classes();
        List<String> quasiIdentifiers = result.quasiIdentifiers();
        Dataset<Row> rows = records.rows();
        if (result.classLookup().isPresent()) {
            return byClass(result.classLookup().get(), anonymized, withSuppressed);
        }
        Map<String, Column> generalized = new LinkedHashMap<>();
        for (int i = 0; i < quasiIdentifiers.size(); i++) {
            String name = quasiIdentifiers.get(i);
            BoundHierarchy hierarchy = anonymized.classes().quasiIdentifiers().attribute(i);
            int level = anonymized.classes().level(i);
            if (level == 0) {
                generalized.put(name, records.text(name));
            } else if (hierarchy.cardinality(level) == 1) {
                generalized.put(name, functions.lit(hierarchy.label(level, 0)));
            } else {
                String label = "__label_" + i;
                rows = withLabels(rows, records.text(name), hierarchy, level, label);
                generalized.put(name, functions.col(label));
            }
        }
        return shown(rows, generalized, anonymized, withSuppressed);
    }

    private Dataset<Row> byClass(ClassLookup classes, AnonymizedClasses anonymized, boolean withSuppressed) {
        List<String> labelled = result.spec().attributes().stream()
                .filter(attribute -> attribute.role() == AttributeRole.QUASI_IDENTIFIER)
                .map(AttributeSpec::name)
                .toList();
        LabelLookup lookup = LabelLookup.of(
                classes, anonymized, labelled.stream().map(result::labels).toList());
        Column[] values = classes.columns().stream()
                .map(column -> records.text(column.name()))
                .toArray(Column[]::new);
        Dataset<Row> marked = records.rows().withColumn(LABELS, lookup.onSpark(records.rows(), values));
        Column inNoClass = functions.col(LABELS).isNull();
        Column suppressed = records.studied().isPresent() ? inNoClass.or(isNotStudied()) : inNoClass;
        Dataset<Row> wanted = withSuppressed ? marked : marked.where(functions.not(suppressed));
        return wanted.select(records.names().stream()
                .map(name -> {
                    int label = labelled.indexOf(name);
                    Column shown = functions.col(LABELS).getItem(label);
                    return (label < 0
                                    ? released(name)
                                    : functions
                                            .when(suppressed, functions.lit(ANY))
                                            .otherwise(shown))
                            .as(name);
                })
                .toArray(Column[]::new));
    }

    private static Dataset<Row> withLabels(
            Dataset<Row> rows, Column text, BoundHierarchy hierarchy, int level, String label) {
        List<Row> pairs = new ArrayList<>();
        for (int leaf = 0; leaf < hierarchy.cardinality(0); leaf++) {
            pairs.add(RowFactory.create(
                    hierarchy.label(0, leaf), hierarchy.label(level, hierarchy.generalize(leaf, level))));
        }
        Dataset<Row> labels = table(rows, pairs, List.of(label + "_of", label));
        return rows.join(functions.broadcast(labels), text.equalTo(functions.col(label + "_of")), "left")
                .drop(label + "_of");
    }

    private Dataset<Row> shown(
            Dataset<Row> rows, Map<String, Column> generalized, AnonymizedClasses anonymized, boolean withSuppressed) {
        List<String> averaged = result.spec().attributes().stream()
                .filter(a -> a.microaggregation().isPresent())
                .map(AttributeSpec::name)
                .toList();
        Dataset<Row> marked = rows;
        Column suppressed = functions.lit(false);
        if (!averaged.isEmpty()) {
            marked = joined(rows, generalized, anonymized, true, averaged);
            suppressed = functions.col("__class").isNull();
        } else if (anonymized.suppressedRecords() > 0) {
            marked = joined(rows, generalized, anonymized, false, averaged);
            suppressed = functions.col("__class").isNotNull();
        }
        if (records.studied().isPresent()) {
            suppressed = suppressed.or(isNotStudied());
        }
        List<Column> columns = new ArrayList<>();
        for (String name : records.names()) {
            columns.add(cell(name, generalized, averaged, suppressed).as(name));
        }
        Dataset<Row> wanted = withSuppressed ? marked : marked.where(functions.not(suppressed));
        return wanted.select(columns.toArray(Column[]::new));
    }

    private Column cell(String name, Map<String, Column> generalized, List<String> averaged, Column suppressed) {
        if (role(name) != AttributeRole.QUASI_IDENTIFIER) {
            return released(name);
        }
        Column shown = averaged.contains(name)
                ? functions.col("__average_" + averaged.indexOf(name))
                : Optional.ofNullable(generalized.get(name)).orElseThrow();
        return functions.when(suppressed, functions.lit(ANY)).otherwise(shown);
    }

    /** What is released of an attribute that is not a quasi-identifier. */
    private Column released(String name) {
        boolean hidden = role(name) == AttributeRole.DIRECT_IDENTIFIER
                && result.spec().attributes().stream()
                        .noneMatch(a -> a.name().equals(name) && a.masking().isPresent());
        return hidden ? functions.lit(ANY) : records.column(name);
    }

    private Column isNotStudied() {
        return records.column(records.studied().orElseThrow()).equalTo(0L);
    }

    private AttributeRole role(String name) {
        return result.spec().attributes().stream()
                .filter(a -> a.name().equals(name))
                .map(AttributeSpec::role)
                .findFirst()
                .orElse(AttributeRole.INSENSITIVE);
    }

    /** Rows with {@code __class} set where their class is listed: the suppressed ones, or the released ones with averages. */
    private Dataset<Row> joined(
            Dataset<Row> rows,
            Map<String, Column> generalized,
            AnonymizedClasses anonymized,
            boolean released,
            List<String> averaged) {
        EquivalenceClasses classes = anonymized.classes();
        List<List<String>> averages = averaged.stream().map(result::labels).toList();
        List<Integer> keyed = new ArrayList<>();
        for (int i = 0; i < generalized.size(); i++) {
            if (classes.quasiIdentifiers().attribute(i).cardinality(classes.level(i)) > 1) {
                keyed.add(i);
            }
        }
        List<Row> listed = new ArrayList<>();
        for (int c = 0; c < classes.size(); c++) {
            if (anonymized.isKept(c) == released) {
                listed.add(row(classes, c, keyed, averages));
            }
        }
        List<String> names = new ArrayList<>();
        keyed.forEach(i -> names.add("__key_" + i));
        names.add("__class");
        for (int j = 0; j < averaged.size(); j++) {
            names.add("__average_" + j);
        }
        List<Column> labels = new ArrayList<>(generalized.values());
        Column same = functions.lit(true);
        for (int i : keyed) {
            same = same.and(labels.get(i).equalTo(functions.col("__key_" + i)));
        }
        return rows.join(functions.broadcast(table(rows, listed, names)), same, "left");
    }

    private static Row row(EquivalenceClasses classes, int c, List<Integer> keyed, List<List<String>> averages) {
        List<Object> cells = new ArrayList<>();
        for (int i : keyed) {
            cells.add(classes.quasiIdentifiers().attribute(i).label(classes.level(i), classes.code(c, i)));
        }
        cells.add("");
        averages.forEach(of -> cells.add(of.get(c)));
        return RowFactory.create(cells.toArray());
    }

    private static Dataset<Row> table(Dataset<Row> rows, List<Row> content, List<String> names) {
        StructType schema = new StructType();
        for (String name : names) {
            schema = schema.add(name, DataTypes.StringType);
        }
        return rows.sparkSession().createDataFrame(content, schema);
    }
}
