package io.yunyu.engine.aggregate;

import io.yunyu.engine.policy.Catalyst;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;

/** Follows the protected values through what a query does with its aggregate. */
final class ValueOrigins {
    private final CellPlan plan;
    private final Function<NamedExpression, Expression> overCells;

    /** @param overCells an output of the aggregate, with the attributes of keys and protected values in it */
    ValueOrigins(CellPlan plan, Function<NamedExpression, Expression> overCells) {
        this.plan = plan;
        this.overCells = overCells;
    }

    /** Of each output of the node. */
    Map<ExprId, ValueOrigin> of(LogicalPlan node) {
        Map<ExprId, ValueOrigin> outputs = new HashMap<>();
        if (node instanceof Aggregate aggregate) {
            Map<ExprId, ValueOrigin> values = new HashMap<>();
            for (int v = 0; v < plan.values().size(); v++) {
                values.put(plan.values().get(v).attribute().exprId(), new ValueOrigin(Set.of(v), Optional.of(v)));
            }
            for (NamedExpression output : Catalyst.list(aggregate.aggregateExpressions())) {
                outputs.put(output.exprId(), of(overCells.apply(output), values));
            }
            return outputs;
        }
        Map<ExprId, ValueOrigin> below = of(node.children().head());
        if (!(node instanceof Project project)) {
            return below;
        }
        for (NamedExpression output : Catalyst.list(project.projectList())) {
            outputs.put(output.exprId(), of((Expression) output, below));
        }
        return outputs;
    }

    private static ValueOrigin of(Expression expression, Map<ExprId, ValueOrigin> inputs) {
        Expression inner = expression instanceof Alias alias ? alias.child() : expression;
        if (inner instanceof AttributeReference a && inputs.containsKey(a.exprId())) {
            return inputs.get(a.exprId());
        }
        Set<Integer> values = new HashSet<>();
        Catalyst.eachExpression(inner, e -> {
            if (e instanceof AttributeReference a && inputs.containsKey(a.exprId())) {
                values.addAll(inputs.get(a.exprId()).values());
            }
        });
        return new ValueOrigin(values, Optional.empty());
    }
}
