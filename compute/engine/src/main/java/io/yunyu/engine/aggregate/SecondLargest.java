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
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.DeclarativeAggregate;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.Metadata;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * The second largest of values of at least 0, ties counted; 0 where there are fewer than two. Spark has no such function
 * that it would compile into the same loop as a sum; this one is made of expressions that it does.
 */
final class SecondLargest extends DeclarativeAggregate {
    private static final long serialVersionUID = 1L;
    private static final Expression NOTHING = Literal.create(0.0, DataTypes.DoubleType);

    private final Expression value;
    private final AttributeReference largest = buffer("largest");
    private final AttributeReference second = buffer("second");

    private SecondLargest(Expression value) {
        this.value = value;
    }

    /** @param value of a numeric type, at least 0 or missing */
    static Column of(Column value) {
        return ExpressionUtils.column(new SecondLargest(ExpressionUtils.expression(value.cast(DataTypes.DoubleType)))
                .toAggregateExpression());
    }

    @Override
    public Seq<Expression> initialValues() {
        return Catalyst.seq(List.of(NOTHING, NOTHING));
    }

    @Override
    public Seq<Expression> updateExpressions() {
        // GREATEST and LEAST pass over missing values, which would count a largest value twice.
        Expression added = new Coalesce(Catalyst.seq(List.of(value, NOTHING)));
        return Catalyst.seq(
                List.of(greatest(largest, added), greatest(second, new Least(Catalyst.seq(List.of(largest, added))))));
    }

    @Override
    public Seq<Expression> mergeExpressions() {
        AttributeReference otherLargest = inputAggBufferAttributes().apply(0);
        AttributeReference otherSecond = inputAggBufferAttributes().apply(1);
        return Catalyst.seq(List.of(
                greatest(largest, otherLargest),
                greatest(new Least(Catalyst.seq(List.of(largest, otherLargest))), greatest(second, otherSecond))));
    }

    @Override
    public Expression evaluateExpression() {
        return second;
    }

    @Override
    public Seq<AttributeReference> aggBufferAttributes() {
        return Catalyst.seq(List.of(largest, second));
    }

    @Override
    public boolean nullable() {
        return false;
    }

    @Override
    public DataType dataType() {
        return DataTypes.DoubleType;
    }

    @Override
    public Seq<Expression> children() {
        return Catalyst.seq(List.of(value));
    }

    @Override
    public Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
        return new SecondLargest(children.apply(0));
    }

    @Override
    public int productArity() {
        return 1;
    }

    @Override
    public Object productElement(int position) {
        return value;
    }

    @Override
    public boolean canEqual(Object other) {
        return other instanceof SecondLargest;
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SecondLargest that && value.equals(that.value);
    }

    @Override
    public int hashCode() {
        return 31 + value.hashCode();
    }

    private static Greatest greatest(Expression one, Expression other) {
        return new Greatest(Catalyst.seq(List.of(one, other)));
    }

    private static AttributeReference buffer(String name) {
        return new AttributeReference(
                name,
                DataTypes.DoubleType,
                false,
                Metadata.empty(),
                NamedExpression.newExprId(),
                Catalyst.seq(List.of()));
    }
}
