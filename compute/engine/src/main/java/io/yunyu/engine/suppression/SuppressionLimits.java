package io.yunyu.engine.suppression;

import java.time.Duration;

/**
 * How much work a search may be.
 *
 * @param time for search and improvement, above 0; the audit comes on top
 * @param exactCells most cells of a table of two dimensions for which the optimum is sought
 * @param exactCellsBeyondTwoDimensions the same for tables with more dimensions or hierarchies, which are much harder
 */
public record SuppressionLimits(Duration time, int exactCells, int exactCellsBeyondTwoDimensions) {
    public static final SuppressionLimits DEFAULT = of(Duration.ofSeconds(60));

    public SuppressionLimits {
        if (time.isNegative() || time.isZero() || time.compareTo(Duration.ofHours(24)) > 0) {
            throw new IllegalArgumentException("The time limit of a suppression must be above 0 and at most 24 hours.");
        }
        if (exactCells < 0 || exactCellsBeyondTwoDimensions < 0) {
            throw new IllegalArgumentException("The sizes for an exact search must not be negative.");
        }
    }

    public static SuppressionLimits of(Duration time) {
        return new SuppressionLimits(time, 10_000, 2_000);
    }
}
