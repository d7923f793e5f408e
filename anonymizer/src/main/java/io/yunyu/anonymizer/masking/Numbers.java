package io.yunyu.anonymizer.masking;

import java.math.BigDecimal;

/** Numbers in cells. */
final class Numbers {
    /** No number of a table needs more; keeps 1e999999999 from taking the memory. */
    private static final int MAX_DIGITS = 400;

    private Numbers() {}

    /** @throws IllegalArgumentException without the value */
    static BigDecimal parse(String value) {
        try {
            BigDecimal number = new BigDecimal(value.trim());
            if (Math.abs((long) number.precision() - number.scale()) <= MAX_DIGITS
                    && Math.abs((long) number.scale()) <= MAX_DIGITS) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw new IllegalArgumentException("is not a number");
        }
        throw new IllegalArgumentException("is a number of more than " + MAX_DIGITS + " digits");
    }
}
