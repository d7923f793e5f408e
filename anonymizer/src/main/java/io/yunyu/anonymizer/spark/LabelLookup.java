package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.ClassLookup;
import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.ClassOfTuple;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.broadcast.Broadcast;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;
import org.jspecify.annotations.Nullable;

/**
 * The labels of a record by the values of its quasi-identifiers, where classes have labels of their own. No record moves, and
 * no table of tuples is needed. Holds original values.
 */
final class LabelLookup implements Serializable {
    private static final long serialVersionUID = 1;

    private final List<Map<String, Integer>> codeOf = new ArrayList<>();
    private final ClassOfTuple classOf;
    private final boolean[] kept;
    private final List<String[]> texts = new ArrayList<>();
    private final List<int[]> textOfClass = new ArrayList<>();

    private LabelLookup(ClassOfTuple classOf, boolean[] kept) {
        this.classOf = classOf;
        this.kept = kept;
    }

    /** @param labels for each attribute to show the labels of the classes */
    static LabelLookup of(ClassLookup classes, AnonymizedClasses anonymized, List<List<String>> labels) {
        boolean[] kept = new boolean[anonymized.classes().size()];
        for (int c = 0; c < kept.length; c++) {
            kept[c] = anonymized.isKept(c);
        }
        LabelLookup lookup = new LabelLookup(classes.classOf(), kept);
        for (io.yunyu.anonymizer.data.Column column : classes.columns()) {
            Map<String, Integer> codeOf = new HashMap<>();
            column.dictionary().forEach(value -> codeOf.put(value, codeOf.size()));
            lookup.codeOf.add(codeOf);
        }
        labels.forEach(lookup::addLabels);
        return lookup;
    }

    private void addLabels(List<String> ofClasses) {
        Map<String, Integer> textOf = new HashMap<>();
        List<String> distinct = new ArrayList<>();
        int[] texts = new int[ofClasses.size()];
        for (int c = 0; c < texts.length; c++) {
            texts[c] = textOf.computeIfAbsent(ofClasses.get(c), label -> {
                distinct.add(label);
                return distinct.size() - 1;
            });
        }
        textOfClass.add(texts);
        this.texts.add(distinct.toArray(String[]::new));
    }

    /** @return the labels of the attributes in their order; null if the record is suppressed */
    private @Nullable List<String> labels(Row values) {
        int[] codes = new int[codeOf.size()];
        for (int i = 0; i < codes.length; i++) {
            Integer code = codeOf.get(i).get(values.getString(i));
            if (code == null) {
                throw new IllegalStateException("The records are not those that were grouped.");
            }
            codes[i] = code;
        }
        int c = classOf.of(codes);
        if (c < 0 || !kept[c]) {
            return null;
        }
        List<String> labels = new ArrayList<>(texts.size());
        for (int i = 0; i < texts.size(); i++) {
            labels.add(texts.get(i)[textOfClass.get(i)[c]]);
        }
        return labels;
    }

    /**
     * An array of the labels; null if the record is suppressed.
     *
     * @param values of the quasi-identifiers that form classes, as text
     */
    Column onSpark(Dataset<Row> rows, Column[] values) {
        Broadcast<LabelLookup> shared = JavaSparkContext.fromSparkContext(
                        rows.sparkSession().sparkContext())
                .broadcast(this);
        UDF1<Row, List<String>> labels = row -> shared.value().labels(row);
        // Evaluated once for each record, though several columns come of it: Spark repeats no such function.
        return functions
                .udf(labels, DataTypes.createArrayType(DataTypes.StringType))
                .asNondeterministic()
                .apply(functions.struct(values));
    }
}
