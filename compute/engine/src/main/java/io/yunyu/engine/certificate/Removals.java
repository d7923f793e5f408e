package io.yunyu.engine.certificate;

import io.yunyu.engine.policy.Catalyst;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.BaseGroupingSets;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;

/** Single parts left out of a block, those first whose loss changes its answer least. */
final class Removals {
    private Removals() {}

    static final UnresolvedFunction COUNT =
            function("count", Literal.create(1, org.apache.spark.sql.types.DataTypes.IntegerType));

    static UnresolvedFunction function(String name, Expression argument) {
        return Levels.called(name, argument);
    }

    static List<Edit> of(QueryBlock block) {
        List<Edit> edits = new ArrayList<>();
        block.offset().ifPresent(o -> edits.add(step("Remove OFFSET.", block.withoutOffset())));
        if (block.distinct()) {
            edits.add(step("Remove DISTINCT after SELECT.", block.withoutDistinct()));
        }
        block.limit().ifPresent(l -> edits.add(step("Remove LIMIT.", block.withLimit(Optional.empty()))));
        for (int i = 0; i < block.order().size(); i++) {
            edits.add(step(
                    "Remove the term on " + Edit.columns(block.order().get(i)) + " from ORDER BY.",
                    block.withOrder(without(block.order(), i))));
        }
        for (int i = 0; i < block.having().size(); i++) {
            edits.add(step(
                    "Remove the condition on " + Edit.columns(block.having().get(i)) + " from HAVING.",
                    block.withHaving(without(block.having(), i))));
        }
        for (int i = 0; i < block.items().size(); i++) {
            if (!block.isKey(block.items().get(i))) {
                edits.add(item(block, i));
            }
        }
        for (int i = 0; i < block.where().size(); i++) {
            edits.add(step(
                    "Remove the condition on " + Edit.columns(block.where().get(i)) + " from WHERE.",
                    block.withWhere(without(block.where(), i))));
        }
        for (int i = 0; i < block.groups().size(); i++) {
            edits.add(key(block, i));
        }
        for (int i = 1; i < block.sources().size(); i++) {
            edits.add(table(block, i));
        }
        return edits;
    }

    private static Edit step(String sentence, QueryBlock block) {
        return new Edit(sentence, block);
    }

    private static Edit item(QueryBlock block, int i) {
        Expression item = block.items().get(i);
        String what = QueryBlock.name(item).map(Edit::shown).orElseGet(() -> Edit.columns(item));
        return step("Remove the output on " + what + " from SELECT.", counting(withoutItems(block, Set.of(i))));
    }

    /** A group key with all that shows it. */
    static Edit key(QueryBlock block, int i) {
        Expression key = block.groups().get(i);
        Set<String> texts = texts(key);
        Set<Integer> shown = new HashSet<>();
        for (int n = 0; n < block.items().size(); n++) {
            Expression item = block.items().get(n);
            if (QueryBlock.name(item).filter(texts::contains).isPresent()
                    || texts.contains(ExpressionText.of(QueryBlock.bare(item)))) {
                shown.add(n);
            }
        }
        QueryBlock less = withoutItems(block, shown).withGroups(without(block.groups(), i));
        QueryBlock rest = less.withOrder(less.order().stream()
                        .filter(o -> !texts.contains(ExpressionText.of(o.child())))
                        .toList())
                .withHaving(less.having().stream()
                        .filter(h ->
                                QueryBlock.columns(h).stream().noneMatch(a -> texts.contains(ExpressionText.of(a))))
                        .toList());
        return step("Do not group by " + Edit.columns(key) + ".", counting(rest));
    }

    /** How a key reads; of GROUPING SETS, CUBE and ROLLUP each of its columns. */
    private static Set<String> texts(Expression key) {
        Set<String> texts = new HashSet<>(Set.of(ExpressionText.of(key)));
        if (key instanceof BaseGroupingSets sets) {
            Catalyst.list(sets.groupingSets())
                    .forEach(set -> Catalyst.list(set).forEach(e -> texts.add(ExpressionText.of(e))));
        }
        return texts;
    }

    private static Edit table(QueryBlock block, int i) {
        QueryBlock.Source gone = block.sources().get(i);
        QueryBlock less = block.withSources(without(block.sources(), i));
        Set<Integer> items = new HashSet<>();
        for (int n = 0; n < block.items().size(); n++) {
            if (uses(block.items().get(n), gone)) {
                items.add(n);
            }
        }
        less = withoutItems(less, items);
        return step(
                "Do not join table " + Edit.shown(gone.name()) + ".",
                counting(less.withWhere(keeping(less.where(), gone))
                        .withGroups(keeping(less.groups(), gone))
                        .withHaving(keeping(less.having(), gone))
                        .withOrder(keeping(less.order(), gone))));
    }

    private static <E extends Expression> List<E> keeping(List<E> expressions, QueryBlock.Source gone) {
        return expressions.stream().filter(e -> !uses(e, gone)).toList();
    }

    private static boolean uses(Expression expression, QueryBlock.Source source) {
        return QueryBlock.columns(expression).stream()
                .anyMatch(a -> a.nameParts().size() == 2 && a.nameParts().head().equalsIgnoreCase(source.name()));
    }

    /** Without some outputs, and without what refers to them by name. */
    private static QueryBlock withoutItems(QueryBlock block, Set<Integer> gone) {
        List<Expression> left = new ArrayList<>();
        Set<String> names = new HashSet<>();
        Set<String> texts = new HashSet<>();
        for (int i = 0; i < block.items().size(); i++) {
            Expression item = block.items().get(i);
            if (gone.contains(i)) {
                QueryBlock.name(item).ifPresent(n -> names.add(n.toLowerCase(java.util.Locale.ROOT)));
                texts.add(ExpressionText.of(QueryBlock.bare(item)));
            } else {
                left.add(item);
            }
        }
        return block.withItems(left)
                .withHaving(
                        block.having().stream().filter(h -> !refers(h, names)).toList())
                .withOrder(block.order().stream()
                        .filter(o -> !refers(o, names) && !texts.contains(ExpressionText.of(o.child())))
                        .toList());
    }

    private static boolean refers(Expression expression, Set<String> names) {
        return QueryBlock.columns(expression).stream()
                .map(UnresolvedAttribute::name)
                .anyMatch(n -> names.contains(n.toLowerCase(java.util.Locale.ROOT)));
    }

    /** A block whose answer would be empty of numbers counts records. */
    static QueryBlock counting(QueryBlock block) {
        if (block.items().stream().anyMatch(i -> !block.isKey(i))) {
            return block;
        }
        List<Expression> items = new ArrayList<>(block.items());
        items.add(COUNT);
        return block.withItems(items);
    }

    static <T> List<T> without(List<T> all, int i) {
        List<T> left = new ArrayList<>(all);
        left.remove(i);
        return left;
    }
}
