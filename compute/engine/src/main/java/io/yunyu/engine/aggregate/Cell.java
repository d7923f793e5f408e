package io.yunyu.engine.aggregate;

import io.yunyu.engine.guard.SetSketch;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/**
 * One cell before protection: original data, never written anywhere.
 *
 * @param labels values of the group keys in Catalyst's own form
 * @param units distinct privacy units
 * @param rows records
 * @param largestRows most records of one unit
 * @param secondRows most records of another unit
 * @param recordKeys sum of the units' record keys
 * @param summedOver bit i is set if the cell is a total over the i-th key, which then has no label
 * @param sketches for the differencing guard, by aspect
 */
record Cell(
        List<@Nullable Object> labels,
        long units,
        long rows,
        long largestRows,
        long secondRows,
        long recordKeys,
        List<MeasureTotals> measures,
        Map<String, SetSketch> sketches,
        long summedOver) {
    Cell {
        labels = Collections.unmodifiableList(labels);
        measures = List.copyOf(measures);
        sketches = Map.copyOf(sketches);
    }

    /**
     * A measured column within a cell.
     *
     * @param units units with a value, and their key sum
     * @param rows records with a value
     * @param largestRows most such records of one unit, and of another
     * @param contributors units whose sum is not 0, and their key sum
     * @param sum in the column's own unit
     * @param absoluteSum sum over units of the absolute value of their sums
     * @param largest the unit's sum of largest absolute value, with its sign
     * @param second the absolute value of the next unit's sum
     * @param overflown whether a sum left the range of 64 bits, so that no value can be published
     */
    record MeasureTotals(
            long units,
            long unitKeys,
            long rows,
            long largestRows,
            long secondRows,
            long contributors,
            long contributorKeys,
            double sum,
            double absoluteSum,
            double largest,
            double second,
            boolean overflown) {}

    /** Whether the i-th label is one, and the cell no total over it. */
    boolean isGroupedBy(int key) {
        return (summedOver >>> key & 1) == 0;
    }

    /** The sketch of the units that contribute to an aspect: to rows, every unit does. */
    SetSketch contributors(String aspect) {
        SetSketch some = sketches.get(SketchColumns.contributorsOf(aspect));
        return some == null ? sketch(CellPlan.UNITS_ASPECT) : some;
    }

    /** The sketch of an aspect that the query has. */
    SetSketch sketch(String aspect) {
        return Objects.requireNonNull(sketches.get(aspect));
    }

    /** Names no value. */
    @Override
    public String toString() {
        return "Cell[" + measures.size() + " measures]";
    }
}
