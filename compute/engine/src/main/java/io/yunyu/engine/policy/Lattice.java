package io.yunyu.engine.policy;

import io.yunyu.contract.dimension.Bands;
import io.yunyu.contract.dimension.Periods;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.util.DateTimeUtils;
import org.apache.spark.sql.internal.SQLConf;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Where a comparison cuts a column's values in two. {@code x <= 17} and {@code x < 18} cut whole numbers at the same place,
 * as do {@code d <= DATE '2026-01-31'} and {@code d < DATE '2026-02-01'}.
 */
final class Lattice {
    private static final int FREE_DIGITS = 2;

    private Lattice() {}

    /** Whether the comparison cuts at one of the bands' ends. */
    static boolean isOn(Bands bands, Expression comparison, boolean columnFirst, DataType column, Expression literal) {
        return number(comparison, columnFirst, column, literal)
                .filter(bands::isCut)
                .isPresent();
    }

    /** Whether the comparison cuts where a period begins. */
    static boolean isOn(
            Periods periods, Expression comparison, boolean columnFirst, DataType column, Expression literal) {
        return day(comparison, columnFirst, column, literal)
                .filter(periods::beginsWith)
                .isPresent();
    }

    /** Whether a comparison cuts at a number of at most two significant digits. */
    static boolean isRound(Expression comparison, boolean columnFirst, DataType column, Expression literal) {
        return number(comparison, columnFirst, column, literal)
                .filter(n -> n.signum() == 0 || n.stripTrailingZeros().precision() <= FREE_DIGITS)
                .isPresent();
    }

    private static Optional<BigDecimal> number(
            Expression comparison, boolean columnFirst, DataType column, Expression literal) {
        BigDecimal number = number(literal.eval(null));
        if (number == null) {
            return Optional.empty();
        }
        boolean next = cutsAfter(comparison, columnFirst);
        if (!(column instanceof LongType)) {
            return next ? Optional.empty() : Optional.of(number);
        }
        BigDecimal whole = number.setScale(0, java.math.RoundingMode.FLOOR);
        if (whole.compareTo(number) != 0) {
            return Optional.of(whole.add(BigDecimal.ONE));
        }
        return Optional.of(next ? whole.add(BigDecimal.ONE) : whole);
    }

    private static @Nullable BigDecimal number(@Nullable Object value) {
        if (value instanceof Decimal d) {
            return d.toJavaBigDecimal();
        }
        if (value instanceof Double || value instanceof Float) {
            double number = ((Number) value).doubleValue();
            // As written, not as stored: 0.1 is on the lattice of 0.1.
            return Double.isFinite(number) ? new BigDecimal(value.toString()) : null;
        }
        return value instanceof Number n ? BigDecimal.valueOf(n.longValue()) : null;
    }

    private static Optional<LocalDate> day(
            Expression comparison, boolean columnFirst, DataType column, Expression literal) {
        boolean next = cutsAfter(comparison, columnFirst);
        Object value = literal.eval(null);
        LocalDate day;
        if (literal.dataType() instanceof DateType && value instanceof Integer days) {
            day = LocalDate.ofEpochDay(days);
        } else if (literal.dataType() instanceof TimestampType && value instanceof Long micros) {
            java.time.ZoneId zone = DateTimeUtils.getZoneId(SQLConf.get().sessionLocalTimeZone());
            java.time.ZonedDateTime time = DateTimeUtils.microsToInstant(micros).atZone(zone);
            if (!time.toLocalTime().equals(java.time.LocalTime.MIDNIGHT)) {
                return Optional.empty();
            }
            day = time.toLocalDate();
        } else {
            return Optional.empty();
        }
        if (!next) {
            return Optional.of(day);
        }
        // After an instant begins no period; after a day does, where the column holds days.
        return column instanceof DateType ? Optional.of(day.plusDays(1)) : Optional.empty();
    }

    /** Whether the literal itself belongs to the lower part. */
    private static boolean cutsAfter(Expression comparison, boolean columnFirst) {
        return columnFirst
                ? comparison instanceof LessThanOrEqual || comparison instanceof GreaterThan
                : comparison instanceof org.apache.spark.sql.catalyst.expressions.LessThan
                        || comparison instanceof org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
    }
}
