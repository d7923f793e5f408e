package io.yunyu.contract.identifier;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * 组织机构代码 (GB 11714): eight digits or capital letters and a check character, written with or without a hyphen before
 * the check character. Normalised without it. The values of its letters (A = 10 to Z = 35) differ from those of the
 * unified social credit code around it.
 */
public final class OrganisationCode {
    private static final int BODY = 8;
    private static final int[] WEIGHTS = {3, 7, 9, 10, 5, 8, 4, 2};

    private OrganisationCode() {}

    /** Checks one text. Lower-case letters are accepted and normalised. */
    public static IdentifierResult check(CharSequence text) {
        InvalidReason reason = reasonOf(text);
        if (reason != null) {
            return new IdentifierResult.Invalid(reason);
        }
        String upper = Ascii.upper(text);
        EnumSet<IdentifierWarning> warnings = EnumSet.noneOf(IdentifierWarning.class);
        if (!upper.contentEquals(text)) {
            warnings.add(IdentifierWarning.LOWER_CASE);
        }
        return new IdentifierResult.Valid(upper.substring(0, BODY) + upper.charAt(upper.length() - 1), warnings);
    }

    /** Why the text is refused, or null if it is valid. */
    public static @Nullable InvalidReason reasonOf(CharSequence text) {
        int length = text.length();
        boolean hyphen = length == BODY + 2 && text.charAt(BODY) == '-';
        if (length != BODY + 1 && !hyphen) {
            return InvalidReason.FORMAT;
        }
        char check = Ascii.upper(text.charAt(length - 1));
        for (int i = 0; i < BODY; i++) {
            if (value(text.charAt(i)) < 0) {
                return InvalidReason.FORMAT;
            }
        }
        if (!Ascii.isDigit(check) && check != 'X') {
            return InvalidReason.FORMAT;
        }
        return check == checkCharacter(text, 0) ? null : InvalidReason.CHECKSUM;
    }

    /**
     * The check character for the eight characters at {@code offset}: 11 minus the weighted sum modulo 11, where 10 is
     * written X and 11 is written 0.
     *
     * @throws IllegalArgumentException if one of the eight is neither a digit nor a letter, or is missing
     */
    public static char checkCharacter(CharSequence text, int offset) {
        int sum = 0;
        for (int i = 0; i < BODY; i++) {
            int value = offset + i < text.length() ? value(text.charAt(offset + i)) : -1;
            if (value < 0) {
                throw new IllegalArgumentException(
                        "An organisation code has eight digits or letters before its check.");
            }
            sum += value * WEIGHTS[i];
        }
        return character(sum);
    }

    /** The check character for the eight ASCII characters at {@code offset}; the caller vouches for the alphabet. */
    public static byte checkCharacter(byte[] ascii, int offset) {
        int sum = 0;
        for (int i = 0; i < BODY; i++) {
            sum += value((char) ascii[offset + i]) * WEIGHTS[i];
        }
        return (byte) character(sum);
    }

    private static char character(int sum) {
        int check = 11 - sum % 11;
        return check == 10 ? 'X' : check == 11 ? '0' : (char) ('0' + check);
    }

    private static int value(char c) {
        char upper = Ascii.upper(c);
        if (Ascii.isDigit(upper)) {
            return upper - '0';
        }
        return upper >= 'A' && upper <= 'Z' ? upper - 'A' + 10 : -1;
    }
}
