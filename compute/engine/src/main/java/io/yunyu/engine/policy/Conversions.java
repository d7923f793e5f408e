package io.yunyu.engine.policy;

import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.NumericType;
import org.apache.spark.sql.types.TimestampType;

/**
 * The conversions that the analyser may insert. A conversion of a column must not be able to fail, since the failure
 * would depend on the record and Spark's message would quote it; a conversion of a literal is tried at once.
 */
final class Conversions {
    private Conversions() {}

    /** The column below conversions that cannot fail, or the expression itself. */
    static Expression withoutWidening(Expression expression) {
        Expression inner = expression;
        while (inner instanceof Cast cast && cannotFail(cast.child().dataType(), cast.dataType())) {
            inner = cast.child();
        }
        return inner;
    }

    static boolean cannotFail(DataType from, DataType to) {
        boolean fromTime = from instanceof DateType || from instanceof TimestampType;
        if (from.equals(to) || fromTime && (to instanceof DateType || to instanceof TimestampType)) {
            return true;
        }
        if (!(from instanceof NumericType) || !(to instanceof NumericType)) {
            return false;
        }
        if (to instanceof DoubleType) {
            return true;
        }
        if (from instanceof DecimalType a && to instanceof DecimalType b) {
            return b.scale() >= a.scale() && b.precision() - b.scale() >= a.precision() - a.scale();
        }
        boolean whole = !(from instanceof DecimalType || from instanceof DoubleType)
                && !from.simpleString().equals("float");
        return whole
                && (to instanceof LongType
                        || to instanceof DecimalType d && d.precision() - d.scale() >= 20
                        || to instanceof DecimalType e
                                && !(from instanceof LongType)
                                && e.precision() - e.scale() >= 10);
    }

    /** Whether an expression is a literal, perhaps negated or converted by the analyser. */
    static boolean isLiteral(Expression expression) {
        return expression instanceof Literal
                || (expression instanceof Cast || expression instanceof UnaryMinus)
                        && isLiteral(Catalyst.children(expression).get(0));
    }

    /** Whether a converted literal has a value of its type. What the literal is, is the developer's own text. */
    static boolean hasValue(Expression literal) {
        try {
            return literal.eval(null) != null;
        } catch (RuntimeException e) {
            return false;
        }
    }
}
