package io.yunyu.anonymizer.search;

import java.time.Duration;

/**
 * When a search gives up.
 *
 * @param time wall-clock time
 * @param checks number of transformations checked
 * @param practicalMonotonicity whether the search takes privacy and loss to be monotone though they need not be: what is
 *     coarser than an anonymous transformation is taken to be anonymous and to lose more, what is finer than one that is
 *     not anonymous is taken not to be. Faster, and may miss the optimum
 */
public record SearchLimits(Duration time, long checks, boolean practicalMonotonicity) {
    public static final SearchLimits NONE = new SearchLimits(Duration.ofDays(365), Long.MAX_VALUE);

    public SearchLimits(Duration time, long checks) {
        this(time, checks, false);
    }
}
