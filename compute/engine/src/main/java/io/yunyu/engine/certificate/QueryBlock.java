package io.yunyu.engine.certificate;

import io.yunyu.engine.policy.Catalyst;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;

/**
 * One SELECT block as it was parsed, in parts that can be changed.
 *
 * @param where and {@code having}: the operands of AND
 * @param groups of GROUP BY
 */
record QueryBlock(
        List<Expression> items,
        boolean distinct,
        List<Source> sources,
        List<Expression> where,
        List<Expression> groups,
        List<Expression> having,
        List<SortOrder> order,
        Optional<Expression> limit,
        Optional<Expression> offset) {
    private static final Set<String> AGGREGATES = Set.of("count", "sum", "avg");

    QueryBlock {
        items = List.copyOf(items);
        sources = List.copyOf(sources);
        where = List.copyOf(where);
        groups = List.copyOf(groups);
        having = List.copyOf(having);
        order = List.copyOf(order);
    }

    /**
     * A table of FROM.
     *
     * @param table its name, perhaps of several parts
     * @param inner whether it is joined by an inner join; true for the first
     * @param on operands of AND; none for the first
     */
    record Source(List<String> table, Optional<String> alias, boolean inner, List<Expression> on) {
        Source {
            table = List.copyOf(table);
            on = List.copyOf(on);
        }

        /** By which columns are qualified. */
        String name() {
            return alias.orElse(table.get(table.size() - 1));
        }
    }

    QueryBlock withItems(List<Expression> changed) {
        return new QueryBlock(changed, distinct, sources, where, groups, having, order, limit, offset);
    }

    QueryBlock withSources(List<Source> changed) {
        return new QueryBlock(items, distinct, changed, where, groups, having, order, limit, offset);
    }

    QueryBlock withWhere(List<Expression> changed) {
        return new QueryBlock(items, distinct, sources, changed, groups, having, order, limit, offset);
    }

    QueryBlock withGroups(List<Expression> changed) {
        return new QueryBlock(items, distinct, sources, where, changed, having, order, limit, offset);
    }

    QueryBlock withHaving(List<Expression> changed) {
        return new QueryBlock(items, distinct, sources, where, groups, changed, order, limit, offset);
    }

    QueryBlock withOrder(List<SortOrder> changed) {
        return new QueryBlock(items, distinct, sources, where, groups, having, changed, limit, offset);
    }

    QueryBlock withLimit(Optional<Expression> changed) {
        return new QueryBlock(items, distinct, sources, where, groups, having, order, changed, offset);
    }

    QueryBlock withoutOffset() {
        return new QueryBlock(items, distinct, sources, where, groups, having, order, limit, Optional.empty());
    }

    QueryBlock withoutDistinct() {
        return new QueryBlock(items, false, sources, where, groups, having, order, limit, offset);
    }

    /** Every expression changed, in every part but LIMIT and OFFSET. */
    QueryBlock mapped(UnaryOperator<Expression> change) {
        List<Source> joined = new ArrayList<>();
        sources.forEach(s -> joined.add(
                new Source(s.table, s.alias, s.inner, s.on.stream().map(change).toList())));
        return new QueryBlock(
                items.stream().map(change).toList(),
                distinct,
                joined,
                where.stream().map(change).toList(),
                groups.stream().map(change).toList(),
                having.stream().map(change).toList(),
                order.stream().map(o -> (SortOrder) change.apply(o)).toList(),
                limit,
                offset);
    }

    /** Whatever reads like one expression replaced by another, wherever it stands. */
    QueryBlock replaced(Expression from, Expression to) {
        String text = ExpressionText.of(from);
        return mapped(
                e -> Catalyst.replaced(e, inner -> ExpressionText.of(inner).equals(text) ? to : null));
    }

    Stream<Expression> expressions() {
        return Stream.of(
                        items.stream(),
                        sources.stream().flatMap(s -> s.on().stream()),
                        where.stream(),
                        groups.stream(),
                        having.stream(),
                        order.stream())
                .flatMap(s -> s);
    }

    /** What a SELECT item is, without its name. */
    static Expression bare(Expression item) {
        return item instanceof Alias a ? a.child() : item instanceof UnresolvedAlias u ? u.child() : item;
    }

    static Optional<String> name(Expression item) {
        return item instanceof Alias a ? Optional.of(a.name()) : Optional.empty();
    }

    static List<UnresolvedAttribute> columns(Expression expression) {
        List<UnresolvedAttribute> found = new ArrayList<>();
        Catalyst.eachExpression(expression, e -> {
            if (e instanceof UnresolvedAttribute a) {
                found.add(a);
            }
        });
        return found;
    }

    /** The outermost functions of an expression that are no calendar functions of a group key. */
    static List<UnresolvedFunction> functions(Expression expression) {
        List<UnresolvedFunction> found = new ArrayList<>();
        Catalyst.eachExpression(expression, e -> {
            if (e instanceof UnresolvedFunction f) {
                found.add(f);
            }
        });
        return found;
    }

    static String functionName(UnresolvedFunction function) {
        return function.nameParts().last().toLowerCase(java.util.Locale.ROOT);
    }

    static boolean aggregates(Expression expression) {
        return functions(expression).stream().anyMatch(f -> AGGREGATES.contains(functionName(f)));
    }

    boolean isKey(Expression item) {
        String text = ExpressionText.of(bare(item));
        return groups.stream().anyMatch(g -> ExpressionText.of(g).equals(text));
    }
}
