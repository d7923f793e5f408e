package io.yunyu.engine.certificate;

import io.yunyu.engine.policy.Catalyst;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Or;

/** Allowed aggregates in place of one that is not: of the same column, or with its condition in WHERE. */
final class AggregateForms {
    private static final Set<String> ADDITIVE = Set.of("count", "sum");

    private AggregateForms() {}

    static List<Edit> of(UnresolvedFunction function, QueryBlock block, GrantedNames names) {
        List<Edit> edits = new ArrayList<>();
        condition(function, block).ifPresent(edits::add);
        String shown = QueryBlock.functionName(function).toUpperCase(Locale.ROOT);
        for (Expression form : forms(function, names)) {
            String text = ExpressionText.of(form);
            boolean selected = block.items().stream()
                    .anyMatch(i -> ExpressionText.of(QueryBlock.bare(i)).equals(text));
            if (!selected && !text.equals(ExpressionText.of(function))) {
                edits.add(step(
                        "Use " + written(form) + " in place of " + Edit.shown(shown) + ".",
                        block.replaced(function, form)));
            }
        }
        return edits;
    }

    private static Edit step(String sentence, QueryBlock block) {
        return new Edit(sentence, block);
    }

    private static String written(Expression form) {
        UnresolvedFunction f = (UnresolvedFunction) form;
        String columns = f.arguments().head() instanceof Literal ? "*" : Edit.columns(form);
        return QueryBlock.functionName(f).toUpperCase(Locale.ROOT) + "(" + (f.isDistinct() ? "DISTINCT " : "") + columns
                + ")";
    }

    private static Set<Expression> forms(UnresolvedFunction function, GrantedNames names) {
        Set<Expression> forms = new LinkedHashSet<>();
        List<UnresolvedAttribute> columns = QueryBlock.columns(function);
        if (function.isDistinct() || QueryBlock.functionName(function).contains("distinct")) {
            names.tables().stream()
                    .filter(GrantedNames::hasUnit)
                    .findFirst()
                    .ifPresent(
                            t -> forms.add(distinct(new UnresolvedAttribute(Catalyst.seq(List.of(t.unitColumn()))))));
        }
        if (function.filter().isDefined()) {
            forms.add(plain(function));
        }
        for (UnresolvedAttribute column : columns) {
            Optional<String> type =
                    names.find(column).flatMap(GrantedNames.Named::column).map(c -> c.type());
            boolean number = type.filter(t -> t.equals("LONG") || t.equals("DOUBLE") || t.startsWith("DECIMAL"))
                    .isPresent();
            String name = QueryBlock.functionName(function);
            if (number && name.equals("sum")) {
                forms.add(Removals.function("sum", column));
            }
            if (number && !name.equals("count")) {
                forms.add(Removals.function("avg", column));
            }
            if (type.isPresent()) {
                forms.add(Removals.function("count", column));
            }
        }
        forms.add(Removals.COUNT);
        return forms;
    }

    private static UnresolvedFunction distinct(Expression argument) {
        return new UnresolvedFunction(
                Catalyst.seq(List.of("count")),
                Catalyst.seq(List.of(argument)),
                true,
                scala.Option.empty(),
                false,
                Catalyst.seq(List.of()),
                false);
    }

    private static UnresolvedFunction plain(UnresolvedFunction f) {
        return new UnresolvedFunction(
                f.nameParts(),
                f.arguments(),
                f.isDistinct(),
                scala.Option.empty(),
                false,
                Catalyst.seq(List.of()),
                false);
    }

    /** The one aggregate's own condition put into WHERE, which is the same for a count or sum. */
    private static Optional<Edit> condition(UnresolvedFunction function, QueryBlock block) {
        boolean alone = block.items().stream().filter(i -> !block.isKey(i)).count() == 1;
        if (!alone) {
            return Optional.empty();
        }
        Expression condition = null;
        UnresolvedFunction counted = Removals.COUNT;
        if (function.filter().isDefined()) {
            condition = function.filter().get();
            counted = plain(function);
        } else if (QueryBlock.functionName(function).equals("count_if")) {
            condition = function.arguments().head();
        } else if (ADDITIVE.contains(QueryBlock.functionName(function))
                && function.arguments().head() instanceof CaseWhen when
                && when.branches().size() == 1) {
            condition = when.branches().head()._1();
            Expression then = when.branches().head()._2();
            if (then instanceof UnresolvedAttribute) {
                counted = Removals.function(QueryBlock.functionName(function), then);
            }
        }
        if (condition == null) {
            return Optional.empty();
        }
        List<Expression> where = new ArrayList<>(block.where());
        where.addAll(condition instanceof Or ? List.of(condition) : Catalyst.conjuncts(condition));
        return Optional.of(step(
                "Put the aggregate's condition on " + Edit.columns(condition) + " into WHERE.",
                block.replaced(function, counted).withWhere(where)));
    }
}
