package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.contract.json.JsonObject;
import java.util.BitSet;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The records under study; the others are the population that they come from, and read as suppressed. */
public sealed interface ResearchSubset {
    /**
     * The rows of the table that are in it.
     *
     * @throws InputException if it does not fit the table
     */
    BitSet of(MicrodataTable table);

    /**
     * Named one by one: each is the first equal record of the input that is not taken yet.
     *
     * @param rows with the input's columns
     */
    record Listed(MicrodataTable rows) implements ResearchSubset {
        @Override
        public BitSet of(MicrodataTable table) {
            return SubsetMatch.of(table, rows);
        }
    }

    /**
     * All records in which an attribute has one of some values: which ones depends on no order.
     *
     * @param attribute one of the specification's attributes
     * @param values at least one, all different
     */
    record Selected(String attribute, List<String> values) implements ResearchSubset {
        public Selected {
            values = List.copyOf(values);
            if (values.isEmpty() || new HashSet<>(values).size() != values.size()) {
                throw new InputException("subset.values must name at least one value, and each once.");
            }
        }

        static Selected read(JsonObject json) {
            json.onlyMembers(Set.of("attribute", "values"));
            return new Selected(json.string("attribute"), json.strings("values"));
        }

        @Override
        public BitSet of(MicrodataTable table) {
            Column column = table.column(attribute);
            Set<String> wanted = new HashSet<>(values);
            BitSet rows = new BitSet(table.rowCount());
            for (int row = 0; row < table.rowCount(); row++) {
                rows.set(row, wanted.contains(column.value(row)));
            }
            return rows;
        }

        /** Without the values, which may be those of records. */
        @Override
        public String toString() {
            return attribute + " in " + values.size() + " values";
        }
    }
}
