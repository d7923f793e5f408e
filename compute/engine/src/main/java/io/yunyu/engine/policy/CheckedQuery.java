package io.yunyu.engine.policy;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedTable;
import java.util.List;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * A query that the policy let pass: analysed over empty relations, never parsed again.
 *
 * @param plan the analysed plan: projections, filters, sorts and limits over exactly one aggregate
 * @param aggregate that aggregate; below it are filters and inner equi-joins over the relations of {@code tables}
 * @param groupingSets for each grouping set the places of its columns in the aggregate's GROUP BY; none for a plain one
 * @param tables the granted tables that it reads
 */
public record CheckedQuery(
        AccessGrant grant,
        String sql,
        LogicalPlan plan,
        Aggregate aggregate,
        List<List<Integer>> groupingSets,
        List<BoundTable> tables) {
    public CheckedQuery {
        groupingSets = List.copyOf(groupingSets);
        tables = List.copyOf(tables);
    }

    /**
     * A granted table and the empty relation that stands for it.
     *
     * @param relation its attributes: the granted columns and {@code unit}
     * @param unit stands for the unit key {@code __unit}, type bigint, whatever the name
     * @param columns names of the columns that the query reads, without the unit
     */
    public record BoundTable(GrantedTable table, LocalRelation relation, AttributeReference unit, Set<String> columns) {
        public BoundTable {
            columns = Set.copyOf(columns);
        }
    }
}
