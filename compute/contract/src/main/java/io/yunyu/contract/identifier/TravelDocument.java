package io.yunyu.contract.identifier;

import java.util.EnumSet;
import java.util.Set;

/**
 * Documents whose numbers can be looked at by form alone. Every valid answer carries
 * {@link IdentifierWarning#FORMAT_ONLY}: a mistyped number usually passes.
 */
public final class TravelDocument {
    private static final Set<IdentifierWarning> FORMAT_ONLY = EnumSet.of(IdentifierWarning.FORMAT_ONLY);

    private TravelDocument() {}

    /** A passport of any country: 5 to 15 digits or letters. */
    public static IdentifierResult passport(CharSequence text) {
        boolean valid = text.length() >= 5 && text.length() <= 15;
        for (int i = 0; valid && i < text.length(); i++) {
            char c = Ascii.upper(text.charAt(i));
            valid = Ascii.isDigit(c) || (c >= 'A' && c <= 'Z');
        }
        return result(text, valid);
    }

    /** 来往内地/大陆通行证: H or M and 8 digits (Hong Kong, Macao), or 8 digits (Taiwan). */
    public static IdentifierResult mainlandTravelPermit(CharSequence text) {
        int length = text.length();
        boolean lettered = length == 9 && "HM".indexOf(Ascii.upper(text.charAt(0))) >= 0;
        return result(text, (lettered || length == 8) && Ascii.digits(text, lettered ? 1 : 0, length));
    }

    /** 外国人永久居留身份证, 2017 edition: 3 letters and 12 digits. The 2023 edition is a {@link CitizenId}. */
    public static IdentifierResult permanentResidentCard2017(CharSequence text) {
        boolean valid = text.length() == 15 && Ascii.digits(text, 3, 15);
        for (int i = 0; valid && i < 3; i++) {
            char c = Ascii.upper(text.charAt(i));
            valid = c >= 'A' && c <= 'Z';
        }
        return result(text, valid);
    }

    private static IdentifierResult result(CharSequence text, boolean valid) {
        return valid
                ? new IdentifierResult.Valid(Ascii.upper(text), FORMAT_ONLY)
                : new IdentifierResult.Invalid(InvalidReason.FORMAT);
    }
}
