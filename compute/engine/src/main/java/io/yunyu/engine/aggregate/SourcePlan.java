package io.yunyu.engine.aggregate;

import io.yunyu.engine.policy.Catalyst;
import io.yunyu.engine.policy.CheckedQuery.BoundTable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.Attribute;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.ExprId;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Multiply;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Subtract;
import org.apache.spark.sql.catalyst.expressions.UnscaledValue;
import org.apache.spark.sql.catalyst.plans.logical.LocalRelation;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.catalyst.plans.logical.Project;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;

/** The checked plan below the aggregate, with the original tables in place of the empty relations. */
final class SourcePlan {
    private final CellPlan plan;
    private final OriginalTables originals;

    private SourcePlan(CellPlan plan, OriginalTables originals) {
        this.plan = plan;
        this.originals = originals;
    }

    /** One row per record: u (unit key), g* (group keys), m* (measures as bigint or double). */
    static Dataset<Row> records(SparkSession spark, CellPlan plan, OriginalTables originals) {
        SourcePlan source = new SourcePlan(plan, originals);
        LogicalPlan tables = Catalyst.rebuilt(
                plan.query().aggregate().child(),
                node -> node instanceof LocalRelation empty ? source.original(empty) : null);
        return org.apache.spark.sql.classic.Dataset.ofRows(
                (org.apache.spark.sql.classic.SparkSession) spark, new Project(Catalyst.seq(source.columns()), tables));
    }

    private LogicalPlan original(LocalRelation empty) {
        BoundTable bound = plan.query().tables().stream()
                .filter(t -> Catalyst.list(empty.output()).stream()
                        .anyMatch(a -> a.exprId().equals(t.unit().exprId())))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A relation of the plan stands for no granted table."));
        LogicalPlan records = ((org.apache.spark.sql.classic.Dataset<Row>)
                        originals.records(bound.table(), bound.columns()))
                .queryExecution()
                .analyzed();
        List<NamedExpression> renamed = new ArrayList<>();
        renamed.add(as(
                attribute(records, OriginalTables.UNIT, bound.unit()),
                bound.unit().name(),
                bound.unit().exprId()));
        for (Attribute column : Catalyst.list(empty.output())) {
            if (bound.columns().contains(column.name())) {
                renamed.add(as(attribute(records, column.name(), column), column.name(), column.exprId()));
            }
        }
        return new Project(Catalyst.seq(renamed), records);
    }

    private static Expression attribute(LogicalPlan records, String name, Attribute wanted) {
        Optional<Attribute> found = Catalyst.list(records.output()).stream()
                .filter(a -> a.name().equals(name))
                .findFirst();
        if (found.isEmpty() || !found.get().dataType().equals(wanted.dataType())) {
            throw new IllegalStateException(
                    "Column '" + name + "' of a granted table is not stored as the grant describes it.");
        }
        return (Expression) (Object) found.get();
    }

    private List<NamedExpression> columns() {
        List<NamedExpression> columns = new ArrayList<>();
        columns.add(as(plan.query().tables().get(0).unit(), "u"));
        for (int i = 0; i < plan.keys().size(); i++) {
            columns.add(as(plan.keys().get(i).expression(), "g" + i));
        }
        for (int m = 0; m < plan.measures().size(); m++) {
            columns.add(as(measure(plan.measures().get(m)), "m" + m));
        }
        return columns;
    }

    private static Expression measure(CellPlan.Measure measure) {
        AttributeReference column = measure.column();
        if (measure.squared()) {
            Expression number =
                    org.apache.spark.sql.catalyst.expressions.Cast$.MODULE$.apply(column, DataTypes.DoubleType, false);
            return finite(new Multiply(number, number));
        }
        if (!measure.summed()) {
            return new If(
                    new IsNotNull(column),
                    Literal.create(1L, DataTypes.LongType),
                    Literal.create(null, DataTypes.LongType));
        }
        if (column.dataType() instanceof DecimalType) {
            return new UnscaledValue(column);
        }
        if (column.dataType() instanceof DoubleType) {
            return finite(column);
        }
        return column;
    }

    /** Neither infinite nor not-a-number: such a value is no measurement and would take over its cell. */
    private static Expression finite(Expression number) {
        return new If(
                new EqualTo(new Subtract(number, number), Literal.create(0.0, DataTypes.DoubleType)),
                number,
                Literal.create(null, DataTypes.DoubleType));
    }

    private static NamedExpression as(Expression expression, String name) {
        return as(expression, name, NamedExpression.newExprId());
    }

    private static NamedExpression as(Expression expression, String name, ExprId id) {
        return new Alias(expression, name, id, Catalyst.seq(List.of()), scala.Option.empty(), Catalyst.seq(List.of()));
    }
}
