package io.yunyu.anonymizer.masking;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.InputException;
import java.util.ArrayList;
import java.util.List;

/** Masks a column's distinct values, each once. */
public final class MaskedColumn {
    private MaskedColumn() {}

    /**
     * For each code of the column what is released in place of its value.
     *
     * @throws InputException if a value does not fit; names the column, not the value
     */
    public static List<String> values(Column column, Masking masking) {
        List<String> masked = new ArrayList<>(column.dictionary().size());
        for (int code = 0; code < column.dictionary().size(); code++) {
            try {
                masked.add(masking.of(column.dictionary().get(code)));
            } catch (IllegalArgumentException e) {
                throw new InputException("Column '" + column.name() + "': its " + (code + 1)
                        + "th distinct value in input order " + e.getMessage() + ", which " + masking.label()
                        + " needs.");
            }
        }
        return masked;
    }
}
