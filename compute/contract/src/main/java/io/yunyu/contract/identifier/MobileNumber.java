package io.yunyu.contract.identifier;

import java.util.EnumSet;
import org.jspecify.annotations.Nullable;

/**
 * A mobile telephone number of mainland China: 11 digits, the first 1, the second 3 to 9, no country code.
 *
 * <p>No range is reserved for fiction, so a made-up number may ring at somebody's; never send to one from a
 * demonstration.
 */
public final class MobileNumber {
    private MobileNumber() {}

    /** Checks one text. */
    public static IdentifierResult check(CharSequence text) {
        InvalidReason reason = reasonOf(text);
        return reason != null
                ? new IdentifierResult.Invalid(reason)
                : new IdentifierResult.Valid(text.toString(), EnumSet.of(IdentifierWarning.FORMAT_ONLY));
    }

    /** Why the text is refused, or null if it is valid. Allocates nothing. */
    public static @Nullable InvalidReason reasonOf(CharSequence text) {
        boolean valid =
                text.length() == 11 && Ascii.digits(text, 0, 11) && text.charAt(0) == '1' && text.charAt(1) >= '3';
        return valid ? null : InvalidReason.FORMAT;
    }
}
