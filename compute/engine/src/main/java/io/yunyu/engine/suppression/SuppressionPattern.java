package io.yunyu.engine.suppression;

import java.util.BitSet;
import java.util.List;

/**
 * Which cells are withheld, with the audit that found it safe. Only {@link SecondarySuppression} makes one.
 *
 * @param suppressed primaries and secondaries
 * @param cost their weights together
 * @param optimal whether no safe pattern costs less
 * @param intervals one for each requirement, in its order; all are protected
 */
public record SuppressionPattern(BitSet suppressed, double cost, boolean optimal, List<CellInterval> intervals) {
    public SuppressionPattern {
        suppressed = (BitSet) suppressed.clone();
        intervals = List.copyOf(intervals);
        if (!intervals.stream().allMatch(CellInterval::isProtected)) {
            throw new IllegalStateException("A pattern that its audit found unsafe was about to be used.");
        }
    }

    @Override
    public BitSet suppressed() {
        return (BitSet) suppressed.clone();
    }
}
