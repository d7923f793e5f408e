package io.yunyu.engine.aggregate;

import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.StringType;
import org.apache.spark.sql.types.TimestampType;

/** Values of a column as whole numbers in the same order, or as text: the form in which regions know them. */
final class OrderedValues {
    private static final long MICROS_PER_DAY = 86_400_000_000L;

    private OrderedValues() {}

    /** A literal of a comparison with a column; empty if no value of the column's type stands for it exactly. */
    static Optional<Comparable<?>> literal(Expression literal, DataType column) {
        Object value = literal.eval(null);
        if (value == null) {
            return Optional.empty();
        }
        try {
            return Optional.of(of(value, literal.dataType(), column));
        } catch (ArithmeticException e) {
            return Optional.empty();
        }
    }

    /**
     * @param value in Catalyst's form, of type {@code from}
     * @throws ArithmeticException if the column's type has no such value
     */
    static Comparable<?> of(Object value, DataType from, DataType column) {
        if (column instanceof StringType || value instanceof Boolean) {
            return value.toString();
        }
        if (column instanceof DoubleType) {
            return ordered(number(value).doubleValue());
        }
        if (column instanceof DateType && from instanceof TimestampType) {
            long micros = (Long) value;
            if (Math.floorMod(micros, MICROS_PER_DAY) != 0) {
                throw new ArithmeticException("not a day");
            }
            return Math.floorDiv(micros, MICROS_PER_DAY);
        }
        if (column instanceof DecimalType decimal) {
            return number(value)
                    .setScale(decimal.scale(), RoundingMode.UNNECESSARY)
                    .unscaledValue()
                    .longValueExact();
        }
        return number(value).longValueExact();
    }

    private static BigDecimal number(Object value) {
        if (value instanceof Decimal decimal) {
            return decimal.toJavaBigDecimal();
        }
        return value instanceof Double || value instanceof Float
                ? new BigDecimal(((Number) value).doubleValue())
                : BigDecimal.valueOf(((Number) value).longValue());
    }

    /** The order of doubles among whole numbers. */
    private static long ordered(double value) {
        long bits = Double.doubleToLongBits(value + 0.0);
        return bits >= 0 ? bits : Long.MIN_VALUE - bits;
    }
}
