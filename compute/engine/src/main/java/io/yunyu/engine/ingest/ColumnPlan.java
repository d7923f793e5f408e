package io.yunyu.engine.ingest;

import io.yunyu.contract.dimension.CodeList;
import io.yunyu.contract.dimension.Dimension;
import io.yunyu.contract.dimension.NestedCodes;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.engine.encryption.ColumnNames;
import java.io.Serializable;
import java.util.HashSet;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructField;
import org.jspecify.annotations.Nullable;

/**
 * How one declared column is read from a source.
 *
 * @param source index among the source's columns
 * @param precision of a decimal, else 0
 * @param scale of a decimal, else 0
 * @param codes the values that its dimension lists, or null if it lists none; of {@code length} characters each, if that
 *     is not 0, of which the first ones are the code
 */
record ColumnPlan(
        String name,
        int source,
        ValueType type,
        int precision,
        int scale,
        boolean required,
        @Nullable IdentifierKind identifier,
        @Nullable Set<String> codes,
        int length)
        implements Serializable {
    private static final Pattern DECIMAL = Pattern.compile("DECIMAL\\((\\d+),(\\d+)\\)");

    static ColumnPlan of(AttributeSpec attribute, int source) {
        Matcher decimal = DECIMAL.matcher(attribute.type());
        boolean isDecimal = decimal.matches();
        return new ColumnPlan(
                attribute.name(),
                source,
                isDecimal ? ValueType.DECIMAL : ValueType.valueOf(attribute.type()),
                isDecimal ? Integer.parseInt(decimal.group(1)) : 0,
                isDecimal ? Integer.parseInt(decimal.group(2)) : 0,
                attribute.required(),
                attribute.identifier().map(IdentifierKind::valueOf).orElse(null),
                attribute.dimension().map(ColumnPlan::codes).orElse(null),
                attribute.dimension().map(ColumnPlan::length).orElse(0));
    }

    private static @Nullable HashSet<String> codes(Dimension dimension) {
        return dimension instanceof CodeList list
                ? new HashSet<>(list.codes())
                : dimension instanceof NestedCodes nested ? new HashSet<>(nested.codes()) : null;
    }

    private static int length(Dimension dimension) {
        return dimension instanceof NestedCodes nested ? nested.length() : 0;
    }

    /** Whether a value is one that the column's dimension lists. */
    boolean lists(Object value) {
        if (codes == null) {
            return true;
        }
        String text = value.toString();
        if (length == 0) {
            return codes.contains(text);
        }
        int digits = codes.iterator().next().length();
        return text.length() == length && codes.contains(text.substring(0, digits));
    }

    StructField field() {
        return DataTypes.createStructField(ColumnNames.physical(name), sparkType(), true);
    }

    private DataType sparkType() {
        return switch (type) {
            case STRING -> DataTypes.StringType;
            case LONG -> DataTypes.LongType;
            case DOUBLE -> DataTypes.DoubleType;
            case DECIMAL -> DataTypes.createDecimalType(precision, scale);
            case DATE -> DataTypes.DateType;
            case TIMESTAMP -> DataTypes.TimestampType;
            case BOOLEAN -> DataTypes.BooleanType;
        };
    }
}
