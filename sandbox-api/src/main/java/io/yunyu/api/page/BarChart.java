package io.yunyu.api.page;

import io.yunyu.api.review.ProtectedTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The first measure of a protected table as horizontal bars, drawn on the server: no script, no library. Suppressed
 * cells get no bar, only a mark.
 *
 * @param title name of the measure
 * @param height of the picture; its width is {@value #WIDTH}
 */
public record BarChart(String title, int height, List<Bar> bars) {
    static final int WIDTH = 640;
    private static final int LABEL_WIDTH = 200;
    private static final int VALUE_WIDTH = 90;
    private static final int ROW = 24;
    private static final int MOST_BARS = 40;
    private static final int LONGEST_LABEL = 18;

    /** @param length in pixels; 0 for a suppressed cell */
    public record Bar(String label, String value, boolean suppressed, int y, int length) {
        public int textY() {
            return y + 13;
        }

        public int valueX() {
            return LABEL_WIDTH + length + 6;
        }
    }

    /** Empty if the table has no numeric column or no row. */
    static Optional<BarChart> of(ProtectedTable table) {
        int measure = measure(table);
        if (measure < 0 || table.rows().isEmpty()) {
            return Optional.empty();
        }
        List<List<ProtectedTable.Cell>> rows =
                table.rows().subList(0, Math.min(MOST_BARS, table.rows().size()));
        double most =
                rows.stream().mapToDouble(row -> number(row.get(measure))).max().orElse(0);
        List<Bar> bars = new ArrayList<>();
        for (List<ProtectedTable.Cell> row : rows) {
            ProtectedTable.Cell cell = row.get(measure);
            int length = most <= 0
                    ? 0
                    : (int) Math.round(Math.max(0, number(cell)) / most * (WIDTH - LABEL_WIDTH - VALUE_WIDTH));
            String value = cell.suppressed() ? "×" : cell.text();
            bars.add(new Bar(label(table, row), value, cell.suppressed(), bars.size() * ROW + 4, length));
        }
        return Optional.of(new BarChart(table.columns().get(measure).name(), bars.size() * ROW + 8, bars));
    }

    /** The first numeric column that does not name groups. */
    private static int measure(ProtectedTable table) {
        for (int i = 0; i < table.columns().size(); i++) {
            ProtectedTable.Column column = table.columns().get(i);
            if (column.numeric() && !column.label()) {
                return i;
            }
        }
        return -1;
    }

    private static String label(ProtectedTable table, List<ProtectedTable.Cell> row) {
        List<String> names = new ArrayList<>();
        for (int i = 0; i < row.size(); i++) {
            ProtectedTable.Column column = table.columns().get(i);
            if (column.label() || !column.numeric()) {
                names.add(row.get(i).text());
            }
        }
        String label = String.join(" · ", names);
        return label.length() <= LONGEST_LABEL ? label : label.substring(0, LONGEST_LABEL - 1) + "…";
    }

    private static double number(ProtectedTable.Cell cell) {
        try {
            return cell.text().isEmpty() ? 0 : Double.parseDouble(cell.text());
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
