package io.yunyu.anonymizer.arx;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.AttributeSpec;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.deidentifier.arx.AttributeType;
import org.deidentifier.arx.AttributeType.Hierarchy;
import org.deidentifier.arx.Data;
import org.deidentifier.arx.DataDefinition;
import org.deidentifier.arx.DataSubset;
import org.deidentifier.arx.DataType;

/** A table and the roles of its attributes, as ARX takes them. */
final class ArxInput {
    private final MicrodataTable table;
    private final AnonymizationSpec spec;
    private final Data data;

    ArxInput(MicrodataTable table, AnonymizationSpec spec) {
        if (spec.sampling().isPresent()
                || spec.localRecoding().isPresent()
                || spec.riskSettings().privacyUnit().isPresent()
                || spec.attributes().stream()
                        .anyMatch(a ->
                                a.masking().isPresent() || a.microaggregation().isPresent())) {
            throw new InputException("Sampling, local recoding, masking, microaggregation and"
                    + " privacyUnit are not handed to ARX; drop them to compare.");
        }
        this.table = table;
        this.spec = spec;
        this.data = data(table);
        // To ARX an attribute that nothing is said of identifies directly; here it is released as it is.
        for (Column column : table.columns()) {
            data.getDefinition().setAttributeType(column.name(), AttributeType.INSENSITIVE_ATTRIBUTE);
        }
        for (AttributeSpec attribute : spec.attributes()) {
            define(attribute);
        }
    }

    Data data() {
        return data;
    }

    Optional<DataSubset> subset() {
        return spec.subset().map(subset -> DataSubset.create(data, data(table.select(subset.of(table)))));
    }

    Hierarchy arxHierarchy(String name) {
        return materialized(hierarchy(attribute(name)));
    }

    private AttributeSpec attribute(String name) {
        return spec.attributes().stream()
                .filter(attribute -> attribute.name().equals(name))
                .findFirst()
                .orElseThrow();
    }

    private static Data data(MicrodataTable table) {
        List<String[]> rows = new ArrayList<>(table.rowCount() + 1);
        rows.add(table.columns().stream().map(Column::name).toArray(String[]::new));
        for (int row = 0; row < table.rowCount(); row++) {
            String[] cells = new String[table.columns().size()];
            for (int i = 0; i < cells.length; i++) {
                cells[i] = table.columns().get(i).value(row);
            }
            rows.add(cells);
        }
        return Data.create(rows);
    }

    private void define(AttributeSpec attribute) {
        DataDefinition definition = data.getDefinition();
        String name = attribute.name();
        definition.setDataType(name, type(attribute.dataType()));
        if (attribute.role() == AttributeRole.QUASI_IDENTIFIER) {
            GeneralizationHierarchy hierarchy = hierarchy(attribute);
            definition.setAttributeType(name, materialized(hierarchy));
            definition.setMinimumGeneralization(name, attribute.minLevel());
            definition.setMaximumGeneralization(name, attribute.maxLevel().orElse(hierarchy.levels() - 1));
        } else {
            definition.setAttributeType(
                    name,
                    switch (attribute.role()) {
                        case DIRECT_IDENTIFIER -> AttributeType.IDENTIFYING_ATTRIBUTE;
                        case SENSITIVE -> AttributeType.SENSITIVE_ATTRIBUTE;
                        default -> AttributeType.INSENSITIVE_ATTRIBUTE;
                    });
        }
    }

    private GeneralizationHierarchy hierarchy(AttributeSpec attribute) {
        Column column = table.column(attribute.name());
        return attribute
                .hierarchy()
                .map(source -> source.hierarchy(column, attribute.dataType()))
                .orElseGet(() -> GeneralizationHierarchy.ungeneralized(attribute.name(), column.dictionary()));
    }

    private static Hierarchy materialized(GeneralizationHierarchy hierarchy) {
        return Hierarchy.create(
                hierarchy.rows().stream().map(row -> row.toArray(String[]::new)).toArray(String[][]::new));
    }

    private static DataType<?> type(io.yunyu.anonymizer.data.DataType type) {
        if (type instanceof io.yunyu.anonymizer.data.DataType.Ordered ordered) {
            return DataType.createOrderedString(ordered.order());
        } else if (type instanceof io.yunyu.anonymizer.data.DataType.Numeric numeric) {
            return numeric.whole() ? DataType.INTEGER : DataType.DECIMAL;
        } else if (type instanceof io.yunyu.anonymizer.data.DataType.Date date) {
            return DataType.createDate(date.pattern());
        }
        return DataType.STRING;
    }
}
