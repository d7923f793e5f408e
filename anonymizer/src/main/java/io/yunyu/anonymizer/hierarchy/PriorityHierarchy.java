package io.yunyu.anonymizer.hierarchy;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.InputException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Values become {@code *} one part after the other: the rarest first, or the most frequent first. Equally frequent values
 * go in the order of their text.
 *
 * @param rarestFirst which end begins
 * @param steps number of levels above the values, at least 1; the last one is {@code *} for all
 */
public record PriorityHierarchy(boolean rarestFirst, int steps) implements HierarchySource {
    public PriorityHierarchy {
        if (steps < 1) {
            throw new InputException("A priority hierarchy needs at least 1 step, got " + steps + ".");
        }
    }

    @Override
    public GeneralizationHierarchy hierarchy(Column column, DataType type) {
        List<String> values = column.dictionary();
        long[] counts = column.counts();
        List<Integer> order = new ArrayList<>();
        for (int code = 0; code < counts.length; code++) {
            order.add(code);
        }
        Comparator<Integer> byCount = Comparator.comparingLong(code -> counts[code]);
        order.sort((rarestFirst ? byCount : byCount.reversed()).thenComparing(values::get));
        List<List<String>> rows = new ArrayList<>();
        for (int rank = 0; rank < order.size(); rank++) {
            List<String> row = new ArrayList<>();
            String value = values.get(order.get(rank));
            row.add(value);
            for (int step = 1; step <= steps; step++) {
                boolean gone = rank < (long) order.size() * step / steps;
                row.add(gone ? GeneralizationHierarchy.ANY : value);
            }
            rows.add(row);
        }
        return GeneralizationHierarchy.of(column.name(), rows);
    }
}
