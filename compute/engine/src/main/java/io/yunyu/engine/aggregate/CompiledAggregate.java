package io.yunyu.engine.aggregate;

import io.yunyu.engine.policy.Catalyst;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.NamedExpression;
import org.apache.spark.sql.catalyst.expressions.aggregate.DeclarativeAggregate;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.Metadata;
import scala.collection.immutable.IndexedSeq;
import scala.collection.immutable.Seq;

/**
 * An aggregate of one value made of expressions that Spark compiles into the same loop as a sum. It keeps what is never
 * missing: a buffer that cannot be null needs no look and no mark for it at each row.
 */
abstract class CompiledAggregate extends DeclarativeAggregate {
    private static final long serialVersionUID = 1L;

    private final Expression value;

    CompiledAggregate(Expression value) {
        this.value = value;
    }

    /** The same function of another value. */
    abstract CompiledAggregate over(Expression other);

    abstract List<AttributeReference> buffers();

    final Expression value() {
        return value;
    }

    final Column column() {
        return ExpressionUtils.column(toAggregateExpression());
    }

    static AttributeReference buffer(String name, DataType type) {
        return new AttributeReference(
                name, type, false, Metadata.empty(), NamedExpression.newExprId(), Catalyst.seq(List.of()));
    }

    /** A buffer's other part, where two parts of a group are put together. */
    final AttributeReference other(int place) {
        return inputAggBufferAttributes().apply(place);
    }

    @Override
    public final Seq<AttributeReference> aggBufferAttributes() {
        return Catalyst.seq(buffers());
    }

    @Override
    public final boolean nullable() {
        return false;
    }

    @Override
    public final Seq<Expression> children() {
        return Catalyst.seq(List.of(value));
    }

    @Override
    public final Expression withNewChildrenInternal(IndexedSeq<Expression> children) {
        return over(children.apply(0));
    }

    @Override
    public final int productArity() {
        return 1;
    }

    @Override
    public final Object productElement(int position) {
        return value;
    }

    @Override
    public final boolean canEqual(Object other) {
        return getClass().isInstance(other);
    }

    @Override
    public final boolean equals(Object other) {
        return other != null && getClass() == other.getClass() && value.equals(((CompiledAggregate) other).value);
    }

    @Override
    public final int hashCode() {
        return 31 * getClass().hashCode() + value.hashCode();
    }
}
