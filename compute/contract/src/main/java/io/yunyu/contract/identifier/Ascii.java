package io.yunyu.contract.identifier;

import java.util.Arrays;

/** Reading of short ASCII texts without regular expressions or copies. */
final class Ascii {
    /** Historical codes of GB/T 2260 stay valid for life, so only the province prefix is checked. */
    private static final boolean[] PROVINCES = provinces();

    private Ascii() {}

    static boolean isDigit(char c) {
        return c >= '0' && c <= '9';
    }

    /** Whether all characters from {@code from} (inclusive) to {@code to} (exclusive) are ASCII digits. */
    static boolean digits(CharSequence text, int from, int to) {
        for (int i = from; i < to; i++) {
            if (!isDigit(text.charAt(i))) {
                return false;
            }
        }
        return true;
    }

    /** The number that the digits from {@code from} (inclusive) to {@code to} (exclusive) spell. */
    static int number(CharSequence text, int from, int to) {
        int value = 0;
        for (int i = from; i < to; i++) {
            value = value * 10 + (text.charAt(i) - '0');
        }
        return value;
    }

    /** Whether two digits are the prefix of a province-level division, Taiwan (71) included. */
    static boolean isProvince(int prefix) {
        return PROVINCES[prefix];
    }

    /** Whether year, month and day are a day of the Gregorian calendar. */
    static boolean isCalendarDay(int year, int month, int day) {
        if (month < 1 || month > 12 || day < 1) {
            return false;
        }
        int length =
                switch (month) {
                    case 2 -> year % 4 == 0 && (year % 100 != 0 || year % 400 == 0) ? 29 : 28;
                    case 4, 6, 9, 11 -> 30;
                    default -> 31;
                };
        return day <= length;
    }

    static char upper(char c) {
        return c >= 'a' && c <= 'z' ? (char) (c - 'a' + 'A') : c;
    }

    /** Upper-cases ASCII letters and leaves everything else alone. */
    static String upper(CharSequence text) {
        StringBuilder out = new StringBuilder(text.length());
        for (int i = 0; i < text.length(); i++) {
            out.append(upper(text.charAt(i)));
        }
        return out.toString();
    }

    private static boolean[] provinces() {
        boolean[] set = new boolean[100];
        int[][] ranges = {{11, 15}, {21, 23}, {31, 37}, {41, 46}, {50, 54}, {61, 65}, {71, 71}};
        for (int[] range : ranges) {
            Arrays.fill(set, range[0], range[1] + 1, true);
        }
        return set;
    }
}
