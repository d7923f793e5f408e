package io.yunyu.cli.dummy;

import io.yunyu.contract.json.JsonObject;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What made-up rows must be like for a query to find some, as the dry run answers it from the query's text.
 *
 * @param branches ways of passing the WHERE clause; values by column
 * @param groups columns of GROUP BY
 * @param joined pairs of columns, other than the units, that a join compares
 */
public record QueryHints(List<Map<Column, List<String>>> branches, Set<Column> groups, List<List<Column>> joined) {
    /** A column of a dataset. */
    public record Column(String dataset, String name) {
        static Column parse(JsonObject json) {
            return new Column(json.string("dataset"), json.string("column"));
        }
    }

    public static final QueryHints NONE = new QueryHints(List.of(), Set.of(), List.of());

    public QueryHints {
        branches = List.copyOf(branches);
        groups = Set.copyOf(groups);
        joined = List.copyOf(joined);
    }

    public static QueryHints parse(JsonObject json) {
        return new QueryHints(
                json.objects("branches").stream().map(QueryHints::branch).toList(),
                new HashSet<>(json.objects("groups").stream().map(Column::parse).toList()),
                json.objects("joined").stream()
                        .map(pair -> pair.objects("columns").stream()
                                .map(Column::parse)
                                .toList())
                        .toList());
    }

    private static Map<Column, List<String>> branch(JsonObject json) {
        Map<Column, List<String>> values = new HashMap<>();
        for (JsonObject column : json.objects("columns")) {
            List<String> texts = column.strings("values");
            // Values where there are some: a missing one is no use where the column must not be empty.
            values.put(Column.parse(column), texts.isEmpty() ? List.of(ColumnValues.MISSING) : texts);
        }
        return values;
    }

    /** One name for all columns that joins compare with this one. */
    Column representative(Column column) {
        Set<Column> reached = new HashSet<>(Set.of(column));
        boolean more = true;
        while (more) {
            more = false;
            for (List<Column> pair : joined) {
                if (pair.stream().anyMatch(reached::contains)) {
                    more |= reached.addAll(pair);
                }
            }
        }
        return reached.stream()
                .min(java.util.Comparator.comparing(Column::dataset).thenComparing(Column::name))
                .orElse(column);
    }

    boolean isJoined(Column column) {
        return joined.stream().anyMatch(pair -> pair.contains(column));
    }

    /** Values that pass a branch in this column or one that is joined with it; empty if all do. */
    Optional<List<String>> matching(int branch, Column column) {
        Column representative = representative(column);
        return branches.get(branch).entrySet().stream()
                .filter(e -> representative(e.getKey()).equals(representative))
                .map(Map.Entry::getValue)
                .reduce((a, b) -> a.stream().filter(b::contains).toList());
    }

    boolean isGroup(Column column) {
        Column representative = representative(column);
        return groups.stream().anyMatch(g -> representative(g).equals(representative));
    }
}
