package io.yunyu.engine.ingest;

import io.yunyu.contract.job.AttributeSpec;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.types.Decimal;
import org.jspecify.annotations.Nullable;

/**
 * How many different values the columns of a batch have beside how many units there are. A column has high cardinality if
 * it has more than {@value #FEW_VALUES} values, and on average fewer than {@value #UNITS_PER_VALUE} units for each.
 */
final class Cardinality implements Serializable {
    static final int FEW_VALUES = 100;
    static final int UNITS_PER_VALUE = 5;
    private static final long serialVersionUID = 1L;

    private final DistinctCount[] values;
    private final DistinctCount units = new DistinctCount();
    private long rows;

    Cardinality(int columns) {
        values = new DistinctCount[columns];
        for (int i = 0; i < columns; i++) {
            values[i] = new DistinctCount();
        }
    }

    /** @param unit text that identifies the record's unit, or null if each record is its own */
    void add(@Nullable Object[] row, @Nullable String unit) {
        rows++;
        if (unit != null) {
            units.add(unit.hashCode());
        }
        for (int i = 0; i < values.length; i++) {
            Object value = row[i];
            if (value instanceof Decimal d) {
                values[i].add(Long.hashCode(d.toUnscaledLong()));
            } else if (value != null && !(value instanceof Boolean)) {
                values[i].add(value.hashCode());
            }
        }
    }

    void add(Cardinality other) {
        rows += other.rows;
        units.add(other.units);
        for (int i = 0; i < values.length; i++) {
            values[i].add(other.values[i]);
        }
    }

    /**
     * The attributes, marked where a column has high cardinality.
     *
     * @param before names of the columns that had it before this batch was added
     */
    List<AttributeSpec> marked(List<AttributeSpec> attributes, boolean rowIsUnit, Set<String> before) {
        double of = rowIsUnit ? rows : units.count();
        List<AttributeSpec> marked = new ArrayList<>();
        for (int i = 0; i < attributes.size(); i++) {
            AttributeSpec attribute = attributes.get(i);
            double different = values[i].count();
            boolean high = different > FEW_VALUES && different * UNITS_PER_VALUE > of;
            boolean mark = attribute.dimension().isEmpty() && (high || before.contains(attribute.name()));
            marked.add(mark ? attribute.withHighCardinality() : attribute);
        }
        return marked;
    }
}
