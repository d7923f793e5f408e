package io.yunyu.engine.dryrun;

import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.dimension.ColumnDomain;
import io.yunyu.contract.json.Json;
import io.yunyu.engine.policy.Catalyst;
import io.yunyu.engine.policy.CheckedQuery;
import io.yunyu.engine.policy.CheckedQuery.BoundTable;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;

/**
 * What made-up rows must be like so that a checked query finds some. All of it comes from the query's own text: no data
 * is looked at.
 *
 * @param branches ways of passing the WHERE clause: for each column that it names, values that pass; empty if no way was
 *     found, one without columns if there is no such clause
 * @param groups columns of GROUP BY
 * @param joined pairs of columns, other than the units, that a join compares
 */
record QueryHints(List<Map<Column, MatchingValues.Found>> branches, List<Column> groups, List<List<Column>> joined) {
    /** A column of a granted dataset. */
    record Column(String dataset, String name) {
        Map<String, Object> toJson() {
            return Json.object("dataset", dataset, "column", name);
        }
    }

    static QueryHints of(CheckedQuery query) {
        List<Expression> conditions = new ArrayList<>();
        List<List<Column>> joined = new ArrayList<>();
        Catalyst.eachNode(query.aggregate().child(), node -> {
            if (node instanceof Filter filter) {
                conditions.add(filter.condition());
            } else if (node instanceof Join join && join.condition().isDefined()) {
                Catalyst.conjuncts(join.condition().get())
                        .forEach(c -> pair(query, c).ifPresent(joined::add));
            }
        });
        List<Column> groups = new ArrayList<>();
        for (Expression key : Catalyst.list(query.aggregate().groupingExpressions())) {
            Catalyst.eachExpression(key, e -> column(query, e).ifPresent(groups::add));
        }
        List<Map<Column, MatchingValues.Found>> branches = FilterBranches.of(conditions).stream()
                .map(branch -> values(query, branch))
                .flatMap(Optional::stream)
                .toList();
        return new QueryHints(branches, groups, joined);
    }

    Map<String, Object> toJson() {
        return Json.object(
                "branches",
                branches.stream()
                        .map(branch -> branch.entrySet().stream()
                                .map(e -> with(e.getKey(), e.getValue()))
                                .toList())
                        .map(columns -> Json.object("columns", columns))
                        .toList(),
                "groups",
                groups.stream().map(Column::toJson).toList(),
                "joined",
                joined.stream()
                        .map(pair -> Json.object(
                                "columns", pair.stream().map(Column::toJson).toList()))
                        .toList());
    }

    private static Map<String, Object> with(Column column, MatchingValues.Found found) {
        return Json.object(
                "dataset",
                column.dataset(),
                "column",
                column.name(),
                "values",
                found.texts(),
                "missing",
                found.missing());
    }

    /** Empty if some column has no value that passes. */
    private static Optional<Map<Column, MatchingValues.Found>> values(CheckedQuery query, List<Expression> branch) {
        Map<Column, List<Expression>> byColumn = new LinkedHashMap<>();
        Map<Column, AttributeReference> attributes = new LinkedHashMap<>();
        for (Expression comparison : branch) {
            Catalyst.eachExpression(comparison, e -> column(query, e).ifPresent(column -> {
                attributes.put(column, (AttributeReference) e);
                byColumn.computeIfAbsent(column, c -> new ArrayList<>()).add(comparison);
            }));
        }
        Map<Column, MatchingValues.Found> values = new LinkedHashMap<>();
        for (Map.Entry<Column, AttributeReference> entry : attributes.entrySet()) {
            MatchingValues.Found found = MatchingValues.of(
                    entry.getValue(), domain(query, entry.getKey()), byColumn.getOrDefault(entry.getKey(), List.of()));
            if (found.none()) {
                return Optional.empty();
            }
            values.put(entry.getKey(), found);
        }
        return Optional.of(values);
    }

    private static ColumnDomain domain(CheckedQuery query, Column column) {
        return query.tables().stream()
                .map(BoundTable::table)
                .filter(table -> table.dataset().equals(column.dataset()))
                .flatMap(table -> table.column(column.name()).stream())
                .map(GrantedColumn::domain)
                .findFirst()
                .orElse(ColumnDomain.FREE);
    }

    private static Optional<List<Column>> pair(CheckedQuery query, Expression condition) {
        if (!(condition instanceof EqualTo equal)) {
            return Optional.empty();
        }
        Optional<Column> left = column(query, equal.left());
        Optional<Column> right = column(query, equal.right());
        return left.isPresent() && right.isPresent() ? Optional.of(List.of(left.get(), right.get())) : Optional.empty();
    }

    /** The granted column that an expression is; empty for units and everything else. */
    private static Optional<Column> column(CheckedQuery query, Expression expression) {
        if (!(expression instanceof AttributeReference attribute)) {
            return Optional.empty();
        }
        for (BoundTable bound : query.tables()) {
            boolean itsOwn = Catalyst.list(bound.relation().output()).stream()
                    .anyMatch(a -> a.exprId().equals(attribute.exprId()));
            if (itsOwn && !bound.unit().exprId().equals(attribute.exprId())) {
                return Optional.of(new Column(bound.table().dataset(), attribute.name()));
            }
        }
        return Optional.empty();
    }
}
