package io.yunyu.program;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** One SELECT in the making: parts of its text, in the order in which a plan adds them from its leaves upwards. */
final class SelectBlock {
    /** @param name by which a part above may refer to it, if it has one of its own */
    record Item(Optional<String> name, String expression) {
        String text() {
            return name.map(ExpressionText::quoted)
                    .filter(quoted -> !expression.equals(quoted) && !expression.endsWith("." + quoted))
                    .map(quoted -> expression + " AS " + quoted)
                    .orElse(expression);
        }
    }

    final String from;
    /** The one table that it reads; empty after a join. */
    final Optional<String> table;

    final List<String> where = new ArrayList<>();
    final List<Item> items = new ArrayList<>();
    final List<String> having = new ArrayList<>();
    final List<String> orderBy = new ArrayList<>();
    String groupBy = "";
    boolean aggregated;
    Optional<Integer> limit = Optional.empty();

    SelectBlock(String from, Optional<String> table) {
        this.from = from;
        this.table = table;
    }

    /** @throws NotOffered if something of the plan below has to happen first that one SELECT does afterwards */
    SelectBlock beforeOrder() {
        if (limit.isPresent() || !orderBy.isEmpty()) {
            throw new NotOffered("After sort or limit nothing can follow: a query is one SELECT. Sort and limit last.");
        }
        return this;
    }

    SelectBlock beforeAggregate() {
        beforeOrder();
        if (aggregated) {
            throw new NotOffered("An aggregate or join over an aggregate is not offered: a query is one SELECT.");
        }
        return this;
    }

    String text() {
        StringBuilder sql = new StringBuilder("SELECT ");
        sql.append(aggregated ? String.join(", ", items.stream().map(Item::text).toList()) : "*");
        sql.append(" FROM ").append(from);
        clause(sql, " WHERE ", " AND ", where);
        sql.append(groupBy);
        clause(sql, " HAVING ", " AND ", having);
        clause(sql, " ORDER BY ", ", ", orderBy);
        limit.ifPresent(rows -> sql.append(" LIMIT ").append(rows));
        return sql.toString();
    }

    private static void clause(StringBuilder sql, String keyword, String between, List<String> parts) {
        if (!parts.isEmpty()) {
            sql.append(keyword).append(String.join(between, parts));
        }
    }
}
