package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.AttributeSpec;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.masking.Masking;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.DataTypes;

/**
 * Records after the masking that their specification asks for. Done before they are grouped: models must hold for the
 * sensitive values that are released, some of which masking has merged.
 */
final class MaskedRecords {
    private MaskedRecords() {}

    /** @throws InputException if a value does not fit its masking; names the column only */
    static SparkRecords of(SparkRecords records, AnonymizationSpec spec) {
        List<AttributeSpec> masked = spec.attributes().stream()
                .filter(attribute -> attribute.masking().isPresent())
                .toList();
        Dataset<Row> rows = records.rows();
        for (AttributeSpec attribute : masked) {
            rows = rows.withColumn(attribute.name(), masked(records, attribute));
        }
        requireFits(
                records,
                masked.stream()
                        .filter(attribute -> attribute.masking().get().keepsMeaning())
                        .toList());
        return records.with(rows);
    }

    private static Column masked(SparkRecords records, AttributeSpec attribute) {
        String name = attribute.name();
        Masking masking = attribute.masking().orElseThrow();
        UDF1<String, String> mask = value -> {
            try {
                return masking.of(value);
            } catch (IllegalArgumentException e) {
                throw new InputException(
                        "Column '" + name + "': a value " + e.getMessage() + ", which " + masking.label() + " needs.");
            }
        };
        return functions.udf(mask, DataTypes.StringType).apply(records.text(name));
    }

    /** Now and not when the release is read, when it would be too late to refuse. */
    private static void requireFits(SparkRecords records, List<AttributeSpec> attributes) {
        if (attributes.isEmpty()) {
            return;
        }
        Column[] counts = attributes.stream()
                .map(attribute -> functions.count(masked(records, attribute)))
                .toArray(Column[]::new);
        TaskRefusal.unwrapped(() -> records.rows().select(counts).first());
    }
}
