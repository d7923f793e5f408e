package io.yunyu.program;

import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.connect.proto.Aggregate;
import org.apache.spark.connect.proto.Expression;
import org.apache.spark.connect.proto.Join;
import org.apache.spark.connect.proto.Project;
import org.apache.spark.connect.proto.Relation;
import org.apache.spark.connect.proto.SQL;
import org.apache.spark.connect.proto.Sort;

/**
 * Writes a plan of the protocol as the text of one SELECT. Only relations of a list are written, all others are refused by
 * name; what the text may do is not decided here.
 */
final class PlanText {
    static final String NO_PARAMETERS = "Parameters of an SQL text are not offered. Write the literal itself.";

    private static final int DEEPEST = 40;

    private final ExpressionText expressions = new ExpressionText();
    private int depth;

    private PlanText() {}

    /** @throws NotOffered if the plan has no such text */
    static String of(Relation relation) {
        return relation.getRelTypeCase() == Relation.RelTypeCase.SQL
                ? sql(relation.getSql())
                : new PlanText().block(relation).text();
    }

    private static String sql(SQL sql) {
        if (sql.getArgsCount() + sql.getPosArgsCount() + sql.getNamedArgumentsCount() + sql.getPosArgumentsCount()
                > 0) {
            throw new NotOffered(NO_PARAMETERS);
        }
        return sql.getQuery();
    }

    private SelectBlock block(Relation relation) {
        if (++depth > DEEPEST) {
            throw new NotOffered("A plan is nested more than " + DEEPEST + " deep. Write it flatter.");
        }
        try {
            SelectBlock block = node(relation);
            if (relation.getCommon().hasPlanId() && !block.aggregated) {
                block.table.ifPresent(
                        table -> expressions.remember(relation.getCommon().getPlanId(), table));
            }
            return block;
        } finally {
            depth--;
        }
    }

    private SelectBlock node(Relation relation) {
        return switch (relation.getRelTypeCase()) {
            case READ -> read(relation);
            case SUBQUERY_ALIAS ->
                aliased(
                        block(relation.getSubqueryAlias().getInput()),
                        relation.getSubqueryAlias().getAlias());
            case FILTER ->
                filtered(
                        block(relation.getFilter().getInput()),
                        relation.getFilter().getCondition());
            case PROJECT -> projected(block(relation.getProject().getInput()), relation.getProject());
            case AGGREGATE -> aggregated(block(relation.getAggregate().getInput()), relation.getAggregate());
            case JOIN -> joined(relation.getJoin());
            case SORT -> sorted(block(relation.getSort().getInput()), relation.getSort());
            case LIMIT -> {
                SelectBlock block = block(relation.getLimit().getInput());
                block.limit =
                        Optional.of(Math.min(relation.getLimit().getLimit(), block.limit.orElse(Integer.MAX_VALUE)));
                yield block;
            }
            case LOCAL_RELATION, CACHED_LOCAL_RELATION, RANGE ->
                throw new NotOffered(
                        "Data of the program's own cannot be joined with the domain's. Read granted tables by their names.");
            case MAP_PARTITIONS,
                    GROUP_MAP,
                    CO_GROUP_MAP,
                    COMMON_INLINE_USER_DEFINED_TABLE_FUNCTION,
                    COMMON_INLINE_USER_DEFINED_DATA_SOURCE ->
                throw new NotOffered(
                        "A function of the program's own never reaches the data. Use count, sum and avg of columns.");
            case SHOW_STRING, HTML_STRING, TAIL ->
                throw new NotOffered(
                        "Rows do not come back to a program. Use write.saveAsTable(name): the protected table is reviewed.");
            default ->
                throw new NotOffered(
                        "A plan step of the kind " + relation.getRelTypeCase()
                                + " is not offered. Use table, filter, join, groupBy, agg, select, sort and limit, or sql(text).");
        };
    }

    private static SelectBlock read(Relation relation) {
        if (!relation.getRead().hasNamedTable()
                || relation.getRead().getIsStreaming()
                || relation.getRead().getNamedTable().getOptionsCount() > 0) {
            throw new NotOffered("Read granted tables by their names: no paths, formats, options or streams.");
        }
        String name = relation.getRead().getNamedTable().getUnparsedIdentifier();
        return new SelectBlock(ExpressionText.reference(name), Optional.of(name));
    }

    private static SelectBlock aliased(SelectBlock block, String alias) {
        if (block.table.isEmpty() || block.aggregated || !block.where.isEmpty()) {
            throw new NotOffered("Give an alias to a table itself, before filter and join.");
        }
        return new SelectBlock(
                ExpressionText.reference(block.table.get()) + " AS " + ExpressionText.quoted(alias),
                Optional.of(alias));
    }

    private SelectBlock filtered(SelectBlock block, Expression condition) {
        (block.aggregated ? block.having : block.beforeOrder().where)
                .add("(" + expressions.of(condition, names(block.beforeOrder())) + ")");
        return block;
    }

    private SelectBlock projected(SelectBlock block, Project project) {
        if (!block.aggregated) {
            if (!project.getExpressionsList().stream().allMatch(PlanText::isBare)) {
                return over(block, List.of(), "", project.getExpressionsList());
            }
            // Fewer columns below an aggregate: the SELECT reads only what it names anyway.
            return block.beforeOrder();
        }
        List<SelectBlock.Item> items = project.getExpressionsList().stream()
                .map(e -> item(e, name -> expressionOf(block, name)))
                .toList();
        block.items.clear();
        block.items.addAll(items);
        return block;
    }

    private static boolean isBare(Expression expression) {
        return expression.hasUnresolvedAttribute() || expression.hasUnresolvedStar();
    }

    private SelectBlock aggregated(SelectBlock block, Aggregate aggregate) {
        if (aggregate.hasPivot() || aggregate.getGroupType() == Aggregate.GroupType.GROUP_TYPE_PIVOT) {
            throw new NotOffered("A pivot is not offered. Group by both columns; turn the table after its release.");
        }
        List<Expression> keys = aggregate.getGroupingExpressionsList();
        String list = keys.stream()
                .map(key -> expressions.of(withoutAlias(key), ExpressionText::reference))
                .collect(Collectors.joining(", "));
        String groupBy =
                switch (aggregate.getGroupType()) {
                    case GROUP_TYPE_GROUPBY -> keys.isEmpty() ? "" : " GROUP BY " + list;
                    case GROUP_TYPE_ROLLUP -> " GROUP BY ROLLUP(" + list + ")";
                    case GROUP_TYPE_CUBE -> " GROUP BY CUBE(" + list + ")";
                    case GROUP_TYPE_GROUPING_SETS -> " GROUP BY GROUPING SETS(" + sets(aggregate) + ")";
                    default ->
                        throw new NotOffered("This way of grouping is not offered. Use groupBy, rollup or cube.");
                };
        return over(block, keys, groupBy, aggregate.getAggregateExpressionsList());
    }

    private String sets(Aggregate aggregate) {
        return aggregate.getGroupingSetsList().stream()
                .map(set -> set.getGroupingSetList().stream()
                        .map(key -> expressions.of(withoutAlias(key), ExpressionText::reference))
                        .collect(Collectors.joining(", ", "(", ")")))
                .collect(Collectors.joining(", "));
    }

    private SelectBlock over(SelectBlock block, List<Expression> keys, String groupBy, List<Expression> values) {
        block.beforeAggregate();
        keys.forEach(key -> block.items.add(item(key, ExpressionText::reference)));
        values.forEach(value -> block.items.add(item(value, ExpressionText::reference)));
        block.groupBy = groupBy;
        block.aggregated = true;
        return block;
    }

    private SelectBlock.Item item(Expression expression, UnaryOperator<String> names) {
        Optional<String> name = expression.hasAlias() && expression.getAlias().getNameCount() == 1
                ? Optional.of(expression.getAlias().getName(0))
                : expression.hasUnresolvedAttribute()
                        ? Optional.of(expression.getUnresolvedAttribute().getUnparsedIdentifier())
                                .filter(n -> !n.contains(".") && !n.contains("`"))
                        : Optional.empty();
        return new SelectBlock.Item(name, expressions.of(withoutAlias(expression), names));
    }

    private static Expression withoutAlias(Expression expression) {
        return expression.hasAlias() ? expression.getAlias().getExpr() : expression;
    }

    private static UnaryOperator<String> names(SelectBlock block) {
        return block.aggregated ? name -> expressionOf(block, name) : ExpressionText::reference;
    }

    private static String expressionOf(SelectBlock block, String name) {
        return block.items.stream()
                .filter(item -> item.name().map(n -> n.equalsIgnoreCase(name)).orElse(false))
                .findFirst()
                .map(SelectBlock.Item::expression)
                .orElseGet(() -> ExpressionText.reference(name));
    }

    private SelectBlock joined(Join join) {
        SelectBlock left = block(join.getLeft()).beforeAggregate();
        SelectBlock right = block(join.getRight()).beforeAggregate();
        if (join.getJoinType() != Join.JoinType.JOIN_TYPE_INNER) {
            throw new NotOffered("Only inner joins are offered, on an equality of the unit columns.");
        }
        String on;
        if (join.hasJoinCondition()) {
            on = expressions.of(join.getJoinCondition(), ExpressionText::reference);
        } else if (join.getUsingColumnsCount() > 0 && left.table.isPresent() && right.table.isPresent()) {
            on = join.getUsingColumnsList().stream()
                    .map(column -> qualified(left, column) + " = " + qualified(right, column))
                    .collect(Collectors.joining(" AND "));
        } else {
            throw new NotOffered("A join needs a condition: an equality of the unit columns of its tables.");
        }
        SelectBlock block = new SelectBlock(left.from + " JOIN " + right.from + " ON " + on, Optional.empty());
        block.where.addAll(left.where);
        block.where.addAll(right.where);
        return block;
    }

    private static String qualified(SelectBlock block, String column) {
        return ExpressionText.quoted(block.table.orElseThrow()) + "." + ExpressionText.quoted(column);
    }

    private SelectBlock sorted(SelectBlock block, Sort sort) {
        if (block.limit.isPresent()) {
            throw new NotOffered("Sort before limit, not after it.");
        }
        block.orderBy.clear();
        for (Expression.SortOrder order : sort.getOrderList()) {
            Expression wrapped = Expression.newBuilder().setSortOrder(order).build();
            block.orderBy.add(expressions.of(wrapped, ExpressionText::reference));
        }
        return block;
    }
}
