package io.yunyu.anonymizer.masking;

import io.yunyu.anonymizer.data.InputException;

/**
 * Replaces characters by one character, but for the first and last ones. A value that would be kept whole is replaced
 * whole. Counts code points, so that a character outside the basic plane counts once.
 *
 * @param keepFirst characters kept at the start, not negative
 * @param keepLast characters kept at the end, not negative
 * @param character what stands for the others
 * @param length how many of them are written, whatever the value's length; 0 to let the length show
 */
public record Redaction(int keepFirst, int keepLast, int character, int length) implements Masking {
    public Redaction {
        if (keepFirst < 0 || keepLast < 0 || length < 0) {
            throw new InputException(
                    "masking redact needs keepFirst and keepLast not below 0, and a length of at least 1, or none.");
        }
    }

    @Override
    public String masked(String value) {
        int[] characters = value.codePoints().toArray();
        boolean whole = (long) keepFirst + keepLast >= characters.length;
        int first = whole ? 0 : keepFirst;
        int last = whole ? 0 : keepLast;
        StringBuilder masked = new StringBuilder();
        for (int i = 0; i < first; i++) {
            masked.appendCodePoint(characters[i]);
        }
        for (int i = 0; i < (length > 0 ? length : characters.length - first - last); i++) {
            masked.appendCodePoint(character);
        }
        for (int i = characters.length - last; i < characters.length; i++) {
            masked.appendCodePoint(characters[i]);
        }
        return masked.toString();
    }

    @Override
    public String label() {
        return "redact(keepFirst=" + keepFirst + ", keepLast=" + keepLast + ")";
    }

    @Override
    public boolean keepsMeaning() {
        return false;
    }

    @Override
    public boolean hidesIdentity() {
        return true;
    }
}
