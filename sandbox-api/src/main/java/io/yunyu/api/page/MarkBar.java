package io.yunyu.api.page;

import io.yunyu.api.review.ReviewView;
import io.yunyu.api.review.TableMarks;
import io.yunyu.contract.disclosure.ReviewFacts;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What became of a column's values as a bar of parts, drawn on the server.
 *
 * @param percent withheld, as text
 */
public record MarkBar(String column, long shown, long withheld, String percent, List<Part> parts) {
    static final int WIDTH = 240;

    /**
     * A part of the bar.
     *
     * @param kind {@code noise}, {@code repeated}, {@code exact}, {@code withheld} or {@code none}
     * @param x in pixels of {@value #WIDTH}
     */
    public record Part(String kind, long count, int x, int width) {}

    static List<MarkBar> of(ReviewView view) {
        return view.losses().stream()
                .map(l -> new MarkBar(
                        l.column(),
                        l.shown(),
                        l.withheld(),
                        l.withheldPercent().toPlainString(),
                        parts(counts(l, view.told().map(ReviewView.Told::marks)))))
                .toList();
    }

    private static Map<String, Long> counts(ReviewView.Loss loss, Optional<TableMarks> marks) {
        Map<String, Long> counts = new LinkedHashMap<>();
        counts.put(ReviewFacts.NOISE, 0L);
        counts.put(ReviewFacts.REPEATED, 0L);
        counts.put("withheld", 0L);
        counts.put(ReviewFacts.NONE, 0L);
        Optional<TableMarks.Column> column = marks.flatMap(m ->
                m.columns().stream().filter(c -> c.name().equals(loss.column())).findFirst());
        if (column.isEmpty()) {
            counts.put(ReviewFacts.NOISE, loss.shown());
            counts.put("withheld", loss.withheld());
        } else {
            column.get()
                    .counts()
                    .forEach((mark, n) -> counts.merge(MarkedTable.isWithheld(mark) ? "withheld" : mark, n, Long::sum));
            counts.remove(ReviewFacts.LABEL);
        }
        return counts;
    }

    private static List<Part> parts(Map<String, Long> counts) {
        long all =
                Math.max(1, counts.values().stream().mapToLong(Long::longValue).sum());
        List<Part> parts = new ArrayList<>();
        long before = 0;
        for (Map.Entry<String, Long> count : counts.entrySet()) {
            int x = (int) (WIDTH * before / all);
            before += count.getValue();
            int end = (int) (WIDTH * before / all);
            parts.add(new Part(count.getKey(), count.getValue(), x, end - x));
        }
        return parts;
    }
}
