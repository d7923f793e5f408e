package io.yunyu.engine.aggregate;

import io.yunyu.engine.policy.Catalyst;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Ascending$;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.InterpretedOrdering;
import org.apache.spark.sql.catalyst.expressions.NullsLast$;
import org.apache.spark.sql.catalyst.expressions.SortDirection;
import org.apache.spark.sql.catalyst.expressions.SortOrder;

/** Orders of rows as Spark's ORDER BY has them; missing and suppressed values come last in every direction. */
final class RowOrder {
    private RowOrder() {}

    static Comparator<InternalRow> ascending(List<AttributeReference> by, List<AttributeReference> row) {
        List<SortOrder> orders = new ArrayList<>();
        for (AttributeReference key : by) {
            orders.add(order(key, Ascending$.MODULE$));
        }
        List<Attribute> schema = new ArrayList<>(row);
        InterpretedOrdering ordering = new InterpretedOrdering(Catalyst.seq(orders), Catalyst.seq(schema));
        return ordering::compare;
    }

    static SortOrder order(Expression key, SortDirection direction) {
        return new SortOrder(key, direction, NullsLast$.MODULE$, Catalyst.seq(List.of()));
    }
}
