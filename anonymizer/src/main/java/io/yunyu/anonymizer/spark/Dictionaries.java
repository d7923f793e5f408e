package io.yunyu.anonymizer.spark;

import io.yunyu.anonymizer.data.Column;
import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * The one dictionary of each column. Values stand in the order of their first rows, as in a file that is read from its
 * beginning; where rows have no order, in the order of their text (UTF-16 code units).
 */
final class Dictionaries implements Serializable {
    private static final long serialVersionUID = 1;

    private final List<Map<String, Integer>> codes = new ArrayList<>();

    /** @param columns the runs' columns in their order, with the agreed codes */
    Dictionaries(List<Column> columns) {
        for (Column column : columns) {
            Map<String, Integer> codeOf = new HashMap<>();
            column.dictionary().forEach(value -> codeOf.put(value, codeOf.size()));
            codes.add(codeOf);
        }
    }

    /** Collects all runs' dictionaries to summaries of the columns. */
    static List<Column> collect(String[] names, Iterator<LocalGroups> runs, int mostValues, boolean ordered) {
        List<Map<String, long[]>> found = new ArrayList<>();
        for (int c = 0; c < names.length; c++) {
            found.add(new HashMap<>());
        }
        while (runs.hasNext()) {
            LocalGroups run = runs.next();
            for (int c = 0; c < names.length; c++) {
                merge(found.get(c), run, c);
                if (found.get(c).size() > mostValues) {
                    throw LocalGroups.tooManyValues(names[c], mostValues);
                }
            }
        }
        List<Column> columns = new ArrayList<>();
        for (int c = 0; c < names.length; c++) {
            List<Map.Entry<String, long[]>> values =
                    new ArrayList<>(found.get(c).entrySet());
            values.sort(Map.Entry.comparingByKey());
            if (ordered) {
                values.sort((a, b) -> Long.compare(a.getValue()[1], b.getValue()[1]));
            }
            columns.add(Column.summary(
                    names[c],
                    values.stream().map(Map.Entry::getKey).toList(),
                    values.stream().mapToLong(value -> value.getValue()[0]).toArray()));
        }
        return columns;
    }

    private static void merge(Map<String, long[]> into, LocalGroups run, int column) {
        for (int code = 0; code < run.values[column].length; code++) {
            long[] seen = into.computeIfAbsent(run.values[column][code], value -> new long[] {0, Long.MAX_VALUE});
            seen[0] += run.valueCounts[column][code];
            seen[1] = Math.min(seen[1], run.valueFirst[column][code]);
        }
    }

    /** For each of a run's codes the agreed one. */
    int[] recode(LocalGroups run, int column) {
        int[] recoded = new int[run.values[column].length];
        for (int code = 0; code < recoded.length; code++) {
            recoded[code] = Objects.requireNonNull(codes.get(column).get(run.values[column][code]));
        }
        return recoded;
    }
}
