package io.yunyu.engine.certificate;

import java.time.LocalDate;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.And;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GreaterThanOrEqual;
import org.apache.spark.sql.catalyst.expressions.LessThan;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;

/** {@code year(column) = n} as the range of dates that it is. */
final class CalendarRanges {
    private CalendarRanges() {}

    static Optional<Expression> of(Expression condition) {
        if (!(condition instanceof EqualTo equal)) {
            return Optional.empty();
        }
        boolean first = equal.left() instanceof UnresolvedFunction;
        Expression function = first ? equal.left() : equal.right();
        Expression year = first ? equal.right() : equal.left();
        if (function instanceof UnresolvedFunction f
                && QueryBlock.functionName(f).equals("year")
                && f.arguments().size() == 1
                && f.arguments().head() instanceof UnresolvedAttribute column
                && year instanceof Literal l
                && l.value() instanceof Integer n
                && n > 0
                && n < 9999) {
            return Optional.of(new And(
                    new GreaterThanOrEqual(column, date(LocalDate.of(n, 1, 1))),
                    new LessThan(column, date(LocalDate.of(n + 1, 1, 1)))));
        }
        return Optional.empty();
    }

    private static Literal date(LocalDate date) {
        return Literal.create((int) date.toEpochDay(), DataTypes.DateType);
    }
}
