package io.yunyu.engine.policy;

import java.util.Collections;
import java.util.Locale;
import java.util.Set;
import java.util.WeakHashMap;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.SparkSessionExtensions;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.CallMethodViaReflection;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SubqueryExpression;
import org.apache.spark.sql.catalyst.plans.logical.Command;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.ScriptTransformation;
import scala.runtime.AbstractFunction1;
import scala.runtime.BoxedUnit;

/**
 * The second barrier: a check rule inside Spark's analyser that, once a session is sealed, refuses commands, scripts and
 * reflection, whoever built the plan. It stands behind {@link QueryPolicy} and does not replace it: it denies by name
 * where the policy allows by name. A seal cannot be broken for the life of the session.
 */
public final class PlanBarrier {
    private static final Set<SparkSession> SEALED =
            Collections.synchronizedSet(Collections.newSetFromMap(new WeakHashMap<>()));
    private static final Set<String> DENIED_NODES = Set.of(
            "InsertIntoStatement",
            "InsertIntoDir",
            "ExecuteImmediateQuery",
            "CreateVariable",
            "SetVariable",
            "CompoundBody",
            "UnresolvedTableValuedFunction");

    private PlanBarrier() {}

    /** Adds the rule to a session that is yet to be built. */
    public static SparkSession.Builder install(SparkSession.Builder builder) {
        return builder.withExtensions(new AbstractFunction1<>() {
            @Override
            public BoxedUnit apply(SparkSessionExtensions extensions) {
                extensions.injectCheckRule(new AbstractFunction1<>() {
                    @Override
                    public scala.Function1<LogicalPlan, BoxedUnit> apply(SparkSession session) {
                        return rule(session);
                    }
                });
                return BoxedUnit.UNIT;
            }
        });
    }

    /** From now on the session analyses queries only. Must be called before any text of a developer is parsed. */
    public static void seal(SparkSession session) {
        SEALED.add(session);
    }

    private static scala.Function1<LogicalPlan, BoxedUnit> rule(SparkSession session) {
        return new AbstractFunction1<>() {
            @Override
            public BoxedUnit apply(LogicalPlan plan) {
                if (SEALED.contains(session)) {
                    Catalyst.eachNode(plan, PlanBarrier::node);
                    Catalyst.eachExpression(plan, PlanBarrier::expression);
                }
                return BoxedUnit.UNIT;
            }
        };
    }

    private static void node(LogicalPlan node) {
        if (node instanceof Command
                || node instanceof ScriptTransformation
                || DENIED_NODES.contains(node.getClass().getSimpleName())) {
            throw new BarrierException();
        }
    }

    private static void expression(Expression expression) {
        if (expression instanceof SubqueryExpression subquery) {
            Catalyst.eachNode((LogicalPlan) subquery.plan(), PlanBarrier::node);
            Catalyst.eachExpression((LogicalPlan) subquery.plan(), PlanBarrier::expression);
        }
        if (expression instanceof CallMethodViaReflection
                || expression instanceof UnresolvedFunction f
                        && Set.of("reflect", "java_method", "try_reflect")
                                .contains(f.nameParts().last().toLowerCase(Locale.ROOT))) {
            throw new BarrierException();
        }
    }

    /** The barrier was reached by a plan that the policy should have stopped, or that the engine should not make. */
    public static final class BarrierException extends RuntimeException {
        private static final long serialVersionUID = 1L;

        BarrierException() {
            super("The sealed session refused a plan: it holds a command, a script or reflection.");
        }
    }
}
