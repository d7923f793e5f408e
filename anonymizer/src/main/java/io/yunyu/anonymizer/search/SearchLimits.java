package io.yunyu.anonymizer.search;

import java.time.Duration;

/**
 * When a search gives up.
 *
 * @param time wall-clock time
 * @param checks number of transformations checked
 */
public record SearchLimits(Duration time, long checks) {
    public static final SearchLimits NONE = new SearchLimits(Duration.ofDays(365), Long.MAX_VALUE);
}
