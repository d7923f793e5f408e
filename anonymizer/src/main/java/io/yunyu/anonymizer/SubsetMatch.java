package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Finds the rows of a subset file in the input: each matches the first equal row that is not matched yet. */
final class SubsetMatch {
    private SubsetMatch() {}

    static BitSet of(MicrodataTable table, MicrodataTable subset) {
        List<Column> columns = new ArrayList<>();
        for (Column column : subset.columns()) {
            columns.add(table.column(column.name()));
        }
        if (columns.size() != table.columns().size()) {
            throw new InputException("The subset has " + columns.size() + " columns, the input has "
                    + table.columns().size() + "; it needs the input's header.");
        }
        Map<List<String>, Deque<Integer>> rows = new HashMap<>();
        for (int row = 0; row < table.rowCount(); row++) {
            rows.computeIfAbsent(tuple(columns, row), key -> new ArrayDeque<>()).add(row);
        }
        BitSet matched = new BitSet(table.rowCount());
        for (int row = 0; row < subset.rowCount(); row++) {
            Integer found = rows.getOrDefault(tuple(subset.columns(), row), new ArrayDeque<>())
                    .poll();
            if (found == null) {
                throw new InputException("The subset's record " + (row + 1)
                        + " equals no record of the input that is not matched by an earlier one.");
            }
            matched.set(found);
        }
        return matched;
    }

    private static List<String> tuple(List<Column> columns, int row) {
        List<String> tuple = new ArrayList<>(columns.size());
        columns.forEach(column -> tuple.add(column.value(row)));
        return tuple;
    }
}
