package io.yunyu.contract.identifier;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/** A payment card number: 12 to 19 digits without separators, the last of which is the Luhn check digit (ISO/IEC 7812-1). */
public final class BankCardNumber {
    private BankCardNumber() {}

    /** Checks one text. Spaces between groups are not removed. */
    public static IdentifierResult check(CharSequence text) {
        InvalidReason reason = reasonOf(text);
        return reason != null
                ? new IdentifierResult.Invalid(reason)
                : new IdentifierResult.Valid(text.toString(), EnumSet.noneOf(IdentifierWarning.class));
    }

    /** Why the text is refused, or null if it is valid. Allocates nothing. */
    public static @Nullable InvalidReason reasonOf(CharSequence text) {
        int length = text.length();
        if (length < 12 || length > 19 || !Ascii.digits(text, 0, length)) {
            return InvalidReason.FORMAT;
        }
        return luhnSum(text, length, false) % 10 == 0 ? null : InvalidReason.CHECKSUM;
    }

    /** The check digit to append to {@code body}. @throws IllegalArgumentException if a character is not a digit */
    public static char checkDigit(CharSequence body) {
        if (!Ascii.digits(body, 0, body.length())) {
            throw new IllegalArgumentException("A Luhn check digit needs digits only.");
        }
        return (char) ('0' + (10 - luhnSum(body, body.length(), true) % 10) % 10);
    }

    private static int luhnSum(CharSequence text, int length, boolean lastIsDoubled) {
        int sum = 0;
        boolean doubled = lastIsDoubled;
        for (int i = length - 1; i >= 0; i--) {
            int digit = text.charAt(i) - '0';
            int counted = doubled ? digit * 2 : digit;
            sum += counted > 9 ? counted - 9 : counted;
            doubled = !doubled;
        }
        return sum;
    }
}
