package io.yunyu.api.page;

import io.yunyu.api.review.ReviewView;
import java.util.List;

/**
 * Shown and withheld values of a column as a bar, drawn on the server.
 *
 * @param percent withheld, as text
 * @param shownWidth in pixels of {@value #WIDTH}
 */
public record LossBar(String column, long shown, long withheld, String percent, int shownWidth) {
    static final int WIDTH = 240;

    static List<LossBar> of(ReviewView view) {
        return view.losses().stream()
                .map(l -> new LossBar(
                        l.column(), l.shown(), l.withheld(), l.withheldPercent().toPlainString(), (int)
                                Math.floor((double) WIDTH * l.shown() / Math.max(1, l.shown() + l.withheld()))))
                .toList();
    }
}
