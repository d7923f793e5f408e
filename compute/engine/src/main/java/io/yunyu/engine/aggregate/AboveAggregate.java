package io.yunyu.engine.aggregate;

import io.yunyu.engine.policy.Catalyst;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.IntStream;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BoundReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GenericInternalRow;
import org.apache.spark.sql.catalyst.expressions.InterpretedOrdering;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.jspecify.annotations.Nullable;

/**
 * Evaluates what the query does with its aggregate: arithmetic, HAVING, ORDER BY and LIMIT see protected cells only. A
 * few thousand rows on the driver need no job, and the order is the same every time: rows that a sort leaves equal stay
 * ordered by their labels. An operation without result, such as a division by 0, gives no value and no error.
 */
final class AboveAggregate {
    private final CellPlan plan;

    private AboveAggregate(CellPlan plan) {
        this.plan = plan;
    }

    /**
     * Rows of the query's answer.
     *
     * @param labels of each column, whether it is a group label
     * @param origins of each column, the protected values that it is computed of
     * @param cells of each row, the place of its cell among the protected ones
     */
    record Answer(
            List<NamedExpression> columns,
            List<Boolean> labels,
            List<ValueOrigin> origins,
            List<InternalRow> rows,
            List<Integer> cells) {}

    /** A row and the place of the cell that it came of. */
    private record Line(InternalRow row, int cell) {}

    private record Rows(List<ExprId> schema, List<Line> lines) {}

    static Answer evaluate(CellPlan plan, ProtectedCells cells) {
        AboveAggregate above = new AboveAggregate(plan);
        LogicalPlan top = plan.query().plan();
        Rows rows = above.node(top, cells);
        List<NamedExpression> columns = new ArrayList<>(Catalyst.list(top.output()));
        Set<ExprId> labels = above.labels(top);
        Map<ExprId, ValueOrigin> origins = new ValueOrigins(plan, above::overCells).of(top);
        return new Answer(
                columns,
                columns.stream().map(c -> labels.contains(c.exprId())).toList(),
                columns.stream()
                        .map(c -> Objects.requireNonNull(origins.get(c.exprId())))
                        .toList(),
                rows.lines.stream().map(Line::row).toList(),
                rows.lines.stream().map(Line::cell).toList());
    }

    private Rows node(LogicalPlan node, ProtectedCells cells) {
        if (node instanceof Aggregate aggregate) {
            List<ExprId> schema =
                    cells.attributes().stream().map(AttributeReference::exprId).toList();
            return project(
                    Catalyst.list(aggregate.aggregateExpressions()).stream()
                            .map(this::overCells)
                            .toList(),
                    Catalyst.list(aggregate.output()),
                    new Rows(
                            schema,
                            IntStream.range(0, cells.rows().size())
                                    .mapToObj(i -> new Line(cells.rows().get(i), i))
                                    .toList()));
        }
        Rows below = node(node.children().head(), cells);
        if (node instanceof Project project) {
            List<Expression> expressions = new ArrayList<>();
            Catalyst.list(project.projectList()).forEach(e -> expressions.add((Expression) e));
            return project(expressions, Catalyst.list(project.output()), below);
        }
        if (node instanceof Filter filter) {
            Expression condition = bound(filter.condition(), below.schema);
            return new Rows(
                    below.schema,
                    below.lines.stream()
                            .filter(line -> Boolean.TRUE.equals(value(condition, line.row)))
                            .toList());
        }
        if (node instanceof Sort sort) {
            return sort(Catalyst.list(sort.order()), below);
        }
        Expression limit = node instanceof GlobalLimit g ? g.limitExpr() : ((LocalLimit) node).limitExpr();
        int size = Math.min(((Number) limit.eval(null)).intValue(), below.lines.size());
        return new Rows(below.schema, below.lines.subList(0, Math.max(0, size)));
    }

    /** An output of the aggregate, with the protected cells' attributes for its keys and aggregates. */
    private Expression overCells(NamedExpression output) {
        return Catalyst.replaced((Expression) output, e -> {
            for (CellPlan.Key key : plan.keys()) {
                if (key.expression().semanticEquals(e)) {
                    return key.attribute();
                }
            }
            return e instanceof AggregateExpression a ? protectedValue(a) : null;
        });
    }

    private Expression protectedValue(AggregateExpression aggregate) {
        return plan.values().stream()
                .filter(v -> CellPlan.sameAs(v.expression()).equals(CellPlan.sameAs(aggregate)))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("An aggregate of the query was not protected."))
                .attribute();
    }

    private static <N extends NamedExpression> Rows project(List<Expression> expressions, List<N> output, Rows below) {
        List<Expression> bound =
                expressions.stream().map(e -> bound(e, below.schema)).toList();
        List<Line> rows = new ArrayList<>();
        for (Line line : below.lines) {
            Object[] values = bound.stream().map(e -> value(e, line.row)).toArray();
            rows.add(new Line(new GenericInternalRow(values), line.cell));
        }
        return new Rows(output.stream().map(NamedExpression::exprId).toList(), rows);
    }

    private static Rows sort(List<SortOrder> orders, Rows below) {
        List<Expression> keys =
                orders.stream().map(o -> bound(o.child(), below.schema)).toList();
        List<SortOrder> byPosition = new ArrayList<>();
        for (int i = 0; i < orders.size(); i++) {
            Expression key = new BoundReference(i, orders.get(i).child().dataType(), true);
            byPosition.add(RowOrder.order(key, orders.get(i).direction()));
        }
        InterpretedOrdering ordering = new InterpretedOrdering(Catalyst.seq(byPosition));
        Map<Line, InternalRow> keyOf = new java.util.IdentityHashMap<>();
        below.lines.forEach(line -> keyOf.put(
                line,
                new GenericInternalRow(
                        keys.stream().map(k -> value(k, line.row)).toArray())));
        List<Line> sorted = new ArrayList<>(below.lines);
        sorted.sort((a, b) -> ordering.compare(keyOf.get(a), keyOf.get(b)));
        return new Rows(below.schema, sorted);
    }

    private static Expression bound(Expression expression, List<ExprId> schema) {
        return Catalyst.rebuilt(expression, e -> {
            if (e instanceof AttributeReference a) {
                int position = schema.indexOf(a.exprId());
                if (position < 0) {
                    throw new IllegalStateException("An output refers to a column that is not there.");
                }
                return new BoundReference(position, a.dataType(), true);
            }
            return null;
        });
    }

    private static @Nullable Object value(Expression expression, InternalRow row) {
        try {
            return expression.eval(row);
        } catch (ArithmeticException e) {
            return null;
        }
    }

    /** The output columns that are group labels, followed through renamings. */
    private Set<ExprId> labels(LogicalPlan node) {
        if (node instanceof Aggregate aggregate) {
            Map<ExprId, Expression> outputs = new HashMap<>();
            Catalyst.list(aggregate.aggregateExpressions())
                    .forEach(o -> outputs.put(o.exprId(), o instanceof Alias a ? a.child() : (Expression) o));
            Set<ExprId> labels = new HashSet<>();
            outputs.forEach((id, e) -> {
                if (plan.keys().stream().anyMatch(k -> k.expression().semanticEquals(e))) {
                    labels.add(id);
                }
            });
            return labels;
        }
        Set<ExprId> labels = labels(node.children().head());
        if (node instanceof Project project) {
            for (NamedExpression output : Catalyst.list(project.projectList())) {
                if (output instanceof Alias a
                        && a.child() instanceof AttributeReference inner
                        && labels.contains(inner.exprId())) {
                    labels.add(a.exprId());
                }
            }
        }
        return labels;
    }
}
