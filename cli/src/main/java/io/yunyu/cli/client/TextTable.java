package io.yunyu.cli.client;

import io.yunyu.contract.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** A protected table as text in columns; suppressed values are shown as {@code x}. */
public final class TextTable {
    private final List<List<String>> lines = new ArrayList<>();

    private TextTable() {}

    /** @param table content of a candidate's {@code table.json} */
    public static String render(JsonObject table, int maxRows) {
        TextTable text = new TextTable();
        text.lines.add(
                table.objects("columns").stream().map(c -> c.string("name")).toList());
        Set<String> suppressed = new HashSet<>();
        table.list("suppressed", cell -> suppressed.add(String.valueOf(cell).replaceAll("[^0-9,]", "")));
        List<List<String>> rows = table.list("rows", TextTable::cells);
        for (int r = 0; r < Math.min(rows.size(), maxRows); r++) {
            List<String> line = new ArrayList<>();
            for (int c = 0; c < rows.get(r).size(); c++) {
                line.add(suppressed.contains(r + "," + c) ? "x" : rows.get(r).get(c));
            }
            text.lines.add(line);
        }
        return text.layOut()
                + (rows.size() > maxRows ? Console.say("… " + (rows.size() - maxRows) + " more rows\n") : "");
    }

    private static List<String> cells(Object row) {
        List<String> cells = new ArrayList<>();
        for (Object cell : (List<?>) row) {
            cells.add(cell == null ? "" : String.valueOf(cell));
        }
        return cells;
    }

    private String layOut() {
        int columns = lines.get(0).size();
        int[] widths = new int[columns];
        lines.forEach(line -> {
            for (int c = 0; c < columns; c++) {
                widths[c] = Math.max(widths[c], width(line.get(c)));
            }
        });
        StringBuilder out = new StringBuilder();
        for (List<String> line : lines) {
            for (int c = 0; c < columns; c++) {
                out.append(line.get(c)).append(" ".repeat(widths[c] - width(line.get(c)) + (c < columns - 1 ? 2 : 0)));
            }
            out.append('\n');
        }
        return out.toString();
    }

    /** Chinese characters take two places of a terminal. */
    private static int width(String text) {
        return text.codePoints()
                .map(c -> c >= 0x1100 && Character.isIdeographic(c) || c >= 0xFF00 && c < 0xFFE0 ? 2 : 1)
                .sum();
    }
}
