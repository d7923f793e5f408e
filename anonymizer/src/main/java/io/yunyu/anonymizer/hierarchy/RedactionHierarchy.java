package io.yunyu.anonymizer.hierarchy;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.InputException;
import java.util.ArrayList;
import java.util.List;

/**
 * Character after character replaced, one more on each level. Values are padded to the longest one first, so that a label
 * does not show how long its value was on that side.
 *
 * @param redaction what replaces a character
 * @param padding what fills shorter values
 * @param alignRight whether to pad on the left
 * @param fromRight whether the last character goes first
 */
public record RedactionHierarchy(char redaction, char padding, boolean alignRight, boolean fromRight)
        implements HierarchySource {
    /** Stars from the right, padded on the right: a postcode. */
    public static final RedactionHierarchy POSTCODE = new RedactionHierarchy('*', ' ', false, true);

    private static final int MAX_LENGTH = 100;

    @Override
    public GeneralizationHierarchy hierarchy(Column column, DataType type) {
        int length = column.dictionary().stream().mapToInt(String::length).max().orElse(0);
        if (length == 0 || length > MAX_LENGTH) {
            throw new InputException("Column '" + column.name() + "': its longest value has " + length
                    + " characters; redaction needs 1 to " + MAX_LENGTH + ".");
        }
        List<List<String>> rows = new ArrayList<>();
        for (String value : column.dictionary()) {
            String fill = String.valueOf(padding).repeat(length - value.length());
            String padded = alignRight ? fill + value : value + fill;
            List<String> row = new ArrayList<>();
            row.add(value);
            for (int level = 1; level < length; level++) {
                String stars = String.valueOf(redaction).repeat(level);
                row.add(fromRight ? padded.substring(0, length - level) + stars : stars + padded.substring(level));
            }
            row.add(GeneralizationHierarchy.ANY);
            rows.add(row);
        }
        return GeneralizationHierarchy.of(column.name(), rows);
    }
}
