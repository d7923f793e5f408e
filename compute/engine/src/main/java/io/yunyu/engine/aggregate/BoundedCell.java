package io.yunyu.engine.aggregate;

import java.math.BigInteger;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One cell after contribution bounding and before noise: original data, never written anywhere.
 *
 * @param labels values of the group keys in Catalyst's own form
 * @param units distinct privacy units that count in it
 * @param figures exact numbers, in the order of the plan's figures
 * @param weights of the records on each point of the grid, by measure that a quantile is asked of
 */
record BoundedCell(List<@Nullable Object> labels, long units, List<BigInteger> figures, Map<Integer, long[]> weights) {
    BoundedCell {
        labels = Collections.unmodifiableList(labels);
        figures = List.copyOf(figures);
        weights = Map.copyOf(weights);
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "BoundedCell[" + figures.size() + " figures]";
    }
}
