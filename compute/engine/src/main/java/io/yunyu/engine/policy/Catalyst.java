package io.yunyu.engine.policy;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.jspecify.annotations.Nullable;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;
import scala.runtime.AbstractPartialFunction;

/** Spark's trees, read from Java. */
public final class Catalyst {
    private Catalyst() {}

    public static <T> List<T> list(scala.collection.Seq<T> items) {
        return List.copyOf(CollectionConverters.asJava(items));
    }

    public static <T> Seq<T> seq(List<? extends T> items) {
        List<T> copy = new ArrayList<>(items);
        return CollectionConverters.asScala(copy).toSeq();
    }

    public static <T> Optional<T> optional(scala.Option<T> option) {
        return option.isDefined() ? Optional.of(option.get()) : Optional.empty();
    }

    public static List<Expression> children(Expression expression) {
        return list(expression.children());
    }

    /** Visits every plan node, top down, but not the plans inside subquery expressions. */
    public static void eachNode(LogicalPlan plan, Consumer<LogicalPlan> visit) {
        visit.accept(plan);
        list(plan.children()).forEach(child -> eachNode(child, visit));
    }

    /** Visits an expression and everything below it, top down. */
    public static void eachExpression(Expression expression, Consumer<Expression> visit) {
        visit.accept(expression);
        children(expression).forEach(child -> eachExpression(child, visit));
    }

    /** Visits all expressions of all nodes. */
    public static void eachExpression(LogicalPlan plan, Consumer<Expression> visit) {
        eachNode(plan, node -> list(node.expressions()).forEach(e -> eachExpression(e, visit)));
    }

    /** The operands of nested ANDs. */
    public static List<Expression> conjuncts(Expression condition) {
        if (condition instanceof And and) {
            List<Expression> both = new ArrayList<>(conjuncts(and.left()));
            both.addAll(conjuncts(and.right()));
            return both;
        }
        return List.of(condition);
    }

    /** Rebuilds an expression bottom up; {@code change} answers null for what stays. */
    public static Expression rebuilt(Expression expression, Function<Expression, @Nullable Expression> change) {
        return expression.transformUp(partial(change));
    }

    /** Rebuilds an expression top down, not looking below what was changed. */
    public static Expression replaced(Expression expression, Function<Expression, @Nullable Expression> change) {
        Expression changed = change.apply(expression);
        if (changed != null) {
            return changed;
        }
        List<Expression> children = new ArrayList<>();
        children(expression).forEach(child -> children.add(replaced(child, change)));
        return children.isEmpty() ? expression : (Expression) expression.withNewChildren(seq(children));
    }

    /** Rebuilds a plan bottom up; {@code change} answers null for what stays. */
    public static LogicalPlan rebuilt(LogicalPlan plan, Function<LogicalPlan, @Nullable LogicalPlan> change) {
        return plan.transformUp(partial(change));
    }

    /** Rebuilds the expressions of every node bottom up; {@code change} answers null for what stays. */
    public static LogicalPlan withExpressions(LogicalPlan plan, Function<Expression, @Nullable Expression> change) {
        return (LogicalPlan) plan.transformAllExpressions(partial(change));
    }

    private static <T> AbstractPartialFunction<T, T> partial(Function<T, @Nullable T> change) {
        return new AbstractPartialFunction<>() {
            @Override
            public boolean isDefinedAt(T node) {
                return change.apply(node) != null;
            }

            @Override
            public T apply(T node) {
                T changed = change.apply(node);
                return changed == null ? node : changed;
            }

            @Override
            public <A extends T, B> B applyOrElse(A node, scala.Function1<A, B> otherwise) {
                T changed = change.apply(node);
                @SuppressWarnings("unchecked")
                B result = changed == null ? otherwise.apply(node) : (B) changed;
                return result;
            }
        };
    }
}
