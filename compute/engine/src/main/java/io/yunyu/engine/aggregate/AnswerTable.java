package io.yunyu.engine.aggregate;

import io.yunyu.engine.candidate.ProtectedTable;
import io.yunyu.engine.candidate.ProtectedTable.Column;
import io.yunyu.engine.candidate.ProtectedTable.Type;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/** Turns the answer's rows from Catalyst's form into the protected table. */
final class AnswerTable {
    private AnswerTable() {}

    static ProtectedTable of(AboveAggregate.Answer answer, ZoneId zone) {
        List<Column> columns = new ArrayList<>();
        List<DataType> types = new ArrayList<>();
        for (int c = 0; c < answer.columns().size(); c++) {
            NamedExpression column = answer.columns().get(c);
            DataType type = ((org.apache.spark.sql.catalyst.expressions.Expression) column).dataType();
            types.add(type);
            int precision = type instanceof DecimalType d ? d.precision() : 0;
            int scale = type instanceof DecimalType d ? d.scale() : 0;
            columns.add(new Column(
                    column.name(), type(type), precision, scale, answer.labels().get(c)));
        }
        List<List<@Nullable Object>> rows = new ArrayList<>();
        for (InternalRow row : answer.rows()) {
            List<@Nullable Object> values = new ArrayList<>();
            for (int c = 0; c < columns.size(); c++) {
                values.add(row.isNullAt(c) ? null : value(row.get(c, types.get(c)), types.get(c), zone));
            }
            rows.add(values);
        }
        return new ProtectedTable(columns, rows);
    }

    private static Type type(DataType type) {
        if (type instanceof StringType) {
            return Type.STRING;
        }
        if (type instanceof DecimalType) {
            return Type.DECIMAL;
        }
        if (type instanceof DoubleType) {
            return Type.DOUBLE;
        }
        if (type instanceof BooleanType) {
            return Type.BOOLEAN;
        }
        if (type instanceof DateType) {
            return Type.DATE;
        }
        return type instanceof TimestampType ? Type.TIMESTAMP : Type.LONG;
    }

    /** A value in Catalyst's form as the table holds it. */
    static @Nullable Object value(Object value, DataType type, ZoneId zone) {
        return switch (type(type)) {
            case STRING -> value.toString();
            case LONG -> ((Number) value).longValue();
            case DECIMAL -> ((Decimal) value).toJavaBigDecimal().setScale(((DecimalType) type).scale());
            case DOUBLE -> Double.isFinite((Double) value) ? value : null;
            case BOOLEAN -> value;
            case DATE -> LocalDate.ofEpochDay((Integer) value);
            case TIMESTAMP -> LocalDateTime.ofInstant(Instant.EPOCH.plus((Long) value, ChronoUnit.MICROS), zone);
        };
    }
}
