package io.yunyu.engine.policy;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.expressions.BaseGroupingSets;
import org.apache.spark.sql.catalyst.expressions.Cube;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GroupingSets;
import org.apache.spark.sql.catalyst.expressions.Rollup;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * GROUPING SETS, CUBE and ROLLUP, taken out of a parsed query: what remains groups by all columns of the sets, and is
 * checked like any other query. The cells of every set are computed and protected alike.
 *
 * @param plan the query with a plain GROUP BY
 * @param sets for each grouping set the places of its columns among the GROUP BY columns, ascending; one set of all
 *     columns for a plain GROUP BY
 */
record GroupingSetsForm(LogicalPlan plan, List<List<Integer>> sets) {
    static final int MAX_SETS = 64;

    static GroupingSetsForm of(LogicalPlan parsed, Findings findings) {
        List<List<Integer>> sets = new ArrayList<>();
        LogicalPlan plain = Catalyst.rebuilt(
                parsed, node -> node instanceof Aggregate a && hasSets(a) ? plain(a, sets, findings) : null);
        return new GroupingSetsForm(plain, List.copyOf(sets));
    }

    private static boolean hasSets(Aggregate aggregate) {
        return Catalyst.list(aggregate.groupingExpressions()).stream().anyMatch(BaseGroupingSets.class::isInstance);
    }

    private static LogicalPlan plain(Aggregate aggregate, List<List<Integer>> sets, Findings findings) {
        sets.clear();
        Map<String, Integer> places = new LinkedHashMap<>();
        List<Expression> keys = new ArrayList<>();
        List<Set<Integer>> all = new ArrayList<>(List.of(Set.of()));
        for (Expression item : Catalyst.list(aggregate.groupingExpressions())) {
            List<Set<Integer>> longer = new ArrayList<>();
            for (List<Expression> columns : setsOf(item)) {
                Set<Integer> added = new TreeSet<>();
                for (Expression column : columns) {
                    if (!(column instanceof UnresolvedAttribute)) {
                        findings.form("group-by-form", "In GROUPING SETS, CUBE and ROLLUP name bare columns.");
                    }
                    added.add(places.computeIfAbsent(QueryScope.folded(column.sql()), name -> {
                        keys.add(column);
                        return keys.size() - 1;
                    }));
                }
                for (Set<Integer> earlier : all) {
                    Set<Integer> both = new TreeSet<>(earlier);
                    both.addAll(added);
                    longer.add(both);
                }
                if (longer.size() > MAX_SETS) {
                    findings.form("too-large", "Ask for at most " + MAX_SETS + " grouping sets at once.");
                    return aggregate;
                }
            }
            all = longer;
        }
        new LinkedHashSet<>(all).forEach(set -> sets.add(List.copyOf(set)));
        return new Aggregate(
                Catalyst.seq(keys), aggregate.aggregateExpressions(), aggregate.child(), scala.Option.empty());
    }

    private static List<List<Expression>> setsOf(Expression item) {
        if (!(item instanceof BaseGroupingSets grouping)) {
            return List.of(List.of(item));
        }
        List<List<Expression>> groups = Catalyst.list(grouping.groupingSets()).stream()
                .map(Catalyst::list)
                .toList();
        if (grouping instanceof GroupingSets) {
            return groups;
        }
        List<List<Expression>> sets = new ArrayList<>();
        if (grouping instanceof Rollup) {
            for (int n = groups.size(); n >= 0; n--) {
                sets.add(groups.subList(0, n).stream().flatMap(List::stream).toList());
            }
        } else if (grouping instanceof Cube && groups.size() <= 6) {
            for (int bits = (1 << groups.size()) - 1; bits >= 0; bits--) {
                List<Expression> set = new ArrayList<>();
                for (int g = 0; g < groups.size(); g++) {
                    if ((bits & 1 << groups.size() - 1 - g) != 0) {
                        set.addAll(groups.get(g));
                    }
                }
                sets.add(set);
            }
        } else {
            // Too many to list: one more than is allowed, which is refused.
            for (int i = 0; i <= MAX_SETS; i++) {
                sets.add(List.of());
            }
        }
        return sets;
    }
}
