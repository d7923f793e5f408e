package io.yunyu.engine.aggregate;

import io.yunyu.engine.guard.Region;
import io.yunyu.engine.policy.Catalyst;
import io.yunyu.engine.policy.CheckedQuery.BoundTable;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.jspecify.annotations.Nullable;

/**
 * Which records a query's cells are about, from its text and its labels: WHERE, the tables joined, and the cell's labels.
 * What cannot be taken apart becomes a condition named by its text, which is equal to itself only.
 */
final class CellRegions {
    private final CellPlan plan;
    private final ZoneId zone;
    private final Map<ExprId, String> names = new HashMap<>();
    private final Region where;

    CellRegions(CellPlan plan, ZoneId zone) {
        this.plan = plan;
        this.zone = zone;
        for (BoundTable table : plan.query().tables()) {
            for (Attribute column : Catalyst.list(table.relation().output())) {
                names.put(column.exprId(), table.table().dataset() + "." + column.name());
            }
        }
        this.where = where();
    }

    /** What all cells together are about. */
    Region whole() {
        return where;
    }

    /** The region of a cell; {@code units} are those of its query's tables together. */
    Region of(Cell cell) {
        Region region = where;
        for (int i = 0; i < plan.keys().size(); i++) {
            if (!cell.isGroupedBy(i)) {
                continue;
            }
            Expression key = plan.keys().get(i).expression();
            Region label = new KeyRegion(names, zone).of(key, cell.labels().get(i));
            region = region.and(label).orElseGet(() -> label);
        }
        return region;
    }

    private Region where() {
        List<Region> all = new ArrayList<>();
        for (BoundTable table : plan.query().tables()) {
            all.add(Region.label("in:" + table.table().dataset(), "yes"));
        }
        Catalyst.eachNode(plan.query().aggregate().child(), node -> {
            if (node instanceof Filter filter) {
                Catalyst.conjuncts(filter.condition()).forEach(c -> all.add(condition(c, false)));
            } else if (node instanceof Join join && join.condition().isDefined()) {
                Catalyst.conjuncts(join.condition().get()).forEach(c -> all.add(join(c)));
            }
        });
        Region region = Region.EVERYTHING;
        for (Region next : all) {
            Region before = region;
            // Too many boxes: what was found so far stays, the rest is one condition by name.
            region = region.and(next)
                    .orElseGet(() -> before.and(Region.opaque(next.toString())).orElse(before));
        }
        return region;
    }

    private static Region join(Expression condition) {
        return Region.opaque(condition.references().mkString(",").replaceAll("#\\d+", "") + " joined");
    }

    /** Where the condition is true, or false; missing values make it neither. */
    private Region condition(Expression condition, boolean negated) {
        if (condition instanceof Not not) {
            return condition(not.child(), !negated);
        }
        if (condition instanceof And || condition instanceof Or) {
            List<Expression> both = Catalyst.children(condition);
            Region left = condition(both.get(0), negated);
            Region right = condition(both.get(1), negated);
            Optional<Region> joined = condition instanceof And != negated ? left.and(right) : left.or(right);
            return joined.orElseGet(() -> opaque(condition, negated));
        }
        return comparison(condition, negated).orElseGet(() -> opaque(condition, negated));
    }

    private Region opaque(Expression condition, boolean negated) {
        return Region.opaque((negated ? "not " : "") + condition.sql().replaceAll("#\\d+", ""));
    }

    private Optional<Region> comparison(Expression condition, boolean negated) {
        List<Expression> operands = Catalyst.children(condition);
        boolean columnFirst = column(operands.get(0)).isPresent();
        Optional<AttributeReference> column = column(operands.get(columnFirst ? 0 : Math.min(1, operands.size() - 1)));
        if (column.isEmpty() || !names.containsKey(column.get().exprId())) {
            return Optional.empty();
        }
        String name = names.get(column.get().exprId());
        if (condition instanceof IsNull || condition instanceof IsNotNull) {
            return Optional.of(condition instanceof IsNull != negated ? Region.missing(name) : Region.present(name));
        }
        List<Comparable<?>> literals = new ArrayList<>();
        for (Expression operand : operands) {
            if (column(operand).isEmpty()) {
                Optional<Comparable<?>> literal =
                        OrderedValues.literal(operand, column.get().dataType());
                if (literal.isEmpty()) {
                    return Optional.empty();
                }
                literals.add(literal.get());
            }
        }
        boolean level = operands.stream().anyMatch(Substring.class::isInstance);
        Region region = level ? ofLevel(condition, name, literals) : compared(condition, columnFirst, name, literals);
        if (region == null) {
            return Optional.empty();
        }
        return Optional.of(negated ? region.notPresent(name) : region);
    }

    /** Equality of a code's first characters: the policy lets no other comparison pass. */
    private static @Nullable Region ofLevel(Expression condition, String name, List<Comparable<?>> codes) {
        boolean equality = condition instanceof EqualTo || condition instanceof In;
        return equality && codes.stream().noneMatch(c -> c.toString().isEmpty())
                ? Region.prefixed(name, codes.stream().map(Object::toString).toList())
                : null;
    }

    private static @Nullable Region compared(
            Expression condition, boolean columnFirst, String name, List<Comparable<?>> literals) {
        Comparable<?> value = literals.get(0);
        if (condition instanceof EqualTo || condition instanceof In) {
            return Region.oneOf(name, literals);
        }
        boolean less = condition instanceof LessThan || condition instanceof LessThanOrEqual;
        boolean more = condition instanceof GreaterThan || condition instanceof GreaterThanOrEqual;
        if (!less && !more) {
            return null;
        }
        boolean orEqual = condition instanceof LessThanOrEqual || condition instanceof GreaterThanOrEqual;
        if (less == columnFirst) {
            return orEqual ? Region.between(name, null, value) : Region.below(name, value);
        }
        return orEqual
                ? Region.between(name, value, null)
                : Region.between(name, null, value).notPresent(name);
    }

    /** The column below its level, or conversions that the analyser put around it. */
    private static Optional<AttributeReference> column(Expression expression) {
        Expression inner = expression;
        while (inner instanceof Cast || inner instanceof Substring) {
            inner = inner.children().head();
        }
        return inner instanceof AttributeReference a ? Optional.of(a) : Optional.empty();
    }
}
