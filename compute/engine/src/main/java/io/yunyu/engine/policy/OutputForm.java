package io.yunyu.engine.policy;

import io.yunyu.contract.agreement.ColumnUse;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.*;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevSamp;
import org.apache.spark.sql.catalyst.expressions.aggregate.Sum;
import org.apache.spark.sql.catalyst.expressions.aggregate.VarianceSamp;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.Filter;
import org.apache.spark.sql.catalyst.plans.logical.GlobalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LocalLimit;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.catalyst.plans.logical.Sort;
import org.apache.spark.sql.types.NumericType;

/** Phases B and C at and above the aggregate: group keys, measures, and what is done with protected cells. */
final class OutputForm {
    private static final Set<Class<?>> ABOVE = Set.of(
            Alias.class,
            AttributeReference.class,
            Literal.class,
            Cast.class,
            Add.class,
            Subtract.class,
            Multiply.class,
            Divide.class,
            UnaryMinus.class,
            Round.class,
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
            SortOrder.class);
    private static final Set<Class<?>> ARITHMETIC =
            Set.of(Add.class, Subtract.class, Multiply.class, Divide.class, UnaryMinus.class, Round.class);
    private static final Set<String> LEVELS = Set.of("year", "yyyy", "yy", "quarter", "month", "mon", "mm");

    private final Aggregate aggregate;
    private final Lineage lineage;
    private final Findings findings;
    private final DimensionForm dimensions;
    private final Set<ExprId> labels = new HashSet<>();

    private OutputForm(Aggregate aggregate, Lineage lineage, Findings findings) {
        this.aggregate = aggregate;
        this.lineage = lineage;
        this.findings = findings;
        this.dimensions = new DimensionForm(findings);
    }

    /** Finds the one aggregate. */
    static Optional<Aggregate> aggregate(LogicalPlan plan) {
        LogicalPlan node = plan;
        while (node instanceof GlobalLimit
                || node instanceof LocalLimit
                || node instanceof Sort
                || node instanceof Project
                || node instanceof Filter) {
            node = node.children().head();
        }
        return node instanceof Aggregate a ? Optional.of(a) : Optional.empty();
    }

    static void check(LogicalPlan plan, Aggregate aggregate, Lineage lineage, Findings findings) {
        OutputForm form = new OutputForm(aggregate, lineage, findings);
        Catalyst.list(aggregate.groupingExpressions()).forEach(form::groupKey);
        Catalyst.list(aggregate.aggregateExpressions()).forEach(form::output);
        form.above(plan);
    }

    private void groupKey(Expression key) {
        Set<Lineage.Origin> origins = lineage.origins(key);
        origins.forEach(o -> lineage.use(o, ColumnUse.GROUP_BY));
        Expression inner = key;
        if (key instanceof Year || key instanceof Quarter || key instanceof Month) {
            inner = Catalyst.children(key).get(0);
        } else if (key instanceof TruncTimestamp trunc && isLevel(trunc.format())) {
            inner = trunc.timestamp();
        } else if (key instanceof Substring || key instanceof CaseWhen) {
            // Written out from level() or band(): the parser's allow-list has neither. They are about one column.
            inner = origins.size() == 1 ? Lineage.column(key) : key;
        }
        Optional<Lineage.Origin> origin = lineage.origin(Conversions.withoutWidening(inner));
        if (origin.isPresent()) {
            dimensions.group(origin.get(), key);
        } else {
            findings.form(
                    "group-by-form",
                    "Group by bare columns, or by year, quarter, month or date_trunc('month' | 'quarter' | 'year') of one,"
                            + " or level or band of one with a declared dimension.");
        }
    }

    private static boolean isLevel(Expression format) {
        return format instanceof Literal literal
                && literal.value() != null
                && LEVELS.contains(QueryScope.folded(literal.value().toString()));
    }

    private void output(NamedExpression output) {
        Expression expression = (Expression) output;
        if (isGroupKey(expression instanceof Alias a ? a.child() : expression)) {
            labels.add(output.exprId());
        } else {
            value(expression, false);
        }
    }

    /** @param computed whether an arithmetic operation is applied to the expression */
    private void value(Expression expression, boolean computed) {
        if (isGroupKey(expression)) {
            if (computed) {
                findings.form("computed-label", "Select the GROUP BY column bare; compute over aggregates only.");
            }
        } else if (expression instanceof AggregateExpression a) {
            aggregate(a);
        } else if (expression instanceof AttributeReference a
                && lineage.origin(a).isPresent()) {
            findings.form(
                    "not-grouped", a.name(), "Add '" + a.name() + "' to GROUP BY, or put it into SUM, AVG or COUNT.");
        } else {
            operation(expression);
            boolean arithmetic = computed || ARITHMETIC.contains(expression.getClass());
            Catalyst.children(expression).forEach(child -> value(child, arithmetic));
        }
    }

    private void operation(Expression expression) {
        if (!ABOVE.contains(expression.getClass())) {
            findings.form(
                    "expression-not-allowed",
                    "Over aggregates use literals, + - * /, ROUND, comparisons, AND, OR and NOT only.");
        } else if (expression instanceof Cast cast
                && !Conversions.isLiteral(cast)
                && !(cast.child().dataType() instanceof NumericType && cast.dataType() instanceof NumericType)
                && !Conversions.cannotFail(cast.child().dataType(), cast.dataType())) {
            findings.form("cast", "Compare a result with a literal of its own type.");
        } else if (expression instanceof Cast cast && Conversions.isLiteral(cast) && !Conversions.hasValue(cast)) {
            findings.form("literal-type", "Write the literal in the type of what it is compared with.");
        }
    }

    private boolean isGroupKey(Expression expression) {
        return Catalyst.list(aggregate.groupingExpressions()).stream().anyMatch(g -> g.semanticEquals(expression));
    }

    private void aggregate(AggregateExpression expression) {
        AggregateFunction function = expression.aggregateFunction();
        List<Expression> arguments = Catalyst.children((Expression) function);
        boolean spread = function instanceof VarianceSamp || function instanceof StddevSamp;
        boolean known = spread || function instanceof Count || function instanceof Sum || function instanceof Average;
        if (QuantileForm.isOne(function) && findings.underPrivacyClause()) {
            quantile(expression, arguments);
        } else if (!known || expression.filter().isDefined() || arguments.size() != 1) {
            aggregateForm(arguments);
        } else if (expression.isDistinct()) {
            Optional<Lineage.Origin> origin = lineage.origin(arguments.get(0));
            if (!(function instanceof Count)
                    || origin.isEmpty()
                    || !origin.get().isUnit()) {
                distinctForm(arguments);
            }
        } else if (!(function instanceof Count && arguments.get(0) instanceof Literal l && l.value() != null)) {
            measure(function, arguments);
        }
    }

    private void quantile(AggregateExpression expression, List<Expression> arguments) {
        if (expression.isDistinct()
                || expression.filter().isDefined()
                || QuantileForm.share(expression.aggregateFunction()).isEmpty()) {
            findings.form("quantile-form", name(arguments.subList(0, 1)), QuantileForm.WRITTEN);
        } else {
            measure(expression.aggregateFunction(), arguments);
        }
    }

    private void measure(AggregateFunction function, List<Expression> arguments) {
        // For a spread the analyser converts the column to floating point, which cannot fail.
        Expression argument = Conversions.withoutWidening(arguments.get(0));
        Optional<Lineage.Origin> origin = lineage.origin(argument);
        if (origin.isEmpty()) {
            lineage.origins(argument).forEach(o -> lineage.use(o, ColumnUse.MEASURE));
            aggregateForm(arguments);
        } else {
            lineage.use(origin.get(), ColumnUse.MEASURE);
            if (!(function instanceof Count) && !(argument.dataType() instanceof NumericType)) {
                aggregateForm(arguments);
            }
        }
    }

    private void aggregateForm(List<Expression> arguments) {
        findings.form(
                "aggregate-form",
                name(arguments),
                "Use COUNT(*), COUNT(column), SUM(column), AVG(column), VARIANCE(column) or STDDEV(column), where all but COUNT"
                        + " take one bare numeric column.");
    }

    private void distinctForm(List<Expression> arguments) {
        findings.form(
                "distinct-aggregate",
                name(arguments),
                "DISTINCT counts privacy units only: COUNT(DISTINCT <unit column>). Group by the column for its values.");
    }

    private String name(List<Expression> arguments) {
        return arguments.stream()
                .flatMap(a -> lineage.origins(a).stream())
                .map(Lineage.Origin::column)
                .sorted()
                .findFirst()
                .orElse("(no column)");
    }

    private void above(LogicalPlan plan) {
        for (LogicalPlan node = plan;
                node != aggregate && !(node instanceof Aggregate);
                node = node.children().head()) {
            for (Expression expression : Catalyst.list(node.expressions())) {
                aboveExpression(expression, false);
            }
        }
    }

    private void aboveExpression(Expression expression, boolean computed) {
        if (expression instanceof AttributeReference a && labels.contains(a.exprId()) && computed) {
            findings.form("computed-label", "Use the GROUP BY column bare; compute over aggregates only.");
        }
        operation(expression);
        boolean arithmetic = computed || ARITHMETIC.contains(expression.getClass());
        Catalyst.children(expression).forEach(child -> aboveExpression(child, arithmetic));
    }
}
