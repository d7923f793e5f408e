package io.yunyu.anonymizer.masking;

import io.yunyu.anonymizer.data.InputException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;

/** Keeps a date's month or year: 2026-11, 2026. */
public final class DateTruncation implements Masking {
    /** What is kept. */
    public enum Unit {
        MONTH,
        YEAR
    }

    private static final long serialVersionUID = 1;

    private final String pattern;
    private final Unit unit;
    private final transient DateTimeFormatter formatter;

    /** @param pattern of {@link DateTimeFormatter}, such as yyyy-MM-dd */
    public DateTruncation(String pattern, Unit unit) {
        try {
            this.formatter = DateTimeFormatter.ofPattern(pattern).withResolverStyle(ResolverStyle.SMART);
        } catch (IllegalArgumentException e) {
            throw new InputException("'" + pattern + "' is not a date pattern such as yyyy-MM-dd.", e);
        }
        this.pattern = pattern;
        this.unit = unit;
    }

    private Object readResolve() {
        return new DateTruncation(pattern, unit);
    }

    @Override
    public String masked(String value) {
        try {
            LocalDate date = LocalDate.parse(value, formatter);
            return unit == Unit.YEAR
                    ? String.format("%04d", date.getYear())
                    : String.format("%04d-%02d", date.getYear(), date.getMonthValue());
        } catch (DateTimeException e) {
            throw new IllegalArgumentException("is not a date in the pattern of its masking");
        }
    }

    @Override
    public String label() {
        return "truncate-date(to=" + unit + ")";
    }

    @Override
    public boolean keepsMeaning() {
        return true;
    }

    @Override
    public boolean hidesIdentity() {
        return false;
    }
}
