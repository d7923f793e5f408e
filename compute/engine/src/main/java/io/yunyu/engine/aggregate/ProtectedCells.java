package io.yunyu.engine.aggregate;

import io.yunyu.engine.aggregate.CellProtection.Outcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.jspecify.annotations.Nullable;

/**
 * The cells after protection: what everything above the aggregate works on.
 *
 * <p>A cell below the threshold must not be told from an empty one: whether a group has a member may be all that somebody
 * wants to know. If the cells that reach the threshold fill at least a quarter of all combinations of their labels, every
 * other combination is listed with all values suppressed, whether anybody belongs to it or not; in a thinner table no
 * such combination is. Numbers of cells are those of the listed ones.
 *
 * @param rows one per listed cell, sorted by labels: key attributes, then value attributes; a suppressed value is null
 * @param marks of each row, what became of each value
 * @param cells listed cells
 * @param suppressedCells listed cells with a suppressed value
 * @param cellsByRule number of listed cells to which each suppressing rule applied
 */
record ProtectedCells(
        List<AttributeReference> attributes,
        List<InternalRow> rows,
        List<List<CellMark>> marks,
        long cells,
        long suppressedCells,
        Map<String, Long> cellsByRule) {
    /** A listed cell: its labels and values, and the marks of its values. */
    record Line(InternalRow row, List<CellMark> marks) {
        Line {
            marks = List.copyOf(marks);
        }
    }

    /** @param lines in any order; sorted by labels here */
    static ProtectedCells sorted(CellPlan plan, List<Line> lines, Map<String, Long> cellsByRule) {
        List<AttributeReference> keys =
                plan.keys().stream().map(CellPlan.Key::attribute).toList();
        List<AttributeReference> attributes = new ArrayList<>(keys);
        plan.values().forEach(v -> attributes.add(v.attribute()));
        Comparator<InternalRow> byLabels = RowOrder.ascending(keys, attributes);
        List<Line> sorted = new ArrayList<>(lines);
        sorted.sort((a, b) -> byLabels.compare(a.row, b.row));
        long withheld = sorted.stream()
                .filter(line -> line.marks.stream().anyMatch(mark -> !mark.isPublished()))
                .count();
        return new ProtectedCells(
                List.copyOf(attributes),
                sorted.stream().map(Line::row).toList(),
                sorted.stream().map(Line::marks).toList(),
                sorted.size(),
                withheld,
                cellsByRule);
    }

    static ProtectedCells of(CellPlan plan, List<Cell> cells, ValueProtection protection) {
        return new Builder(plan, protection).build(cells);
    }

    /** A table is listed in full up to this number of combinations for each cell that reaches the threshold. */
    private static final int MOST_PER_CELL = 4;

    private static final class Builder {
        private final CellPlan plan;
        private final ValueProtection protection;
        private final Map<String, Long> byRule = new TreeMap<>();
        private final List<Line> lines = new ArrayList<>();

        Builder(CellPlan plan, ValueProtection protection) {
            this.plan = plan;
            this.protection = protection;
        }

        ProtectedCells build(List<Cell> cells) {
            List<Cell> reached = new ArrayList<>(
                    cells.stream().filter(protection::reachesThreshold).toList());
            // Larger cells first: what is near to one that was answered is answered alike.
            reached.sort(Comparator.comparingLong(Cell::units)
                    .thenComparing(c -> c.sketch(CellPlan.UNITS_ASPECT).fingerprint()));
            Collections.reverse(reached);
            reached.forEach(cell -> lines.add(line(cell)));
            Map<Long, List<Cell>> bySet = new TreeMap<>();
            reached.forEach(cell -> bySet.computeIfAbsent(cell.summedOver(), s -> new ArrayList<>())
                    .add(cell));
            if (protection.sharesLabels()) {
                sets().forEach(set -> bySet.putIfAbsent(set, List.of()));
            }
            bySet.forEach(
                    (set, inside) -> suppressedCombinations(set, inside, protection.sharesLabels() ? reached : inside));
            if (reached.isEmpty() && plan.keys().isEmpty()) {
                suppressedCombinations(0, reached, reached);
            }
            return sorted(plan, lines, byRule);
        }

        /** The grouping sets, as {@link Cell#summedOver}. */
        private List<Long> sets() {
            return plan.query().groupingSets().stream()
                    .map(set -> {
                        long over = (1L << plan.keys().size()) - 1;
                        for (int key : set) {
                            over &= ~(1L << key);
                        }
                        return over;
                    })
                    .distinct()
                    .toList();
        }

        /**
         * @param reached cells of one grouping set
         * @param labelled cells whose labels are combined
         */
        private void suppressedCombinations(long set, List<Cell> reached, List<Cell> labelled) {
            List<List<@Nullable Object>> combinations = new ArrayList<>(List.of(List.of()));
            for (int i = 0; i < plan.keys().size(); i++) {
                Set<@Nullable Object> labels = new LinkedHashSet<>();
                boolean grouped = (set >>> i & 1) == 0;
                for (Cell cell : labelled) {
                    if (cell.isGroupedBy(i) == grouped) {
                        labels.add(cell.labels().get(i));
                    }
                }
                if (!grouped) {
                    labels.add(null);
                }
                long most = (long) MOST_PER_CELL * (labelled == reached ? reached.size() : Math.max(1, reached.size()));
                if ((long) combinations.size() * labels.size() > most) {
                    return;
                }
                List<List<@Nullable Object>> longer = new ArrayList<>();
                for (List<@Nullable Object> combination : combinations) {
                    for (Object label : labels) {
                        List<@Nullable Object> next = new ArrayList<>(combination);
                        next.add(label);
                        longer.add(next);
                    }
                }
                combinations = longer;
            }
            Set<List<@Nullable Object>> listed = new HashSet<>();
            reached.forEach(cell -> listed.add(cell.labels()));
            for (List<@Nullable Object> combination : combinations) {
                if (listed.add(combination)) {
                    List<@Nullable Object> values = new ArrayList<>(combination);
                    plan.values().forEach(v -> values.add(null));
                    String rule = protection.unlisted(set, combination).rule();
                    List<CellMark> marks = Collections.nCopies(plan.values().size(), CellMark.withheld(rule));
                    lines.add(new Line(new GenericInternalRow(values.toArray()), marks));
                    byRule.merge(rule, 1L, Long::sum);
                }
            }
        }

        private Line line(Cell cell) {
            List<@Nullable Object> values = new ArrayList<>(cell.labels());
            List<CellMark> marks = new ArrayList<>();
            for (CellPlan.Value value : plan.values()) {
                Outcome outcome = protection.value(value, cell);
                Object published = outcome instanceof Outcome.Published p
                        ? typed(value, p.value())
                        : outcome instanceof Outcome.Exact exact ? typed(value, exact.value()) : null;
                marks.add(CellMark.of(
                        published == null && !(outcome instanceof Outcome.Suppressed)
                                ? CellProtection.RANGE
                                : outcome));
                values.add(published);
            }
            marks.stream()
                    .filter(mark -> !mark.isPublished())
                    .map(CellMark::word)
                    .distinct()
                    .forEach(rule -> byRule.merge(rule, 1L, Long::sum));
            return new Line(new GenericInternalRow(values.toArray()), marks);
        }

        /** In the type that the query's aggregate has, or null if it does not fit. */
        private @Nullable Object typed(CellPlan.Value value, double published) {
            DataType type = value.attribute().dataType();
            int decimals = value.measure() < 0
                    ? 0
                    : plan.measures().get(value.measure()).decimals();
            int more = value.kind() == CellPlan.Kind.MEAN || value.kind().isSpread() ? 2 : 0;
            BigDecimal rounded = BigDecimal.valueOf(published).setScale(decimals + more, RoundingMode.HALF_EVEN);
            if (type instanceof DecimalType d) {
                BigDecimal scaled = rounded.setScale(d.scale(), RoundingMode.HALF_EVEN);
                return scaled.precision() > d.precision() ? null : Decimal.apply(scaled, d.precision(), d.scale());
            }
            if (type instanceof DoubleType) {
                return rounded.doubleValue();
            }
            return rounded.abs().compareTo(BigDecimal.valueOf(Long.MAX_VALUE)) > 0
                    ? null
                    : (Object) rounded.setScale(0, RoundingMode.HALF_EVEN).longValueExact();
        }
    }
}
