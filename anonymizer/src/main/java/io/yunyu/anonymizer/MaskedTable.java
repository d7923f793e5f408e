package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.masking.MaskedColumn;

/**
 * A table after the masking that its specification asks for. Done before the classes are judged: the models must hold for
 * the sensitive values that are released, some of which masking has merged.
 */
final class MaskedTable {
    private MaskedTable() {}

    /** @throws io.yunyu.anonymizer.data.InputException if a value does not fit its masking; names the column only */
    static MicrodataTable of(MicrodataTable table, AnonymizationSpec spec) {
        MicrodataTable masked = table;
        for (AttributeSpec attribute : spec.attributes()) {
            if (attribute.masking().isPresent()) {
                Column column = table.column(attribute.name());
                masked = masked.with(column.withValues(
                        MaskedColumn.values(column, attribute.masking().get())));
            }
        }
        return masked;
    }
}
