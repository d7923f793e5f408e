package io.yunyu.engine.policy;

import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.policy.RuleChange;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Month;
import org.apache.spark.sql.catalyst.expressions.Quarter;
import org.apache.spark.sql.catalyst.expressions.Round;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.catalyst.expressions.TruncTimestamp;
import org.apache.spark.sql.catalyst.expressions.Year;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.ApproximatePercentile;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.Median;
import org.apache.spark.sql.catalyst.expressions.aggregate.Percentile;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevSamp;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.expressions.aggregate.VarianceSamp;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Sort;

/** Which functions and parts of a checked query changed rules forbid. */
public final class ForbiddenForms {
    private static final Map<Class<?>, String> FUNCTIONS = Map.ofEntries(
            Map.entry(Count.class, "count"),
            Map.entry(Sum.class, "sum"),
            Map.entry(Average.class, "avg"),
            Map.entry(Round.class, "round"),
            Map.entry(Year.class, "year"),
            Map.entry(Quarter.class, "quarter"),
            Map.entry(Month.class, "month"),
            Map.entry(TruncTimestamp.class, "date_trunc"),
            Map.entry(Substring.class, "level"),
            Map.entry(CaseWhen.class, "band"),
            Map.entry(Median.class, "median"),
            Map.entry(Percentile.class, "percentile"),
            Map.entry(ApproximatePercentile.class, "approx_percentile"),
            Map.entry(VarianceSamp.class, "variance"),
            Map.entry(StddevSamp.class, "stddev"));

    private final Set<String> functions = new TreeSet<>();
    private final Set<String> shapes = new TreeSet<>();

    private ForbiddenForms() {}

    /** One blocking finding for each forbidden function and part; none if the query has none of them. */
    public static List<DisclosureFinding> in(CheckedQuery query, RuleChange rules) {
        ForbiddenForms found = new ForbiddenForms();
        found.shapes(query);
        Catalyst.eachExpression(query.plan(), found::function);
        Findings findings = new Findings(query.grant());
        rules.functions().stream()
                .filter(found.functions::contains)
                .sorted()
                .forEach(name -> findings.form(
                        "forbid-function", name, "The changed rule forbids the function '" + name + "'."));
        rules.shapes().stream()
                .filter(found.shapes::contains)
                .sorted()
                .forEach(name -> findings.form(
                        "forbid-shape", name, "The changed rule forbids the part '" + name + "' of a query."));
        return findings.asList();
    }

    private void shapes(CheckedQuery query) {
        LogicalPlan above = query.plan();
        while (above != query.aggregate()) {
            shape(above, false);
            above = above.children().head();
        }
        Catalyst.eachNode(query.aggregate().child(), node -> shape(node, true));
        if (!query.aggregate().groupingExpressions().isEmpty()) {
            shapes.add("group-by");
        }
        if (!query.groupingSets().isEmpty()) {
            shapes.add("grouping-sets");
        }
    }

    private void shape(LogicalPlan node, boolean below) {
        if (node instanceof Filter) {
            shapes.add(below ? "where" : "having");
        } else if (node instanceof Join) {
            shapes.add("join");
        } else if (node instanceof Sort) {
            shapes.add("order-by");
        } else if (node instanceof GlobalLimit) {
            shapes.add("limit");
        }
    }

    private void function(Expression expression) {
        if (expression instanceof AggregateExpression a && a.isDistinct()) {
            functions.add("count-distinct");
            return;
        }
        String name = FUNCTIONS.get(
                expression instanceof AggregateExpression a
                        ? a.aggregateFunction().getClass()
                        : expression.getClass());
        if (name != null && !(expression instanceof Count)) {
            functions.add(name);
        }
    }
}
