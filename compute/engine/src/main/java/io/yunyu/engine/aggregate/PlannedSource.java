package io.yunyu.engine.aggregate;

import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.engine.policy.Catalyst;
import io.yunyu.engine.policy.CheckedQuery.BoundTable;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.TreeMap;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;

/** The words by which two publications are about the same records, and their columns the same columns. */
final class PlannedSource {
    private final CellPlan plan;
    /** Longest first: {@code region#12} must not be read as {@code region#1}. */
    private final TreeMap<String, String> names =
            new TreeMap<>(Comparator.comparing(String::length).reversed().thenComparing(Comparator.naturalOrder()));

    PlannedSource(CellPlan plan) {
        this.plan = plan;
        for (BoundTable table : plan.query().tables()) {
            for (Attribute column : Catalyst.list(table.relation().output())) {
                names.put(
                        column.name() + "#" + column.exprId().id(),
                        "[" + table.table().dataset() + "." + column.name() + "]");
            }
        }
    }

    /** A digest of the tables, their versions and all conditions. */
    String digest() {
        List<String> parts = new ArrayList<>();
        plan.query()
                .tables()
                .forEach(t -> parts.add(
                        "table " + t.table().dataset() + " " + t.table().tableVersion()));
        parts.sort(Comparator.naturalOrder());
        Catalyst.eachNode(plan.query().aggregate().child(), node -> {
            if (node instanceof Filter filter) {
                parts.add("where " + text(filter.condition()));
            } else if (node instanceof Join join) {
                parts.add("join " + join.joinType().sql() + " "
                        + (join.condition().isDefined() ? text(join.condition().get()) : ""));
            }
        });
        return ContentDigest.of(String.join("\n", parts));
    }

    /** What the i-th key is made of, by names of columns instead of Spark's numbers. */
    String key(int i) {
        return text(plan.keys().get(i).expression());
    }

    private String text(Expression expression) {
        String text = expression.toString();
        for (var name : names.entrySet()) {
            text = text.replace(name.getKey(), name.getValue());
        }
        return text;
    }
}
