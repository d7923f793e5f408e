package io.yunyu.engine.certificate;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.SortOrder;

/** A block put together again from its parts, beginning with a count over its tables, as far as it passes. */
final class PartsOf {
    private static final int MOST_PARTS = 60;

    private final QueryBlock full;
    private final List<String> leftOut = new ArrayList<>();
    private QueryBlock block;
    private int parts;

    PartsOf(QueryBlock full) {
        this.full = full;
        this.block = full.withItems(List.of(Removals.COUNT))
                .withWhere(List.of())
                .withGroups(List.of())
                .withHaving(List.of())
                .withOrder(List.of())
                .withLimit(java.util.Optional.empty())
                .withoutOffset()
                .withoutDistinct();
    }

    QueryBlock block() {
        return block;
    }

    List<String> leftOut() {
        return List.copyOf(leftOut);
    }

    void add(Predicate<QueryBlock> passes) {
        for (Expression condition : full.where()) {
            keep(
                    block.withWhere(plus(block.where(), condition)),
                    passes,
                    step("Remove the condition on " + Edit.columns(condition) + " from WHERE."));
        }
        for (Expression group : full.groups()) {
            List<Expression> items = new ArrayList<>();
            full.items().stream()
                    .filter(i -> ExpressionText.of(QueryBlock.bare(i)).equals(ExpressionText.of(group)))
                    .forEach(items::add);
            items.addAll(block.items());
            keep(
                    block.withGroups(plus(block.groups(), group)).withItems(items),
                    passes,
                    step("Do not group by " + Edit.columns(group) + "."));
        }
        boolean count = true;
        for (Expression item : full.items()) {
            if (!full.isKey(item)) {
                List<Expression> items = new ArrayList<>(block.items());
                if (count) {
                    items.remove(items.size() - 1);
                }
                items.add(item);
                boolean kept = keep(
                        block.withItems(items), passes, step("Remove the output on " + what(item) + " from SELECT."));
                count &= !kept;
            }
        }
        if (count) {
            leftOut.add(step("Count the records with COUNT(*)."));
        }
        for (Expression condition : full.having()) {
            keep(
                    block.withHaving(plus(block.having(), condition)),
                    passes,
                    step("Remove the condition on " + Edit.columns(condition) + " from HAVING."));
        }
        for (SortOrder order : full.order()) {
            keep(
                    block.withOrder(plus(block.order(), order)),
                    passes,
                    step("Remove the term on " + Edit.columns(order) + " from ORDER BY."));
        }
        full.limit().ifPresent(n -> keep(block.withLimit(full.limit()), passes, step("Remove LIMIT.")));
        full.offset().ifPresent(n -> leftOut.add(step("Remove OFFSET.")));
        if (full.distinct()) {
            leftOut.add(step("Remove DISTINCT after SELECT."));
        }
    }

    private boolean keep(QueryBlock with, Predicate<QueryBlock> passes, String otherwise) {
        if (parts++ < MOST_PARTS && passes.test(with)) {
            block = with;
            return true;
        }
        if (!leftOut.contains(otherwise)) {
            leftOut.add(otherwise);
        }
        return false;
    }

    private static String what(Expression item) {
        return QueryBlock.name(item).map(Edit::shown).orElseGet(() -> Edit.columns(item));
    }

    private static String step(String sentence) {
        return sentence;
    }

    private static <T> List<T> plus(List<T> all, T one) {
        List<T> more = new ArrayList<>(all);
        more.add(one);
        return more;
    }
}
