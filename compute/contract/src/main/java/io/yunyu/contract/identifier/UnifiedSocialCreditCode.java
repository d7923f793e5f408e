package io.yunyu.contract.identifier;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * 统一社会信用代码 (GB 32100-2015), the 18-character identifier of legal persons and other organisations: registering
 * department 1, category 1, area 6, organisation code 9 (GB 11714), check 1.
 *
 * <p>Guarantees length, the 31-character alphabet (no I, O, S, V, Z), an existing province or the national registry
 * (10), and the check character. A failing check inside the organisation code and an unknown registering department are
 * warnings, since both occur in codes that were really issued. Lower-case letters are accepted and normalised.
 *
 * <p>Only Yunnan's county part 99 counts as fictional: registries of development zones elsewhere use area codes that
 * GB/T 2260 does not list.
 */
public final class UnifiedSocialCreditCode {
    /** Characters in a code. */
    public static final int LENGTH = 18;

    private static final String ALPHABET = "0123456789ABCDEFGHJKLMNPQRTUWXY";
    private static final String DEPARTMENTS = "123456789ANY";
    private static final int[] WEIGHTS = {1, 3, 9, 27, 19, 26, 16, 17, 20, 29, 25, 13, 8, 24, 10, 30, 28};
    private static final byte[] VALUES = values();

    private UnifiedSocialCreditCode() {}

    /** Checks one text. Surrounding white space is not removed. */
    public static IdentifierResult check(CharSequence text, IdentifierRules rules) {
        InvalidReason reason = reasonOf(text, rules);
        if (reason != null) {
            return new IdentifierResult.Invalid(reason);
        }
        String normalised = Ascii.upper(text);
        EnumSet<IdentifierWarning> warnings = EnumSet.noneOf(IdentifierWarning.class);
        if (!normalised.contentEquals(text)) {
            warnings.add(IdentifierWarning.LOWER_CASE);
        }
        if (DEPARTMENTS.indexOf(normalised.charAt(0)) < 0) {
            warnings.add(IdentifierWarning.REGISTERING_DEPARTMENT);
        }
        if (OrganisationCode.checkCharacter(normalised, 8) != normalised.charAt(16)) {
            warnings.add(IdentifierWarning.ORGANISATION_CHECK);
        }
        return new IdentifierResult.Valid(normalised, warnings);
    }

    /** Why the text is refused, or null if it is valid. Allocates nothing: meant for columns of 10⁸ values. */
    public static @Nullable InvalidReason reasonOf(CharSequence text, IdentifierRules rules) {
        if (text.length() != LENGTH || !Ascii.digits(text, 2, 8)) {
            return InvalidReason.FORMAT;
        }
        for (int i = 0; i < LENGTH; i++) {
            if (value(text.charAt(i)) < 0) {
                return InvalidReason.FORMAT;
            }
        }
        int province = Ascii.number(text, 2, 4);
        boolean known = Ascii.isProvince(province) || province == 10 || (province >= 81 && province <= 83);
        if (!known) {
            return InvalidReason.AREA;
        }
        if (province == 53 && Ascii.number(text, 6, 8) == 99 && !rules.allowSyntheticRegions()) {
            return InvalidReason.SYNTHETIC_REGION;
        }
        char check = ALPHABET.charAt(checkValue(text));
        return Ascii.upper(text.charAt(LENGTH - 1)) == check ? null : InvalidReason.CHECKSUM;
    }

    /**
     * The check character for the first 17 characters. What follows them is not read.
     *
     * @throws IllegalArgumentException if there are fewer than 17 characters or one is outside the alphabet
     */
    public static char checkCharacter(CharSequence first17) {
        for (int i = 0; i < LENGTH - 1; i++) {
            if (i >= first17.length() || value(first17.charAt(i)) < 0) {
                throw new IllegalArgumentException(
                        "A check character needs 17 characters of the alphabet of GB 32100.");
            }
        }
        return ALPHABET.charAt(checkValue(first17));
    }

    /** The check character for the 17 ASCII characters at {@code offset}; the caller vouches for the alphabet. */
    public static byte checkCharacter(byte[] ascii, int offset) {
        int sum = 0;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += VALUES[ascii[offset + i]] * WEIGHTS[i];
        }
        return (byte) ALPHABET.charAt((31 - sum % 31) % 31);
    }

    /** The character of the 31-character alphabet that has this value, 0 to 30. */
    public static char character(int value) {
        return ALPHABET.charAt(value);
    }

    /** A sum of 0 gives 0, not 31: the trap of the standard's formula. */
    private static int checkValue(CharSequence text) {
        int sum = 0;
        for (int i = 0; i < LENGTH - 1; i++) {
            sum += value(text.charAt(i)) * WEIGHTS[i];
        }
        return (31 - sum % 31) % 31;
    }

    private static int value(char c) {
        return c < VALUES.length ? VALUES[c] : -1;
    }

    private static byte[] values() {
        byte[] values = new byte[128];
        for (char c = 0; c < values.length; c++) {
            values[c] = (byte) ALPHABET.indexOf(Ascii.upper(c));
        }
        return values;
    }
}
