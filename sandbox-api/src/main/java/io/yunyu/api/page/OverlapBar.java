package io.yunyu.api.page;

import io.yunyu.api.job.Job;
import io.yunyu.api.review.EarlierAnswers;
import io.yunyu.api.review.ReviewView;
import java.util.List;
import java.util.Optional;

/**
 * How many cells of a table are answered as one earlier job was, as a bar beside all its cells.
 *
 * @param width in pixels of {@value #WIDTH}
 */
public record OverlapBar(Optional<Job> job, long cells, long all, int width) {
    static final int WIDTH = 240;

    static List<OverlapBar> of(ReviewView.Told told) {
        long all = told.marks().rows().size();
        return told.overlaps().stream().map(o -> of(o, all)).toList();
    }

    private static OverlapBar of(EarlierAnswers earlier, long all) {
        return new OverlapBar(earlier.job(), earlier.cells(), all, (int)
                Math.ceil((double) WIDTH * earlier.cells() / Math.max(1, all)));
    }
}
