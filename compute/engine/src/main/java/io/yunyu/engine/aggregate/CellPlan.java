package io.yunyu.engine.aggregate;

import io.yunyu.engine.policy.Catalyst;
import io.yunyu.engine.policy.CheckedQuery;
import io.yunyu.engine.policy.QuantileForm;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.Average;
import org.apache.spark.sql.catalyst.expressions.aggregate.Count;
import org.apache.spark.sql.catalyst.expressions.aggregate.StddevSamp;
import org.apache.spark.sql.catalyst.expressions.aggregate.VarianceSamp;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.Metadata;

/**
 * What the cells of a checked query consist of: its group keys and its aggregates, each once.
 *
 * @param keys in the order of GROUP BY
 * @param values the distinct aggregates, wherever in the query they stand
 * @param measures the columns that are summed or counted
 */
record CellPlan(CheckedQuery query, List<Key> keys, List<Value> values, List<Measure> measures) {
    static final String UNITS_ASPECT = "units";
    static final String ROWS_ASPECT = "rows";

    enum Kind {
        UNITS,
        ROWS,
        NON_MISSING,
        SUM,
        MEAN,
        /** Under a privacy clause only. */
        QUANTILE,
        /** Of records, with n - 1. */
        VARIANCE,
        DEVIATION;

        /** Whether a count, a sum and a sum of squares are behind it. */
        boolean isSpread() {
            return this == VARIANCE || this == DEVIATION;
        }
    }

    /** A group key and the attribute that carries it from now on. */
    record Key(Expression expression, AttributeReference attribute) {}

    /**
     * An aggregate and the attribute that carries its protected value.
     *
     * @param measure position in {@code measures}, or -1
     */
    record Value(AggregateExpression expression, Kind kind, int measure, AttributeReference attribute) {
        /** Which quantile it is. */
        Quantile.Wanted quantile() {
            return new Quantile.Wanted(
                    measure,
                    QuantileForm.share(expression.aggregateFunction())
                            .orElseThrow(
                                    () -> new IllegalStateException("The policy let a quantile without share pass.")));
        }
    }

    /**
     * A measured column.
     *
     * @param name dataset and column: what its noise depends on
     * @param summed whether its values are needed, for a sum or a quantile
     * @param counted whether its non-missing rows are needed
     * @param squared whether it is the column's squares that are summed
     */
    record Measure(String name, AttributeReference column, boolean summed, boolean counted, boolean squared) {
        /** Whether its values are floating-point numbers. */
        boolean isDouble() {
            return squared || column.dataType() instanceof DoubleType;
        }

        /** Decimals of a published sum: those of a decimal column, otherwise none. */
        int decimals() {
            int scale = column.dataType() instanceof DecimalType d ? d.scale() : 0;
            return Math.min(9, squared ? 2 * scale : scale);
        }

        String countAspect() {
            return "count:" + name;
        }

        String sumAspect() {
            return "sum:" + name;
        }
    }

    static CellPlan of(CheckedQuery query) {
        List<Key> keys = new ArrayList<>();
        for (Expression key : Catalyst.list(query.aggregate().groupingExpressions())) {
            keys.add(new Key(key, attribute("g" + keys.size(), key.dataType())));
        }
        Map<Expression, AggregateExpression> aggregates = new LinkedHashMap<>();
        for (NamedExpression output : Catalyst.list(query.aggregate().aggregateExpressions())) {
            Catalyst.eachExpression((Expression) output, e -> {
                if (e instanceof AggregateExpression a) {
                    aggregates.putIfAbsent(sameAs(a), a);
                }
            });
        }
        List<Measure> measures = new ArrayList<>();
        List<Value> values = new ArrayList<>();
        for (AggregateExpression aggregate : aggregates.values()) {
            Kind kind = kind(aggregate);
            int measure = kind == Kind.UNITS || kind == Kind.ROWS ? -1 : measure(query, aggregate, kind, measures);
            values.add(new Value(aggregate, kind, measure, attribute("v" + values.size(), aggregate.dataType())));
        }
        for (Value value : values) {
            if (value.kind.isSpread()) {
                addSquares(measures.get(value.measure), measures);
            }
        }
        return new CellPlan(query, List.copyOf(keys), List.copyOf(values), List.copyOf(measures));
    }

    private static void addSquares(Measure of, List<Measure> measures) {
        String name = of.name + "^2";
        if (measures.stream().noneMatch(m -> m.name.equals(name))) {
            measures.add(new Measure(name, of.column, true, false, true));
        }
    }

    /** The measure of the squares of a measure's column. */
    int squaresOf(int measure) {
        for (int m = 0; m < measures.size(); m++) {
            if (measures.get(m).squared
                    && measures.get(m)
                            .column
                            .exprId()
                            .equals(measures.get(measure).column.exprId())) {
                return m;
            }
        }
        throw new IllegalStateException("A spread has no sum of squares.");
    }

    /** The measure whose squares a measure has. */
    int baseOf(int squares) {
        for (int m = 0; m < measures.size(); m++) {
            if (!measures.get(m).squared
                    && measures.get(m)
                            .column
                            .exprId()
                            .equals(measures.get(squares).column.exprId())) {
                return m;
            }
        }
        throw new IllegalStateException("Squares have no measure.");
    }

    /** Equal for aggregates that are the same up to their identity. */
    static Expression sameAs(AggregateExpression aggregate) {
        return aggregate.canonicalized();
    }

    private static Kind kind(AggregateExpression aggregate) {
        if (aggregate.aggregateFunction() instanceof Count) {
            if (aggregate.isDistinct()) {
                return Kind.UNITS;
            }
            return argument(aggregate) instanceof AttributeReference ? Kind.NON_MISSING : Kind.ROWS;
        }
        if (QuantileForm.isOne(aggregate.aggregateFunction())) {
            return Kind.QUANTILE;
        } else if (aggregate.aggregateFunction() instanceof VarianceSamp) {
            return Kind.VARIANCE;
        } else if (aggregate.aggregateFunction() instanceof StddevSamp) {
            return Kind.DEVIATION;
        }
        return aggregate.aggregateFunction() instanceof Average ? Kind.MEAN : Kind.SUM;
    }

    /** What is aggregated; below the conversion that the analyser puts around it for a spread. */
    private static Expression argument(AggregateExpression aggregate) {
        Expression argument =
                Catalyst.children((Expression) aggregate.aggregateFunction()).get(0);
        return argument instanceof Cast cast ? cast.child() : argument;
    }

    private static int measure(CheckedQuery query, AggregateExpression aggregate, Kind kind, List<Measure> measures) {
        AttributeReference column = (AttributeReference) argument(aggregate);
        for (int i = 0; i < measures.size(); i++) {
            Measure known = measures.get(i);
            if (known.column.exprId().equals(column.exprId())) {
                measures.set(
                        i,
                        new Measure(
                                known.name,
                                column,
                                known.summed || kind != Kind.NON_MISSING,
                                known.counted || kind != Kind.SUM,
                                false));
                return i;
            }
        }
        measures.add(new Measure(name(query, column), column, kind != Kind.NON_MISSING, kind != Kind.SUM, false));
        return measures.size() - 1;
    }

    private static String name(CheckedQuery query, AttributeReference column) {
        return query.tables().stream()
                .filter(t -> Catalyst.list(t.relation().output()).stream()
                        .anyMatch(a -> a.exprId().equals(column.exprId())))
                .map(t -> t.table().dataset() + "." + column.name())
                .findFirst()
                .orElseThrow(() -> new IllegalStateException("A measure belongs to no table of its query."));
    }

    private static AttributeReference attribute(String name, DataType type) {
        return new AttributeReference(
                name, type, true, Metadata.empty(), NamedExpression.newExprId(), Catalyst.seq(List.of()));
    }
}
