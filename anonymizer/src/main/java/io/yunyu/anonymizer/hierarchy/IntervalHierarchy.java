package io.yunyu.anonymizer.hierarchy;

import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.InputException;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Numbers in intervals [a, b[ of equal width, groups of intervals, and {@code *}. Values outside optional bounds are
 * coded as below the bottom or from the top on. Loss takes the width of an interval relative to the range of the data,
 * not the number of values in it.
 *
 * @param origin where an interval begins
 * @param width of an interval, positive
 * @param groups for each further level how many intervals of the level below it joins, at least 2
 * @param bottom values below are one interval
 * @param top values from here on are one interval
 */
public record IntervalHierarchy(
        BigDecimal origin,
        BigDecimal width,
        List<Integer> groups,
        Optional<BigDecimal> bottom,
        Optional<BigDecimal> top)
        implements HierarchySource {
    public IntervalHierarchy {
        groups = List.copyOf(groups);
        if (width.signum() <= 0 || groups.stream().anyMatch(group -> group < 2)) {
            throw new InputException("An interval hierarchy needs a positive width and groups of at least 2.");
        }
        if (bottom.isPresent() && top.isPresent() && bottom.get().compareTo(top.get()) >= 0) {
            throw new InputException("An interval hierarchy's bottom must lie below its top.");
        }
    }

    @Override
    public GeneralizationHierarchy hierarchy(Column column, DataType type) {
        Map<String, BigDecimal> widths = new HashMap<>();
        List<List<String>> rows = new ArrayList<>();
        BigDecimal least = null;
        BigDecimal greatest = null;
        for (int code = 0; code < column.dictionary().size(); code++) {
            BigDecimal value = number(column, code);
            least = least == null ? value : least.min(value);
            greatest = greatest == null ? value : greatest.max(value);
        }
        if (least == null || greatest == null) {
            throw new InputException("Column '" + column.name() + "' has no value to build intervals for.");
        }
        BigDecimal range = start(greatest, width).add(width).subtract(start(least, width));
        for (int code = 0; code < column.dictionary().size(); code++) {
            List<String> row = new ArrayList<>();
            row.add(column.dictionary().get(code));
            BigDecimal step = width;
            row.add(label(number(column, code), step, range, widths));
            for (int group : groups) {
                step = step.multiply(BigDecimal.valueOf(group));
                row.add(label(number(column, code), step, range, widths));
            }
            row.add(GeneralizationHierarchy.ANY);
            rows.add(row);
        }
        return GeneralizationHierarchy.of(column.name(), rows, new Widths(range, rows.size(), widths));
    }

    private String label(BigDecimal value, BigDecimal step, BigDecimal range, Map<String, BigDecimal> widths) {
        String label;
        BigDecimal covered;
        if (bottom.isPresent() && value.compareTo(bottom.get()) < 0) {
            label = "<" + bottom.get().toPlainString();
            covered = range;
        } else if (top.isPresent() && value.compareTo(top.get()) >= 0) {
            label = ">=" + top.get().toPlainString();
            covered = range;
        } else {
            BigDecimal from = start(value, step);
            label = "[" + from.toPlainString() + ", " + from.add(step).toPlainString() + "[";
            covered = step;
        }
        widths.put(label, covered.min(range));
        return label;
    }

    private BigDecimal start(BigDecimal value, BigDecimal step) {
        BigDecimal steps = value.subtract(origin).divide(step, 0, RoundingMode.FLOOR);
        return origin.add(steps.multiply(step));
    }

    private static BigDecimal number(Column column, int code) {
        try {
            return new BigDecimal(column.dictionary().get(code).trim());
        } catch (NumberFormatException e) {
            throw new InputException("Column '" + column.name() + "': its " + (code + 1)
                    + "th distinct value in input order is not a number, so that no interval holds it.");
        }
    }

    /** Widths relative to the range of the data; a single value covers one of the values. */
    private record Widths(BigDecimal range, int values, Map<String, BigDecimal> widths) implements DomainShares {
        @Override
        public double total() {
            return range.doubleValue();
        }

        @Override
        public double weight(int level, String label) {
            if (level == 0) {
                return total() / values;
            }
            BigDecimal width = widths.get(label);
            return width == null ? total() : width.doubleValue();
        }
    }
}
