package io.yunyu.engine.ingest;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.time.format.DateTimeParseException;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.unsafe.types.UTF8String;
import org.jspecify.annotations.Nullable;

/**
 * Text to Spark's internal values. Strict: nothing is trimmed, rounded or guessed, so a value that passes says the same
 * in the table as in the source.
 */
final class Values {
    /** Times without a zone are China's: the region keeps one time. */
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");

    private Values() {}

    /** The value, or null if the text is no value of the column's type. */
    static @Nullable Object parse(String text, ColumnPlan column) {
        return switch (column.type()) {
            case STRING -> UTF8String.fromString(text);
            case LONG -> longOf(text);
            case DOUBLE -> doubleOf(text);
            case DECIMAL -> decimalOf(text, column.precision(), column.scale());
            case DATE -> dateOf(text);
            case TIMESTAMP -> timestampOf(text);
            case BOOLEAN -> booleanOf(text);
        };
    }

    static @Nullable Long longOf(String text) {
        int digits = text.length() > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        if (!allDigits(text, digits, text.length())) {
            return null;
        }
        try {
            return Long.parseLong(text);
        } catch (NumberFormatException outOfRange) {
            return null;
        }
    }

    /** Finite decimal or scientific notation only. */
    static @Nullable Double doubleOf(String text) {
        if (!isNumber(text)) {
            return null;
        }
        double value = Double.parseDouble(text);
        return Double.isFinite(value) ? value : null;
    }

    static @Nullable Decimal decimalOf(String text, int precision, int scale) {
        // The bound keeps a number such as 1e999999999 from being expanded.
        if (text.length() > 64 || !isNumber(text)) {
            return null;
        }
        BigDecimal value = new BigDecimal(text);
        if (value.signum() == 0) {
            return Decimal.createUnsafe(0, precision, scale);
        }
        value = value.stripTrailingZeros();
        if (value.scale() > scale || (long) value.precision() - value.scale() > precision - scale) {
            return null;
        }
        return Decimal.createUnsafe(value.setScale(scale).unscaledValue().longValueExact(), precision, scale);
    }

    /** Days since the epoch, from an ISO date of a four-digit year. */
    static @Nullable Integer dateOf(String text) {
        if (text.length() != 10 || text.charAt(4) != '-' || text.charAt(7) != '-') {
            return null;
        }
        if (!allDigits(text, 0, 4) || !allDigits(text, 5, 7) || !allDigits(text, 8, 10)) {
            return null;
        }
        try {
            return (int) LocalDate.of(number(text, 0, 4), number(text, 5, 7), number(text, 8, 10))
                    .toEpochDay();
        } catch (DateTimeException noSuchDay) {
            return null;
        }
    }

    /** Microseconds since the epoch, from ISO date and time with T or a space, with or without an offset. */
    static @Nullable Long timestampOf(String text) {
        if (text.length() < 16 || text.length() > 40) {
            return null;
        }
        String iso = text.charAt(10) == ' ' ? text.substring(0, 10) + 'T' + text.substring(11) : text;
        boolean zoned = iso.endsWith("Z") || iso.indexOf('+', 11) > 0 || iso.indexOf('-', 11) > 0;
        try {
            Instant instant = zoned
                    ? OffsetDateTime.parse(withMinutes(iso)).toInstant()
                    : LocalDateTime.parse(iso).atZone(ZONE).toInstant();
            return Math.addExact(Math.multiplyExact(instant.getEpochSecond(), 1_000_000L), instant.getNano() / 1000);
        } catch (DateTimeParseException | ArithmeticException e) {
            return null;
        }
    }

    static @Nullable Boolean booleanOf(String text) {
        return switch (text) {
            case "true", "TRUE", "True", "t", "1" -> true;
            case "false", "FALSE", "False", "f", "0" -> false;
            default -> null;
        };
    }

    /** An optional sign, digits with an optional point, an optional exponent. */
    static boolean isNumber(String text) {
        int n = text.length();
        int i = n > 0 && (text.charAt(0) == '-' || text.charAt(0) == '+') ? 1 : 0;
        int before = digitsFrom(text, i);
        i += before;
        int after = 0;
        if (i < n && text.charAt(i) == '.') {
            after = digitsFrom(text, ++i);
            i += after;
        }
        if (before + after == 0) {
            return false;
        }
        if (i < n && (text.charAt(i) == 'e' || text.charAt(i) == 'E')) {
            i++;
            i += i < n && (text.charAt(i) == '-' || text.charAt(i) == '+') ? 1 : 0;
            int exponent = digitsFrom(text, i);
            return exponent > 0 && exponent <= 4 && i + exponent == n;
        }
        return i == n;
    }

    /** PostgreSQL writes offsets as +08. */
    private static String withMinutes(String iso) {
        char sign = iso.length() > 3 ? iso.charAt(iso.length() - 3) : 'x';
        return sign == '+' || sign == '-' ? iso + ":00" : iso;
    }

    private static int digitsFrom(String text, int from) {
        int i = from;
        while (i < text.length() && text.charAt(i) >= '0' && text.charAt(i) <= '9') {
            i++;
        }
        return i - from;
    }

    private static boolean allDigits(String text, int from, int to) {
        return to > from && from + digitsFrom(text, from) >= to;
    }

    private static int number(String text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value;
    }
}
