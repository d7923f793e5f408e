package io.yunyu.engine.aggregate;

import io.yunyu.engine.policy.Catalyst;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Greatest;
import org.apache.spark.sql.catalyst.expressions.Least;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.Seq;

/** The second largest of values of at least 0, ties counted; 0 where there are fewer than two. */
final class SecondLargest extends CompiledAggregate {
    private static final long serialVersionUID = 1L;
    private static final Expression NOTHING = Literal.create(0.0, DataTypes.DoubleType);

    private final AttributeReference largest = buffer("largest", DataTypes.DoubleType);
    private final AttributeReference second = buffer("second", DataTypes.DoubleType);

    private SecondLargest(Expression value) {
        super(value);
    }

    /** @param value of a numeric type, at least 0 or missing */
    static Column of(Column value) {
        return new SecondLargest(ExpressionUtils.expression(value.cast(DataTypes.DoubleType))).column();
    }

    @Override
    SecondLargest over(Expression other) {
        return new SecondLargest(other);
    }

    @Override
    List<AttributeReference> buffers() {
        return List.of(largest, second);
    }

    @Override
    public Seq<Expression> initialValues() {
        return Catalyst.seq(List.of(NOTHING, NOTHING));
    }

    @Override
    public Seq<Expression> updateExpressions() {
        // GREATEST and LEAST pass over missing values, which would count a largest value twice.
        Expression added = new Coalesce(Catalyst.seq(List.of(value(), NOTHING)));
        return Catalyst.seq(
                List.of(greatest(largest, added), greatest(second, new Least(Catalyst.seq(List.of(largest, added))))));
    }

    @Override
    public Seq<Expression> mergeExpressions() {
        return Catalyst.seq(List.of(
                greatest(largest, other(0)),
                greatest(new Least(Catalyst.seq(List.of(largest, other(0)))), greatest(second, other(1)))));
    }

    @Override
    public Expression evaluateExpression() {
        return second;
    }

    @Override
    public DataType dataType() {
        return DataTypes.DoubleType;
    }

    private static Greatest greatest(Expression one, Expression other) {
        return new Greatest(Catalyst.seq(List.of(one, other)));
    }
}
