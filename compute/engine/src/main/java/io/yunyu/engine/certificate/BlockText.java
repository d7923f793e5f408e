package io.yunyu.engine.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Or;

/** A SELECT block as SQL text, one clause a line. */
final class BlockText {
    private BlockText() {}

    static String of(QueryBlock block) {
        List<String> lines = new ArrayList<>();
        lines.add("SELECT " + (block.distinct() ? "DISTINCT " : "") + ExpressionText.list(block.items()));
        for (int i = 0; i < block.sources().size(); i++) {
            lines.add(source(block.sources().get(i), i == 0));
        }
        clause(lines, "WHERE", conjunction(block.where()));
        clause(lines, "GROUP BY", ExpressionText.list(block.groups()));
        clause(lines, "HAVING", conjunction(block.having()));
        clause(lines, "ORDER BY", ExpressionText.list(block.order()));
        block.limit().ifPresent(n -> clause(lines, "LIMIT", ExpressionText.of(n)));
        block.offset().ifPresent(n -> clause(lines, "OFFSET", ExpressionText.of(n)));
        return String.join("\n", lines);
    }

    private static void clause(List<String> lines, String word, String text) {
        if (!text.isEmpty()) {
            lines.add(word + " " + text);
        }
    }

    private static String source(QueryBlock.Source source, boolean first) {
        String table = source.table().stream().map(ExpressionText::identifier).collect(Collectors.joining("."))
                + source.alias().map(a -> " AS " + ExpressionText.identifier(a)).orElse("");
        if (first) {
            return "FROM " + table;
        }
        String join = source.inner() ? "JOIN " : "LEFT JOIN ";
        return join + table + (source.on().isEmpty() ? "" : " ON " + conjunction(source.on()));
    }

    private static String conjunction(List<Expression> operands) {
        boolean one = operands.size() == 1;
        return operands.stream()
                .map(e -> !one && e instanceof Or ? "(" + ExpressionText.of(e) + ")" : ExpressionText.of(e))
                .collect(Collectors.joining(" AND "));
    }
}
