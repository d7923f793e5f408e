package io.yunyu.engine.ingest;

import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.json.JsonException;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * Types of columns that nobody declared, from all of their values: the narrowest type that every non-empty value fits.
 * Roles and grades are the cautious guess: the unit column identifies directly, everything else helps to.
 */
final class TypeInference {
    private TypeInference() {}

    static List<AttributeSpec> infer(RecordSource source, String unitColumn) {
        int width = source.columns().size();
        List<ColumnShape[]> perPartition = source.records()
                .mapPartitions(records ->
                        List.<ColumnShape[]>of(shapes(records, width)).iterator())
                .collect();
        ColumnShape[] merged = fresh(width);
        for (ColumnShape[] partial : perPartition) {
            for (int i = 0; i < width; i++) {
                merged[i].add(partial[i]);
            }
        }
        return attributes(source.columns(), merged, unitColumn);
    }

    private static ColumnShape[] shapes(Iterator<SourceRecord> records, int width) {
        ColumnShape[] shapes = fresh(width);
        while (records.hasNext()) {
            SourceRecord record = records.next();
            for (int i = 0; i < width && record.malformed == null; i++) {
                String value = record.fields[i];
                if (value != null) {
                    shapes[i].add(value);
                }
            }
        }
        return shapes;
    }

    private static List<AttributeSpec> attributes(List<String> names, ColumnShape[] shapes, String unitColumn) {
        List<AttributeSpec> attributes = new ArrayList<>();
        for (int i = 0; i < shapes.length; i++) {
            String name = names.get(i);
            boolean unit = name.equalsIgnoreCase(unitColumn);
            try {
                attributes.add(new AttributeSpec(
                        name,
                        shapes[i].type(),
                        unit ? AttributeRole.DIRECT_IDENTIFIER : AttributeRole.QUASI_IDENTIFIER,
                        unit ? 3 : 2,
                        Optional.empty(),
                        false,
                        name,
                        name));
            } catch (JsonException e) {
                throw SourceProblems.malformed(
                        "Column " + (i + 1) + " of the source has a name that no column may have. " + e.getMessage());
            }
        }
        return attributes;
    }

    private static ColumnShape[] fresh(int width) {
        ColumnShape[] shapes = new ColumnShape[width];
        for (int i = 0; i < width; i++) {
            shapes[i] = new ColumnShape();
        }
        return shapes;
    }
}
