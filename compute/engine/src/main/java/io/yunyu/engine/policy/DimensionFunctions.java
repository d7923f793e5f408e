package io.yunyu.engine.policy;

import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.dimension.Bands;
import io.yunyu.contract.dimension.NestedCodes;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.CaseWhen;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.Substring;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Decimal;
import org.apache.spark.sql.types.DecimalType;
import org.jspecify.annotations.Nullable;

/**
 * The two functions that a declared dimension brings: {@code level(column, 'prefecture')} for the group of a nested code,
 * and {@code band(column)} for the band of a number. They are written out before analysis, from the declaration alone, as
 * expressions that cannot fail.
 */
final class DimensionFunctions {
    static final String LEVEL = "level";
    static final String BAND = "band";

    private final QueryScope scope;

    private DimensionFunctions(QueryScope scope) {
        this.scope = scope;
    }

    static boolean isOne(String function) {
        return function.equals(LEVEL) || function.equals(BAND);
    }

    /** Adds a finding unless the function is given a column with the dimension that it needs. */
    static void check(UnresolvedFunction function, String name, QueryScope scope, Findings findings) {
        List<Expression> arguments = Catalyst.list(function.arguments());
        Optional<GrantedColumn> column = column(function, scope);
        if (name.equals(BAND)) {
            if (arguments.size() != 1
                    || column.flatMap(DimensionFunctions::bands).isEmpty()) {
                findings.form(
                        "dimension-function",
                        "Write band(column) of a numeric column that has declared bands" + known(scope, Bands.class)
                                + ".");
            }
            return;
        }
        Optional<NestedCodes> nested = column.flatMap(DimensionFunctions::nested);
        if (arguments.size() != 2
                || nested.isEmpty()
                || !(arguments.get(1) instanceof Literal l && l.value() != null)
                || nested.get().level(arguments.get(1).eval(null).toString()).isEmpty()) {
            findings.form(
                    "dimension-function",
                    "Write level(column, 'name') of a column with declared levels"
                            + nested.map(n -> "; here: "
                                            + n.levels().stream()
                                                    .map(NestedCodes.Level::name)
                                                    .toList())
                                    .orElseGet(() -> known(scope, NestedCodes.class))
                            + ".");
        }
    }

    private static String known(QueryScope scope, Class<?> kind) {
        List<String> names = scope.candidates(Optional.empty()).stream()
                .flatMap(t -> t.columns().stream())
                .filter(c -> !c.uses().isEmpty()
                        && c.domain().dimension().filter(kind::isInstance).isPresent())
                .map(GrantedColumn::name)
                .toList();
        return names.isEmpty() ? "; this query's tables have none" : ": " + names;
    }

    /** The query with the functions written out. */
    static LogicalPlan writtenOut(LogicalPlan parsed, QueryScope scope) {
        DimensionFunctions functions = new DimensionFunctions(scope);
        LogicalPlan named = Catalyst.withExpressions(parsed, functions::named);
        return Catalyst.withExpressions(named, functions::writtenOut);
    }

    /** The name of an output column that is one of the functions: {@code age_band}, {@code region_prefecture}. */
    static Optional<String> nameOf(Expression output) {
        if (!(output instanceof UnresolvedAlias alias
                && alias.child() instanceof UnresolvedFunction f
                && isOne(name(f)))) {
            return Optional.empty();
        }
        List<Expression> arguments = Catalyst.list(f.arguments());
        boolean band = name(f).equals(BAND);
        if (arguments.isEmpty()
                || !(arguments.get(0) instanceof UnresolvedAttribute)
                || !band && (arguments.size() != 2 || !(arguments.get(1) instanceof Literal l && l.value() != null))) {
            return Optional.empty();
        }
        String suffix = band ? "band" : arguments.get(1).eval(null).toString();
        return Optional.of(parts(f).get(parts(f).size() - 1) + "_" + QueryScope.folded(suffix));
    }

    /** An output column gets a name of its own, or it would be named by what is written out. */
    private @Nullable Expression named(Expression expression) {
        Optional<String> name = nameOf(expression);
        if (name.isPresent()) {
            return new Alias(
                    ((UnresolvedAlias) expression).child(),
                    name.get(),
                    NamedExpression.newExprId(),
                    Catalyst.seq(List.of()),
                    scala.Option.empty(),
                    Catalyst.seq(List.of()));
        }
        return null;
    }

    private @Nullable Expression writtenOut(Expression expression) {
        if (!(expression instanceof UnresolvedFunction f) || !isOne(name(f))) {
            return null;
        }
        Expression column = Catalyst.list(f.arguments()).get(0);
        GrantedColumn granted = column(f, scope).orElseThrow(DimensionFunctions::unchecked);
        if (name(f).equals(BAND)) {
            return band(column, granted, bands(granted).orElseThrow(DimensionFunctions::unchecked));
        }
        int digits = nested(granted)
                .flatMap(n ->
                        n.level(Catalyst.list(f.arguments()).get(1).eval(null).toString()))
                .orElseThrow(DimensionFunctions::unchecked)
                .digits();
        return new Substring(
                column, Literal.create(1, DataTypes.IntegerType), Literal.create(digits, DataTypes.IntegerType));
    }

    private static Expression band(Expression column, GrantedColumn granted, Bands bands) {
        List<String> labels = bands.labels();
        List<scala.Tuple2<Expression, Expression>> branches = new ArrayList<>();
        DataType type = EmptyRelations.type(granted.type());
        for (int i = 0; i < bands.cuts().size(); i++) {
            branches.add(new scala.Tuple2<>(
                    new LessThan(column, literal(bands.cuts().get(i), type)),
                    Literal.create(labels.get(i), DataTypes.StringType)));
        }
        int last = bands.cuts().size();
        branches.add(new scala.Tuple2<>(
                new GreaterThanOrEqual(column, literal(bands.cuts().get(last - 1), type)),
                Literal.create(labels.get(last), DataTypes.StringType)));
        return new CaseWhen(Catalyst.seq(branches), scala.Option.empty());
    }

    private static Literal literal(BigDecimal cut, DataType type) {
        if (type instanceof DecimalType d) {
            return Literal.create(Decimal.apply(cut.setScale(d.scale()), d.precision(), d.scale()), type);
        }
        return type.equals(DataTypes.LongType)
                ? Literal.create(cut.longValueExact(), type)
                : Literal.create(cut.doubleValue(), type);
    }

    private static IllegalStateException unchecked() {
        return new IllegalStateException("Phase A let a dimension's function pass that it should not have.");
    }

    private static Optional<GrantedColumn> column(UnresolvedFunction f, QueryScope scope) {
        List<Expression> arguments = Catalyst.list(f.arguments());
        if (arguments.isEmpty() || !(arguments.get(0) instanceof UnresolvedAttribute)) {
            return Optional.empty();
        }
        List<String> parts = parts(f);
        String name = parts.get(parts.size() - 1);
        Optional<String> qualifier = parts.size() == 2 ? Optional.of(parts.get(0)) : Optional.empty();
        return scope.candidates(qualifier).stream()
                .flatMap(t -> QueryScope.column(t, name).stream())
                .filter(c -> !c.uses().isEmpty())
                .findFirst();
    }

    private static List<String> parts(UnresolvedFunction f) {
        return Catalyst.list(((UnresolvedAttribute) Catalyst.list(f.arguments()).get(0)).nameParts());
    }

    private static String name(UnresolvedFunction f) {
        return QueryScope.folded(f.nameParts().last());
    }

    private static Optional<Bands> bands(GrantedColumn column) {
        return column.domain().dimension().filter(Bands.class::isInstance).map(Bands.class::cast);
    }

    private static Optional<NestedCodes> nested(GrantedColumn column) {
        return column.domain().dimension().filter(NestedCodes.class::isInstance).map(NestedCodes.class::cast);
    }
}
