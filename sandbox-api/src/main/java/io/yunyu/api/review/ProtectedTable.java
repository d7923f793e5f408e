package io.yunyu.api.review;

import io.yunyu.contract.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * A protected table, as the engine wrote it to {@code table.json}.
 *
 * @param rows cells as JSON values; {@code null} if suppressed or missing
 * @param json the document as it is
 */
public record ProtectedTable(List<Column> columns, List<List<Cell>> rows, Map<String, Object> json) {
    public ProtectedTable {
        columns = List.copyOf(columns);
        rows = List.copyOf(rows);
    }

    /** @param label whether it names groups, rather than measuring them */
    public record Column(String name, String type, boolean label) {
        public boolean numeric() {
            return type.equals("LONG") || type.equals("DOUBLE") || type.startsWith("DECIMAL");
        }
    }

    /** @param text empty for a suppressed or missing value */
    public record Cell(String text, boolean suppressed) {}

    static ProtectedTable parse(JsonObject json) {
        List<Column> columns = json.objects("columns").stream()
                .map(column -> new Column(column.string("name"), column.string("type"), column.boolOr("label", false)))
                .toList();
        Set<List<Long>> suppressed = new HashSet<>();
        for (List<?> mark : json.list("suppressed", item -> item instanceof List<?> l ? l : List.of())) {
            suppressed.add(List.of((Long) mark.get(0), (Long) mark.get(1)));
        }
        List<List<?>> raw = json.list("rows", item -> item instanceof List<?> l ? l : List.of());
        List<List<Cell>> rows = new ArrayList<>();
        for (int row = 0; row < raw.size(); row++) {
            List<Cell> cells = new ArrayList<>();
            for (int column = 0; column < raw.get(row).size(); column++) {
                cells.add(cell(raw.get(row).get(column), suppressed.contains(List.of((long) row, (long) column))));
            }
            rows.add(List.copyOf(cells));
        }
        return new ProtectedTable(columns, rows, json.asMap());
    }

    /** Reads the table of a released bundle or candidate. */
    public static ProtectedTable of(byte[] tableJson) {
        return parse(io.yunyu.contract.json.Json.parseObject(tableJson));
    }

    private static Cell cell(@Nullable Object value, boolean suppressed) {
        if (value == null || suppressed) {
            return new Cell("", suppressed);
        }
        return new Cell(value instanceof java.math.BigDecimal d ? d.toPlainString() : String.valueOf(value), false);
    }
}
