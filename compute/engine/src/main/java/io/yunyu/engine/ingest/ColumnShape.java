package io.yunyu.engine.ingest;

import java.io.Serializable;

/** Which types all values of a column seen so far fit. Holds no value, only widths. */
final class ColumnShape implements Serializable {
    private static final long serialVersionUID = 1L;
    /** Most digits of a decimal that fits in 64 bits. */
    private static final int MAX_PRECISION = 18;

    private boolean seen;
    private boolean integer = true;
    private boolean decimal = true;
    private boolean number = true;
    private boolean date = true;
    private int whole = 1;
    private int fraction;

    void add(String value) {
        seen = true;
        date = date && Values.dateOf(value) != null;
        number = number && Values.isNumber(value) && plain(value) && Values.doubleOf(value) != null;
        integer = integer && number && value.indexOf('.') < 0 && Values.longOf(value) != null;
        decimal = decimal && number && value.indexOf('e') < 0 && value.indexOf('E') < 0;
        if (decimal) {
            int digits = value.length() - (value.charAt(0) == '-' ? 1 : 0);
            int point = value.indexOf('.');
            int after = point < 0 ? 0 : value.length() - point - 1;
            whole = Math.max(whole, digits - after - (point < 0 ? 0 : 1));
            fraction = Math.max(fraction, after);
        }
    }

    void add(ColumnShape other) {
        seen |= other.seen;
        integer &= other.integer;
        decimal &= other.decimal;
        number &= other.number;
        date &= other.date;
        whole = Math.max(whole, other.whole);
        fraction = Math.max(fraction, other.fraction);
    }

    /** As written in {@code AttributeSpec}. A column without values is text. */
    String type() {
        if (!seen) {
            return "STRING";
        }
        if (date) {
            return "DATE";
        }
        if (integer) {
            return "LONG";
        }
        if (decimal && fraction == 0) {
            // Digits too many for a number are somebody's code.
            return "STRING";
        }
        if (decimal && whole + fraction <= MAX_PRECISION) {
            return "DECIMAL(" + (whole + fraction) + "," + fraction + ")";
        }
        return number ? "DOUBLE" : "STRING";
    }

    /** Leading zeros and plus signs mean a code, not a quantity. */
    private static boolean plain(String value) {
        int start = value.charAt(0) == '-' ? 1 : 0;
        char first = value.charAt(start);
        char second = value.length() > start + 1 ? value.charAt(start + 1) : '.';
        boolean leadingZero = first == '0' && second >= '0' && second <= '9';
        return first != '+' && !leadingZero;
    }
}
