package io.yunyu.engine.aggregate;

import io.yunyu.engine.aggregate.CellProtection.Outcome;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
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
 * <p>A cell below the threshold is listed with its labels, all values suppressed, only if each of its labels also occurs
 * in the same column of a cell that reaches the threshold: then the row tells that the combination exists, and no label
 * is shown that belongs to fewer than the least number of units. Other such cells are left out and only counted.
 *
 * @param rows one per listed cell, sorted by labels: key attributes, then value attributes; a suppressed value is null
 * @param cells all cells, the unlisted ones included
 * @param suppressedCells cells with a suppressed value, the unlisted ones included
 * @param unlisted cells left out
 * @param cellsByRule number of cells to which each suppressing rule applied
 */
record ProtectedCells(
        List<AttributeReference> attributes,
        List<InternalRow> rows,
        long cells,
        long suppressedCells,
        long unlisted,
        Map<String, Long> cellsByRule) {
    static ProtectedCells of(CellPlan plan, List<Cell> cells, CellProtection protection) {
        return new Builder(plan, protection).build(cells);
    }

    private static final class Builder {
        private final CellPlan plan;
        private final CellProtection protection;
        private final Map<String, Long> byRule = new TreeMap<>();
        private final List<InternalRow> rows = new ArrayList<>();
        private long suppressed;

        Builder(CellPlan plan, CellProtection protection) {
            this.plan = plan;
            this.protection = protection;
        }

        ProtectedCells build(List<Cell> cells) {
            List<AttributeReference> attributes = new ArrayList<>();
            plan.keys().forEach(k -> attributes.add(k.attribute()));
            plan.values().forEach(v -> attributes.add(v.attribute()));
            List<Set<@Nullable Object>> published = publishedLabels(cells);
            long unlisted = 0;
            for (Cell cell : cells) {
                InternalRow row = row(cell);
                if (isListed(cell, published)) {
                    rows.add(row);
                } else {
                    unlisted++;
                }
            }
            List<AttributeReference> keys =
                    plan.keys().stream().map(CellPlan.Key::attribute).toList();
            Comparator<InternalRow> byLabels = RowOrder.ascending(keys, attributes);
            rows.sort(byLabels);
            return new ProtectedCells(
                    List.copyOf(attributes), List.copyOf(rows), cells.size(), suppressed, unlisted, byRule);
        }

        private List<Set<@Nullable Object>> publishedLabels(List<Cell> cells) {
            List<Set<@Nullable Object>> published = new ArrayList<>();
            plan.keys().forEach(k -> published.add(new HashSet<>()));
            for (Cell cell : cells) {
                for (int i = 0; protection.reachesThreshold(cell) && i < published.size(); i++) {
                    published.get(i).add(cell.labels().get(i));
                }
            }
            return published;
        }

        private boolean isListed(Cell cell, List<Set<@Nullable Object>> published) {
            boolean known = true;
            for (int i = 0; i < published.size(); i++) {
                known &= published.get(i).contains(cell.labels().get(i));
            }
            return known || protection.reachesThreshold(cell);
        }

        private InternalRow row(Cell cell) {
            List<@Nullable Object> values = new ArrayList<>(cell.labels());
            Set<String> rules = new HashSet<>();
            for (CellPlan.Value value : plan.values()) {
                Outcome outcome = protection.value(value, cell);
                Object published = outcome instanceof Outcome.Published p ? typed(value, p.value()) : null;
                if (published == null) {
                    rules.add(outcome instanceof Outcome.Suppressed s ? s.rule() : CellProtection.RANGE.rule());
                }
                values.add(published);
            }
            rules.forEach(rule -> byRule.merge(rule, 1L, Long::sum));
            suppressed += rules.isEmpty() ? 0 : 1;
            return new GenericInternalRow(values.toArray());
        }

        /** In the type that the query's aggregate has, or null if it does not fit. */
        private @Nullable Object typed(CellPlan.Value value, double published) {
            DataType type = value.attribute().dataType();
            int decimals = value.measure() < 0
                    ? 0
                    : CellProtection.decimals(
                            plan.measures().get(value.measure()).column().dataType());
            BigDecimal rounded = BigDecimal.valueOf(published)
                    .setScale(value.kind() == CellPlan.Kind.MEAN ? decimals + 2 : decimals, RoundingMode.HALF_EVEN);
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
