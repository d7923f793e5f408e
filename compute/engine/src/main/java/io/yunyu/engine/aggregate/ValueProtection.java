package io.yunyu.engine.aggregate;

import io.yunyu.engine.aggregate.CellProtection.Outcome;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Decides what is published of the cells of a table. */
interface ValueProtection {
    /** Whether the cell may be told from an empty one. */
    boolean reachesThreshold(Cell cell);

    /**
     * Why nothing is published of a combination of labels that is listed only because most others are.
     *
     * @param summedOver see {@link Cell}
     */
    default Outcome.Suppressed unlisted(long summedOver, List<@Nullable Object> labels) {
        return CellProtection.MIN_UNITS;
    }

    /**
     * Whether a label that is published somewhere is a label of every grouping set with its column, so that all
     * combinations are listed or none, whichever of them are withheld.
     */
    default boolean sharesLabels() {
        return false;
    }

    Outcome value(CellPlan.Value value, Cell cell);
}
