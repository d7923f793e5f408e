package io.yunyu.contract.identifier;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * The 18-character identifier of a natural person: 公民身份号码 (GB 11643-1999), residence permits of residents of Hong
 * Kong, Macao and Taiwan (areas 810000, 820000, 830000) and the permanent resident card of foreigners, 2023 edition
 * (leading 9). Their check character follows ISO 7064 MOD 11-2.
 *
 * <p>Guarantees length, alphabet, an existing province, a real birth date from 1850 to today, and the check character.
 * Does not promise that the county part exists: people keep the code of their registration for life, so every county
 * code under a real province is accepted, also abolished ones. County part 99 never existed; it marks fictional people
 * and passes only with {@link IdentifierRules#withSyntheticRegions}. In a foreigner's card the characters 4 to 6 are
 * the nationality, so 99 has no such meaning there.
 */
public final class CitizenId {
    /** Characters in an identifier. */
    public static final int LENGTH = 18;

    private static final int EARLIEST_YEAR = 1850;
    private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
    private static final String CHECK_CHARACTERS = "10X98765432";

    private CitizenId() {}

    /** Checks one text. Surrounding white space is not removed; a lower-case x is accepted and normalised. */
    public static IdentifierResult check(CharSequence text, IdentifierRules rules) {
        InvalidReason reason = reasonOf(text, rules);
        if (reason != null) {
            return new IdentifierResult.Invalid(reason);
        }
        EnumSet<IdentifierWarning> warnings = EnumSet.noneOf(IdentifierWarning.class);
        if (text.charAt(LENGTH - 1) == 'x') {
            warnings.add(IdentifierWarning.LOWER_CASE);
        }
        return new IdentifierResult.Valid(Ascii.upper(text), warnings);
    }

    /** Why the text is refused, or null if it is valid. Allocates nothing: meant for columns of 10⁸ values. */
    public static @Nullable InvalidReason reasonOf(CharSequence text, IdentifierRules rules) {
        InvalidReason format = formatReason(text);
        if (format != null) {
            return format;
        }
        InvalidReason area = areaReason(text, rules);
        if (area != null) {
            return area;
        }
        int year = Ascii.number(text, 6, 10);
        int month = Ascii.number(text, 10, 12);
        int day = Ascii.number(text, 12, 14);
        if (year < EARLIEST_YEAR
                || !Ascii.isCalendarDay(year, month, day)
                || rules.isFuture(year * 10_000 + month * 100 + day)) {
            return InvalidReason.BIRTHDATE;
        }
        return Ascii.upper(text.charAt(LENGTH - 1)) == checkDigit(text) ? null : InvalidReason.CHECKSUM;
    }

    /**
     * The check character for the first 17 characters, which must be digits. What follows them is not read.
     *
     * @throws IllegalArgumentException if there are fewer than 17 characters or one is not a digit
     */
    public static char checkDigit(CharSequence first17) {
        if (first17.length() < LENGTH - 1 || !Ascii.digits(first17, 0, LENGTH - 1)) {
            throw new IllegalArgumentException("A check digit needs 17 digits; the text given has other characters.");
        }
        int sum = 0;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += (first17.charAt(i) - '0') * WEIGHTS[i];
        }
        return CHECK_CHARACTERS.charAt(sum % 11);
    }

    /** The check character for the 17 ASCII digits at {@code offset}; the caller vouches that they are digits. */
    public static byte checkDigit(byte[] ascii, int offset) {
        int sum = 0;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += (ascii[offset + i] - '0') * WEIGHTS[i];
        }
        return (byte) CHECK_CHARACTERS.charAt(sum % 11);
    }

    private static @Nullable InvalidReason formatReason(CharSequence text) {
        if (text.length() == 15 && Ascii.digits(text, 0, 15)) {
            return InvalidReason.FIRST_GENERATION;
        }
        if (text.length() != LENGTH || !Ascii.digits(text, 0, LENGTH - 1)) {
            return InvalidReason.FORMAT;
        }
        char last = text.charAt(LENGTH - 1);
        return Ascii.isDigit(last) || last == 'X' || last == 'x' ? null : InvalidReason.FORMAT;
    }

    private static @Nullable InvalidReason areaReason(CharSequence text, IdentifierRules rules) {
        if (text.charAt(0) == '9') {
            return Ascii.isProvince(Ascii.number(text, 1, 3)) ? null : InvalidReason.AREA;
        }
        int prefix = Ascii.number(text, 0, 2);
        if (prefix >= 81 && prefix <= 83) {
            return Ascii.number(text, 2, 6) == 0 ? null : InvalidReason.AREA;
        }
        if (!Ascii.isProvince(prefix)) {
            return InvalidReason.AREA;
        }
        boolean synthetic = Ascii.number(text, 4, 6) == 99;
        return synthetic && !rules.allowSyntheticRegions() ? InvalidReason.SYNTHETIC_REGION : null;
    }
}
