package io.yunyu.engine.policy;

import io.yunyu.contract.agreement.GrantedTable;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.analysis.UnresolvedHaving;
import org.apache.spark.sql.catalyst.analysis.UnresolvedRelation;
import org.apache.spark.sql.catalyst.expressions.*;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.Join;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.catalyst.plans.logical.SubqueryAlias;

/**
 * Phase A: what was parsed, before Spark's analyser sees it. The analyser opens files and runs functions, so every node,
 * expression, function, table and column must be allowed by name first.
 */
final class ParsedForm {
    private static final int MAX_IN_LIST = 1000;
    static final Set<Class<?>> NODES = Set.of(
            GlobalLimit.class,
            LocalLimit.class,
            Sort.class,
            UnresolvedHaving.class,
            Aggregate.class,
            Project.class,
            Filter.class,
            Join.class,
            SubqueryAlias.class,
            UnresolvedRelation.class);
    static final Set<Class<?>> EXPRESSIONS = Set.of(
            UnresolvedAttribute.class,
            UnresolvedAlias.class,
            UnresolvedFunction.class,
            Alias.class,
            Literal.class,
            SortOrder.class,
            EqualTo.class,
            LessThan.class,
            LessThanOrEqual.class,
            GreaterThan.class,
            GreaterThanOrEqual.class,
            In.class,
            IsNull.class,
            IsNotNull.class,
            And.class,
            Or.class,
            Not.class,
            Add.class,
            Subtract.class,
            Multiply.class,
            Divide.class,
            UnaryMinus.class);
    static final Set<String> AGGREGATES =
            Set.of("count", "sum", "avg", "variance", "var_samp", "stddev", "stddev_samp");
    private static final Set<String> FUNCTIONS = Set.of(
            "count",
            "sum",
            "avg",
            "variance",
            "var_samp",
            "stddev",
            "stddev_samp",
            "round",
            "between",
            "year",
            "quarter",
            "month",
            "date_trunc",
            DimensionFunctions.LEVEL,
            DimensionFunctions.BAND);

    private final QueryScope scope;
    private final Findings findings;
    private final Set<String> aliases = new HashSet<>();
    private boolean aggregates;

    private ParsedForm(QueryScope scope, Findings findings) {
        this.scope = scope;
        this.findings = findings;
    }

    /** Adds what is refused; the plan may be analysed only if nothing was. */
    static void check(LogicalPlan parsed, QueryScope scope, Findings findings) {
        ParsedForm form = new ParsedForm(scope, findings);
        Catalyst.eachNode(parsed, form::node);
        Catalyst.eachExpression(parsed, form::collectAlias);
        Catalyst.eachExpression(parsed, form::expression);
        if (findings.isEmpty()) {
            form.oneBlock(parsed);
        }
    }

    private void node(LogicalPlan node) {
        if (!NODES.contains(node.getClass())) {
            RefusedForms.Form form = RefusedForms.node(node.getClass().getSimpleName());
            findings.form(form.rule(), form.suggestion());
        } else if (node instanceof Sort sort && !sort.global()) {
            findings.form("sort-by", "Use ORDER BY.");
        }
    }

    private void collectAlias(Expression expression) {
        if (expression instanceof Alias alias) {
            aliases.add(QueryScope.folded(alias.name()));
        }
        DimensionFunctions.nameOf(expression).ifPresent(name -> aliases.add(QueryScope.folded(name)));
    }

    private void expression(Expression expression) {
        if (!EXPRESSIONS.contains(expression.getClass())) {
            RefusedForms.Form form = RefusedForms.expression(
                    expression.getClass().getSimpleName().replace("$", ""));
            findings.form(form.rule(), form.suggestion());
        } else if (expression instanceof UnresolvedFunction function) {
            function(function);
        } else if (expression instanceof UnresolvedAttribute attribute) {
            attribute(Catalyst.list(attribute.nameParts()));
        } else if (expression instanceof In in && in.list().size() > MAX_IN_LIST) {
            findings.form("too-large", "Give IN at most " + MAX_IN_LIST + " values.");
        } else if (expression instanceof Alias alias && alias.name().startsWith("__")) {
            findings.form("reserved-name", "Names beginning with __ are reserved; choose another alias.");
        }
    }

    private void function(UnresolvedFunction function) {
        List<String> parts = Catalyst.list(function.nameParts());
        String name = QueryScope.folded(parts.get(parts.size() - 1));
        boolean quantile = findings.underPrivacyClause() && QuantileForm.FUNCTIONS.contains(name);
        if (parts.size() != 1 || !FUNCTIONS.contains(name) && !quantile) {
            findings.form(
                    "function-not-allowed",
                    "Remove '" + Findings.shown(name)
                            + "'. Functions: COUNT, SUM, AVG, VARIANCE, STDDEV on bare columns; ROUND over them;"
                            + " year, quarter, month, date_trunc of a GROUP BY column;"
                            + " level and band of a column with a declared dimension."
                            + instead(name, findings.underPrivacyClause()));
        } else if (function.filter().isDefined()) {
            findings.form("filter-clause", "Put the condition into WHERE; FILTER singles out records in a cell.");
        } else if (quantile
                && !QuantileForm.hasArguments(name, function.arguments().size())) {
            findings.form("quantile-form", QuantileForm.WRITTEN);
        } else if (function.ignoreNulls() || !function.orderingWithinGroup().isEmpty()) {
            findings.form("function-not-allowed", "Remove IGNORE NULLS and WITHIN GROUP.");
        }
        if (DimensionFunctions.isOne(name)) {
            DimensionFunctions.check(function, name, scope, findings);
        }
        aggregates |= AGGREGATES.contains(name) || quantile;
    }

    private static String instead(String name, boolean underPrivacyClause) {
        return switch (name) {
            case "min", "max", "first", "last", "any_value", "mode" ->
                " Extremes are values of single records; use AVG or group by ranges.";
            case "median",
                    "percentile",
                    "percentile_approx",
                    "approx_percentile",
                    "percentile_cont",
                    "percentile_disc" ->
                underPrivacyClause
                        ? " " + QuantileForm.WRITTEN
                        : " Quantiles are values of single records: MEDIAN and PERCENTILE are answered only under an"
                                + " agreement with a privacy clause. Ask the provider for one, or count by ranges or"
                                + " band(column): where the counts add up to the wanted share lies the quantile.";
            case "var_pop", "stddev_pop", "std" -> " Use VARIANCE or STDDEV, which divide by n - 1.";
            case "collect_list", "collect_set", "array_agg", "listagg", "string_agg" ->
                " Lists hold single records; use COUNT(*) with GROUP BY.";
            case "extract", "date_part" -> " Use year(column), quarter(column) or month(column).";
            case "approx_count_distinct" -> " Use COUNT(DISTINCT) of the unit column.";
            default -> "";
        };
    }

    private void attribute(List<String> parts) {
        String name = parts.get(parts.size() - 1);
        Optional<String> qualifier = parts.size() == 2 ? Optional.of(parts.get(0)) : Optional.empty();
        boolean alias = qualifier.isEmpty() && aliases.contains(QueryScope.folded(name));
        if (parts.size() > 2 || qualifier.isPresent() && !scope.isQualifier(qualifier.get())) {
            findings.unknownColumn(Findings.shown(String.join(".", parts)), scope.grantedColumns());
            return;
        }
        List<GrantedTable> candidates = scope.candidates(qualifier);
        boolean readable = candidates.stream().anyMatch(t -> isReadable(t, name));
        if (alias || readable) {
            return;
        }
        Optional<GrantedTable> holder = candidates.stream()
                .filter(t -> QueryScope.column(t, name).isPresent())
                .findFirst();
        holder.ifPresentOrElse(
                t -> findings.notGranted(t, QueryScope.column(t, name).get().name()),
                () -> findings.unknownColumn(Findings.shown(name), scope.grantedColumns()));
    }

    private static boolean isReadable(GrantedTable table, String name) {
        return QueryScope.isUnit(table, name)
                || QueryScope.column(table, name).map(c -> !c.uses().isEmpty()).orElse(false);
    }

    private void oneBlock(LogicalPlan parsed) {
        LogicalPlan node = parsed;
        while (node instanceof GlobalLimit
                || node instanceof LocalLimit
                || node instanceof Sort
                || node instanceof UnresolvedHaving) {
            node = node.children().head();
        }
        if (!aggregates || !(node instanceof Aggregate || node instanceof Project)) {
            findings.form(
                    "rows-not-aggregates",
                    "Select aggregates, such as COUNT(*), by GROUP BY columns. Rows of a table do not leave the domain.");
            return;
        }
        node = node.children().head();
        if (node instanceof Filter) {
            node = node.children().head();
        }
        relations(node);
    }

    private void relations(LogicalPlan node) {
        if (node instanceof SubqueryAlias alias && alias.child() instanceof UnresolvedRelation
                || node instanceof UnresolvedRelation) {
            return;
        }
        if (node instanceof Join join) {
            if (!join.joinType().sql().equals("INNER") || join.condition().isEmpty()) {
                findings.form("join-form", "Use JOIN … ON with an equality of the unit columns; inner joins only.");
            }
            relations(join.left());
            relations(join.right());
        } else {
            RefusedForms.Form form = RefusedForms.node("UnresolvedWith");
            findings.form(form.rule(), form.suggestion());
        }
    }
}
