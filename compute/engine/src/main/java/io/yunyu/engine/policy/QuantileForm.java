package io.yunyu.engine.policy;

import java.math.BigDecimal;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.aggregate.AggregateFunction;
import org.apache.spark.sql.catalyst.expressions.aggregate.ApproximatePercentile;
import org.apache.spark.sql.catalyst.expressions.aggregate.Median;
import org.apache.spark.sql.catalyst.expressions.aggregate.Percentile;
import org.apache.spark.sql.types.DoubleType;

/**
 * Quantiles in a query: the median of a column, or the value below which a written share of its records lies. They are
 * values of single records, and pass under a privacy clause only, where one of a fixed grid of values is drawn for them.
 */
public final class QuantileForm {
    static final Set<String> FUNCTIONS = Set.of("median", "percentile", "approx_percentile", "percentile_approx");
    /** What to write where quantiles may be asked for. */
    static final String WRITTEN =
            "Write MEDIAN(column) or PERCENTILE(column, share) of one bare numeric column, with a single share from 0 to 1 of"
                    + " at most 4 digits after the point.";

    private static final BigDecimal HALF = new BigDecimal("0.5");
    private static final int MOST_DIGITS = 4;

    private QuantileForm() {}

    /** Whether it is a quantile, of whatever form. */
    public static boolean isOne(AggregateFunction function) {
        return function instanceof Median
                || function instanceof Percentile
                || function instanceof ApproximatePercentile;
    }

    /** Whether a function of the given name has as many arguments as the allowed form has. */
    static boolean hasArguments(String name, int arguments) {
        return arguments == (name.equals("median") ? 1 : 2);
    }

    /** The share of records below the quantile; empty if it is not written in the allowed form. */
    public static Optional<BigDecimal> share(AggregateFunction function) {
        if (function instanceof Median) {
            return Optional.of(HALF);
        }
        List<Expression> arguments = Catalyst.children((Expression) function);
        Expression share = arguments.get(1);
        if (!Conversions.isLiteral(share)
                || !(share.dataType() instanceof DoubleType)
                || !(share.eval(null) instanceof Double value)
                || !(value >= 0 && value <= 1)) {
            return Optional.empty();
        }
        BigDecimal exact = BigDecimal.valueOf(value).stripTrailingZeros();
        return exact.scale() <= MOST_DIGITS ? Optional.of(exact) : Optional.empty();
    }
}
