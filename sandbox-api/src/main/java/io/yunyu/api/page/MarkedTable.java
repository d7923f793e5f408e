package io.yunyu.api.page;

import io.yunyu.api.review.ProtectedTable;
import io.yunyu.api.review.TableMarks;
import io.yunyu.contract.disclosure.ReviewFacts;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The protected table with a sign at each value that says what became of it, and the signs explained.
 *
 * @param legend the marks that occur, with their signs
 */
public record MarkedTable(List<ProtectedTable.Column> columns, List<List<Cell>> rows, List<Legend> legend) {
    private static final String SUPERSCRIPTS = "¹²³⁴⁵⁶⁷⁸⁹";

    /**
     * A value.
     *
     * @param mark word of {@link ReviewFacts}
     * @param sign what is shown beside the value, or in its place
     * @param percent the noise's standard deviation in percent of the value; empty if it is not told
     * @param atLeast whether it may be more
     */
    public record Cell(String text, String mark, String sign, String percent, boolean atLeast) {
        public boolean withheld() {
            return isWithheld(mark);
        }
    }

    /** A mark, its sign and how many values have it. */
    public record Legend(String mark, String sign, long count) {
        public boolean withheld() {
            return isWithheld(mark);
        }
    }

    static MarkedTable of(ProtectedTable table, TableMarks marks) {
        Map<String, Long> counts = new TreeMap<>();
        marks.rows().forEach(row -> row.forEach(mark -> counts.merge(mark, 1L, Long::sum)));
        Map<String, String> signs = signs(counts);
        List<List<Cell>> rows = new ArrayList<>();
        for (int r = 0; r < table.rows().size(); r++) {
            List<Cell> cells = new ArrayList<>();
            for (int c = 0; c < table.columns().size(); c++) {
                String mark = marks.rows().get(r).get(c);
                cells.add(new Cell(
                        table.rows().get(r).get(c).text(),
                        mark,
                        signs.getOrDefault(mark, ""),
                        text(marks.columns().get(c).percents().get(r)),
                        marks.columns().get(c).atLeast()));
            }
            rows.add(cells);
        }
        List<Legend> legend = new ArrayList<>();
        signs.forEach((mark, sign) -> legend.add(new Legend(mark, sign, counts.getOrDefault(mark, 0L))));
        return new MarkedTable(table.columns(), rows, legend);
    }

    /** Published ones first, then the rules, numbered. */
    private static Map<String, String> signs(Map<String, Long> counts) {
        Map<String, String> signs = new LinkedHashMap<>();
        if (counts.containsKey(ReviewFacts.NOISE)) {
            signs.put(ReviewFacts.NOISE, "");
        }
        if (counts.containsKey(ReviewFacts.REPEATED)) {
            signs.put(ReviewFacts.REPEATED, "≈");
        }
        if (counts.containsKey(ReviewFacts.EXACT)) {
            signs.put(ReviewFacts.EXACT, "");
        }
        int rules = 0;
        for (String mark : counts.keySet()) {
            if (isWithheld(mark)) {
                signs.put(mark, "×" + SUPERSCRIPTS.charAt(Math.min(rules++, SUPERSCRIPTS.length() - 1)));
            }
        }
        if (counts.containsKey(ReviewFacts.NONE)) {
            signs.put(ReviewFacts.NONE, "–");
        }
        return signs;
    }

    static boolean isWithheld(String mark) {
        return !List.of(ReviewFacts.LABEL, ReviewFacts.NOISE, ReviewFacts.REPEATED, ReviewFacts.EXACT, ReviewFacts.NONE)
                .contains(mark);
    }

    private static String text(@Nullable BigDecimal percent) {
        return percent == null ? "" : percent.stripTrailingZeros().toPlainString();
    }
}
