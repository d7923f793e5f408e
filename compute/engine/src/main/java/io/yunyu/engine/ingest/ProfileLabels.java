package io.yunyu.engine.ingest;

import io.yunyu.contract.profile.Band;
import java.math.BigDecimal;
import java.math.MathContext;
import java.math.RoundingMode;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import org.apache.spark.sql.types.Decimal;
import org.jspecify.annotations.Nullable;

/**
 * The part of a column that a value is counted to in a protected profile. Parts do not depend on data: a text is a part
 * by itself, numbers fall into the bands between 1, 2, 5, 10, 20, 50 and so on, days into years.
 */
final class ProfileLabels {
    private static final int LONGEST = 64;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final String MISSING = "m";
    private static final String VALUE = "v";
    private static final String RANGE = "r";
    private static final int[] STEPS = {1, 2, 5, 10};

    private ProfileLabels() {}

    /** A short text, equal for values of one part; null for a value that no profile tells of. */
    static @Nullable String of(@Nullable Object value, ValueType type) {
        if (value == null) {
            return MISSING;
        }
        return switch (type) {
            case STRING -> value.toString().length() <= LONGEST ? VALUE + value : null;
            case BOOLEAN -> VALUE + value;
            case LONG -> number(BigDecimal.valueOf((Long) value));
            case DOUBLE -> number(BigDecimal.valueOf((Double) value));
            case DECIMAL -> number(((Decimal) value).toJavaBigDecimal());
            case DATE -> year(LocalDate.ofEpochDay((Integer) value));
            case TIMESTAMP ->
                year(Instant.ofEpochSecond(Math.floorDiv((Long) value, 1_000_000L))
                        .atZone(ZONE)
                        .toLocalDate());
        };
    }

    static String range(String from, String until) {
        return RANGE + from + ' ' + until;
    }

    static Band band(String label, int percent) {
        String rest = label.substring(1);
        if (label.startsWith(VALUE)) {
            return Band.of(rest, percent);
        } else if (label.startsWith(RANGE)) {
            int space = rest.indexOf(' ');
            return Band.range(rest.substring(0, space), rest.substring(space + 1), percent);
        }
        return Band.missing(percent);
    }

    private static String year(LocalDate day) {
        return range(
                day.withDayOfYear(1).toString(),
                day.withDayOfYear(1).plusYears(1).toString());
    }

    private static String number(BigDecimal value) {
        if (value.signum() == 0) {
            return VALUE + "0";
        }
        BigDecimal size = value.abs().round(new MathContext(18, RoundingMode.DOWN));
        int power = size.precision() - size.scale() - 1;
        for (int i = 1; i < STEPS.length; i++) {
            BigDecimal until = BigDecimal.valueOf(STEPS[i]).scaleByPowerOfTen(power);
            if (size.compareTo(until) < 0) {
                BigDecimal from = BigDecimal.valueOf(STEPS[i - 1]).scaleByPowerOfTen(power);
                // A range has its end outside; the difference for negative numbers on a step is of no matter here.
                return value.signum() > 0
                        ? range(from.toPlainString(), until.toPlainString())
                        : range(until.negate().toPlainString(), from.negate().toPlainString());
            }
        }
        throw new IllegalStateException("A number lies in no band of its own power of ten.");
    }
}
