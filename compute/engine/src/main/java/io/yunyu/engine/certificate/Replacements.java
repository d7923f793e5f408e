package io.yunyu.engine.certificate;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.engine.policy.Catalyst;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedStar;
import org.apache.spark.sql.catalyst.expressions.BaseGroupingSets;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;

/** Parts of a block replaced by what a grant allows: nearer names, coarser keys, other aggregates, other uses, joins. */
final class Replacements {
    private static final Set<String> LEVELS = Set.of("month", "quarter", "year");
    private static final Set<String> CALENDAR = Set.of("date_trunc", "year", "quarter", "month");

    private final QueryBlock block;
    private final GrantedNames names;
    private final List<Edit> edits = new ArrayList<>();

    private Replacements(QueryBlock block, AccessGrant grant) {
        this.block = block;
        this.names = new GrantedNames(grant, block);
    }

    static List<Edit> of(QueryBlock block, AccessGrant grant) {
        Replacements all = new Replacements(block, grant);
        all.tables();
        all.columns();
        all.joins();
        all.rows();
        all.plainGroups();
        all.keys();
        all.addedKeys();
        all.aggregates();
        all.conditions();
        return all.edits;
    }

    private void step(String sentence, QueryBlock changed) {
        edits.add(new Edit(sentence, changed));
    }

    private void tables() {
        for (int i = 0; i < block.sources().size(); i++) {
            QueryBlock.Source source = block.sources().get(i);
            if (names.table(source).isPresent()) {
                continue;
            }
            for (String near : names.nearTables(source)) {
                List<QueryBlock.Source> changed = new ArrayList<>(block.sources());
                changed.set(
                        i,
                        new QueryBlock.Source(List.of(near), Optional.of(source.name()), source.inner(), source.on()));
                step(
                        "Read table " + near + " in place of " + Edit.shown(source.name()) + ".",
                        block.withSources(changed));
            }
        }
    }

    private void columns() {
        Map<String, UnresolvedAttribute> all = new LinkedHashMap<>();
        block.expressions()
                .flatMap(e -> QueryBlock.columns(e).stream())
                .forEach(a -> all.putIfAbsent(ExpressionText.of(a), a));
        for (UnresolvedAttribute column : all.values()) {
            for (String near : names.near(column)) {
                List<String> parts = new ArrayList<>(Catalyst.list(column.nameParts()));
                parts.set(parts.size() - 1, near);
                step(
                        "Use column " + near + " in place of " + Edit.shown(column.name()) + ".",
                        block.replaced(column, new UnresolvedAttribute(Catalyst.seq(parts))));
            }
        }
    }

    private void joins() {
        List<QueryBlock.Source> joined = new ArrayList<>();
        List<Expression> moved = new ArrayList<>(block.where());
        for (int i = 0; i < block.sources().size(); i++) {
            QueryBlock.Source source = block.sources().get(i);
            List<Expression> on = new ArrayList<>();
            for (Expression condition : source.on()) {
                boolean equality = condition instanceof EqualTo e
                        && e.left() instanceof UnresolvedAttribute
                        && e.right() instanceof UnresolvedAttribute;
                (equality ? on : moved).add(condition);
            }
            if (i > 0) {
                units(block.sources().get(0), source).ifPresent(e -> {
                    if (on.stream().noneMatch(o -> ExpressionText.of(o).equalsIgnoreCase(ExpressionText.of(e)))) {
                        on.add(e);
                    }
                });
            }
            joined.add(new QueryBlock.Source(source.table(), source.alias(), true, on));
        }
        if (joined.size() > 1) {
            step(
                    "Join with an inner JOIN on equal unit columns; other conditions of ON belong into WHERE.",
                    block.withSources(joined).withWhere(moved));
        }
    }

    private Optional<Expression> units(QueryBlock.Source left, QueryBlock.Source right) {
        Optional<GrantedTable> a = names.table(left);
        Optional<GrantedTable> b = names.table(right);
        return a.isPresent() && b.isPresent() && GrantedNames.hasUnit(a.get()) && GrantedNames.hasUnit(b.get())
                ? Optional.of(new EqualTo(
                        column(left.name(), a.get().unitColumn()),
                        column(right.name(), b.get().unitColumn())))
                : Optional.empty();
    }

    private static UnresolvedAttribute column(String... parts) {
        return new UnresolvedAttribute(Catalyst.seq(List.of(parts)));
    }

    /** Records become counts of records by the columns that were asked for. */
    private void rows() {
        if (block.items().stream()
                .anyMatch(i -> !QueryBlock.functions(QueryBlock.bare(i)).isEmpty())) {
            return;
        }
        List<Expression> keys = block.items().stream()
                .filter(i -> QueryBlock.bare(i) instanceof UnresolvedAttribute)
                .toList();
        List<Expression> items = new ArrayList<>(keys);
        items.add(Removals.COUNT);
        boolean all = block.items().stream().anyMatch(i -> QueryBlock.bare(i) instanceof UnresolvedStar);
        step(
                all || keys.isEmpty()
                        ? "Count the records with COUNT(*) in place of returning them."
                        : "Count the records by the selected columns: COUNT(*) with GROUP BY.",
                block.withItems(items)
                        .withoutDistinct()
                        .withGroups(keys.stream().map(QueryBlock::bare).toList()));
    }

    private void plainGroups() {
        if (block.groups().stream().noneMatch(BaseGroupingSets.class::isInstance)) {
            return;
        }
        Map<String, Expression> keys = new LinkedHashMap<>();
        for (Expression group : block.groups()) {
            if (group instanceof BaseGroupingSets sets) {
                Catalyst.list(sets.groupingSets())
                        .forEach(set -> Catalyst.list(set).forEach(e -> keys.putIfAbsent(ExpressionText.of(e), e)));
            } else {
                keys.putIfAbsent(ExpressionText.of(group), group);
            }
        }
        step(
                "Use a plain GROUP BY in place of GROUPING SETS, CUBE or ROLLUP.",
                block.withGroups(List.copyOf(keys.values())));
    }

    private void keys() {
        for (Expression key : block.groups()) {
            List<UnresolvedAttribute> columns = QueryBlock.columns(key);
            Optional<GrantedNames.Named> named = columns.size() == 1 ? names.find(columns.get(0)) : Optional.empty();
            if (key instanceof BaseGroupingSets
                    || named.flatMap(GrantedNames.Named::column).isEmpty()) {
                continue;
            }
            List<Expression> forms = new ArrayList<>(Levels.above(key, columns.get(0), named.get()));
            forms.addAll(coarser(key, columns.get(0), isTime(named.get())));
            forms.forEach(to -> step(
                    "Group by " + Edit.shown(ExpressionText.of(to).replace("'", ""))
                            + " in place of another function of "
                            + Edit.shown(columns.get(0).name()) + ".",
                    block.replaced(key, to)));
        }
    }

    /** Coarser forms of a key, finest first. */
    static List<Expression> coarser(Expression key, UnresolvedAttribute column, boolean time) {
        if (!time) {
            return key instanceof UnresolvedAttribute ? List.of() : List.of(column);
        }
        boolean allowed = key instanceof UnresolvedFunction f && CALENDAR.contains(QueryBlock.functionName(f));
        boolean level = key instanceof UnresolvedFunction f
                && f.arguments().head() instanceof Literal l
                && l.value() != null
                && LEVELS.contains(l.value().toString().toLowerCase(java.util.Locale.ROOT));
        if (allowed
                && !(key instanceof UnresolvedFunction f
                        && QueryBlock.functionName(f).equals("date_trunc")
                        && !level)) {
            return List.of();
        }
        return List.of(
                trunc("month", column),
                trunc("quarter", column),
                Removals.function("month", column),
                Removals.function("quarter", column),
                Removals.function("year", column));
    }

    private static Expression trunc(String level, Expression column) {
        return Levels.called("date_trunc", Levels.text(level), column);
    }

    static boolean isTime(GrantedNames.Named named) {
        return named.column()
                .map(c -> Set.of("DATE", "TIMESTAMP").contains(c.type()))
                .orElse(false);
    }

    private void addedKeys() {
        List<Expression> missing = block.items().stream()
                .filter(i -> QueryBlock.bare(i) instanceof UnresolvedAttribute && !block.isKey(i))
                .map(QueryBlock::bare)
                .toList();
        if (!missing.isEmpty() && block.items().stream().anyMatch(QueryBlock::aggregates)) {
            List<Expression> groups = new ArrayList<>(block.groups());
            groups.addAll(missing);
            step("Add every selected column to GROUP BY.", block.withGroups(groups));
        }
    }

    private void aggregates() {
        Map<String, UnresolvedFunction> all = new LinkedHashMap<>();
        java.util.stream.Stream.of(block.items().stream(), block.having().stream(), block.order().stream())
                .flatMap(s -> s)
                .filter(e -> !block.isKey(e))
                .flatMap(e -> QueryBlock.functions(e).stream())
                .filter(f -> !Set.of("round", "between").contains(QueryBlock.functionName(f)))
                .forEach(f -> all.putIfAbsent(ExpressionText.of(f), f));
        all.values().forEach(f -> AggregateForms.of(f, block, names).forEach(edits::add));
    }

    private void conditions() {
        for (int i = 0; i < block.where().size(); i++) {
            Expression condition = block.where().get(i);
            List<Expression> others = Removals.without(block.where(), i);
            int at = i;
            CalendarRanges.of(condition).ifPresent(range -> {
                List<Expression> changed = new ArrayList<>(block.where());
                changed.set(at, range);
                step(
                        "Compare " + Edit.columns(condition) + " with dates in place of a function of it.",
                        block.withWhere(changed));
            });
            List<UnresolvedAttribute> columns = QueryBlock.columns(condition);
            boolean groupable = columns.size() == 1
                    && names.find(columns.get(0))
                            .flatMap(GrantedNames.Named::column)
                            .filter(c -> c.uses().contains(ColumnUse.GROUP_BY)
                                    && !c.uses().contains(ColumnUse.FILTER))
                            .isPresent();
            if (groupable && !block.isKey(columns.get(0))) {
                List<Expression> groups = new ArrayList<>(block.groups());
                groups.add(columns.get(0));
                List<Expression> items = new ArrayList<>(List.of((Expression) columns.get(0)));
                items.addAll(block.items());
                step(
                        "Group by " + Edit.columns(condition) + " in place of comparing it in WHERE.",
                        block.withWhere(others).withGroups(groups).withItems(items));
            }
        }
    }
}
