package io.yunyu.engine.policy;

import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.GrantedTable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThan;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.LessThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Or;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;

/** Phases B and C below the aggregate: filters on FILTER columns, and joins that keep the privacy unit. */
final class SourceForm {
    private static final Set<Class<?>> COMPARISONS = Set.of(
            EqualTo.class,
            LessThan.class,
            LessThanOrEqual.class,
            GreaterThan.class,
            GreaterThanOrEqual.class,
            In.class,
            IsNull.class,
            IsNotNull.class);

    private final Lineage lineage;
    private final Findings findings;
    private final DimensionForm dimensions;
    /** Tables whose units are joined share a root. */
    private final Map<GrantedTable, GrantedTable> sameUnits = new HashMap<>();

    private final Set<GrantedTable> tables = new HashSet<>();

    private SourceForm(Lineage lineage, Findings findings) {
        this.lineage = lineage;
        this.findings = findings;
        this.dimensions = new DimensionForm(findings);
    }

    static void check(LogicalPlan source, List<EmptyRelations.Bound> tables, Lineage lineage, Findings findings) {
        SourceForm form = new SourceForm(lineage, findings);
        tables.forEach(t -> form.tables.add(t.table()));
        form.node(source);
        form.unitsAreKept();
    }

    private void node(LogicalPlan node) {
        if (node instanceof Filter filter) {
            condition(filter.condition());
            node(filter.child());
        } else if (node instanceof Join join
                && join.joinType().sql().equals("INNER")
                && join.condition().isDefined()) {
            Catalyst.conjuncts(join.condition().get()).forEach(this::joinCondition);
            node(join.left());
            node(join.right());
        } else if (node instanceof SubqueryAlias alias) {
            node(alias.child());
        } else if (!(node instanceof LocalRelation)) {
            findings.form("plan-not-allowed", "Write one SELECT block over granted tables and inner joins.");
        }
    }

    private void condition(Expression condition) {
        if (condition instanceof And || condition instanceof Or || condition instanceof Not) {
            Catalyst.children(condition).forEach(this::condition);
            return;
        }
        List<Expression> operands = new ArrayList<>(Catalyst.children(condition));
        List<Expression> columns = operands.stream()
                .filter(o -> !Conversions.isLiteral(o))
                .map(Conversions::withoutWidening)
                .toList();
        Set<Lineage.Origin> origins = lineage.origins(condition);
        origins.forEach(o -> lineage.use(o, ColumnUse.FILTER));
        Optional<Lineage.Origin> origin =
                columns.size() == 1 ? lineage.origin(levelled(columns.get(0))) : Optional.empty();
        if (!COMPARISONS.contains(condition.getClass()) || origin.isEmpty()) {
            findings.form(
                    "filter-form",
                    firstName(origins),
                    "In WHERE compare one bare column with literals of its own type: =, <>, <, <=, >, >=, IN, BETWEEN,"
                            + " IS NULL; combine with AND, OR, NOT.");
        } else if (operands.stream().anyMatch(o -> Conversions.isLiteral(o) && !Conversions.hasValue(o))) {
            findings.form(
                    "literal-type",
                    firstName(origins),
                    "Write a literal of the column's type, such as DATE '2026-01-31' or 5, and not NULL.");
        } else {
            dimensions.filter(
                    origin.get(),
                    condition,
                    columns.get(0),
                    operands.stream().filter(Conversions::isLiteral).toList());
        }
    }

    /** The column below level(), which is written out as its first characters. */
    private static Expression levelled(Expression operand) {
        return operand instanceof Substring s ? s.str() : operand;
    }

    private void joinCondition(Expression condition) {
        if (!(condition instanceof EqualTo equal)) {
            joinForm();
            return;
        }
        Optional<Lineage.Origin> left = lineage.origin(equal.left());
        Optional<Lineage.Origin> right = lineage.origin(equal.right());
        if (left.isEmpty()
                || right.isEmpty()
                || left.get().table() == right.get().table()
                || left.get().isUnit() != right.get().isUnit()) {
            joinForm();
            return;
        }
        lineage.use(left.get(), ColumnUse.JOIN_KEY);
        lineage.use(right.get(), ColumnUse.JOIN_KEY);
        if (left.get().isUnit()) {
            sameUnits.put(root(left.get().table()), root(right.get().table()));
        }
    }

    private void joinForm() {
        findings.form(
                "join-form",
                "In ON compare columns of two tables with = only, joined by AND; put other conditions into WHERE.");
    }

    private void unitsAreKept() {
        if (tables.size() > 1) {
            if (tables.stream().map(GrantedTable::family).distinct().count() > 1
                    || tables.stream().anyMatch(t -> t.unitColumn().equals(GrantedTable.ROW_UNIT))) {
                findings.form(
                        "join-family",
                        "Join tables of one dataset family only: they share their privacy unit, others cannot be protected.");
            } else if (tables.stream().map(this::root).distinct().count() > 1) {
                findings.form(
                        "privacy-unit-lost",
                        "Add the equality of the unit columns to ON: "
                                + String.join(
                                        " = ",
                                        tables.stream()
                                                .map(t -> t.name() + "." + t.unitColumn())
                                                .sorted()
                                                .toList())
                                + ". Without it a joined row belongs to no single unit.");
            }
        }
    }

    private GrantedTable root(GrantedTable table) {
        GrantedTable at = table;
        GrantedTable next = sameUnits.get(at);
        while (next != null && next != at) {
            at = next;
            next = sameUnits.get(at);
        }
        return at;
    }

    private static String firstName(Set<Lineage.Origin> origins) {
        return origins.stream().map(Lineage.Origin::column).sorted().findFirst().orElse("(no column)");
    }
}
