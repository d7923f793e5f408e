package io.yunyu.engine.candidate;

import io.yunyu.contract.json.Json;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** The protected table as CSV and as JSON. */
final class TextTables {
    /** Name of the last column of the CSV. */
    static final String SUPPRESSED = "suppressed";

    private TextTables() {}

    /**
     * RFC 4180, UTF-8, first line a header. A suppressed value is empty, and the last column, {@value #SUPPRESSED}, lists
     * the names of the row's suppressed columns, separated by blanks: empty alone could also be a missing label.
     */
    static byte[] csv(ProtectedTable table) {
        StringBuilder out = new StringBuilder();
        List<ProtectedTable.Column> columns = table.columns();
        columns.forEach(c -> out.append(quoted(c.name())).append(','));
        out.append(SUPPRESSED).append("\r\n");
        for (int r = 0; r < table.rows().size(); r++) {
            int row = r;
            table.rows().get(r).forEach(v -> out.append(quoted(ProtectedTable.text(v)))
                    .append(','));
            String suppressed = IntStream.range(0, columns.size())
                    .filter(c -> table.isSuppressed(row, c))
                    .mapToObj(c -> columns.get(c).name())
                    .collect(Collectors.joining(" "));
            out.append(quoted(suppressed)).append("\r\n");
        }
        return out.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** {@code {columns:[{name,type,label}], rows:[[…]], suppressed:[[row,column],…]}}. */
    static byte[] json(ProtectedTable table) {
        List<Object> columns = new ArrayList<>();
        table.columns()
                .forEach(c -> columns.add(
                        Json.object("name", c.name(), "type", c.type().name(), "label", c.label())));
        List<Object> rows = new ArrayList<>();
        List<Object> suppressed = new ArrayList<>();
        for (int r = 0; r < table.rows().size(); r++) {
            List<@Nullable Object> row = new ArrayList<>();
            for (int c = 0; c < table.columns().size(); c++) {
                row.add(jsonValue(table.rows().get(r).get(c)));
                if (table.isSuppressed(r, c)) {
                    suppressed.add(List.of((long) r, (long) c));
                }
            }
            rows.add(row);
        }
        return Json.bytes(Json.object("columns", columns, "rows", rows, "suppressed", suppressed));
    }

    private static @Nullable Object jsonValue(@Nullable Object value) {
        if (value == null || value instanceof Long || value instanceof Boolean || value instanceof BigDecimal) {
            return value;
        }
        return value instanceof Double d ? BigDecimal.valueOf(d) : ProtectedTable.text(value);
    }

    static String quoted(String text) {
        boolean plain = text.chars().noneMatch(c -> c == ',' || c == '"' || c == '\r' || c == '\n');
        return plain ? text : '"' + text.replace("\"", "\"\"") + '"';
    }
}
