package io.yunyu.engine.aggregate;

import io.yunyu.engine.guard.SetSketch;
import io.yunyu.engine.policy.Catalyst;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.BitwiseXor;
import org.apache.spark.sql.catalyst.expressions.Cast$;
import org.apache.spark.sql.catalyst.expressions.Coalesce;
import org.apache.spark.sql.catalyst.expressions.CreateNamedStruct;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.If;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.ShiftLeft;
import org.apache.spark.sql.catalyst.expressions.ShiftRightUnsigned;
import org.apache.spark.sql.classic.ExpressionUtils;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import scala.collection.immutable.Seq;

/** The words of the {@link SetSketch} of elements given by their hashes; a missing hash is no element. */
final class SketchAggregate extends CompiledAggregate {
    private static final long serialVersionUID = 1L;
    private static final int PARITIES = 3;
    private static final Literal ZERO = Literal.create(0L, DataTypes.LongType);
    private static final Literal ONE = Literal.create(1L, DataTypes.LongType);

    /** The fingerprint, then the parities. */
    private final List<AttributeReference> words = IntStream.rangeClosed(0, PARITIES)
            .mapToObj(word -> buffer("word" + word, DataTypes.LongType))
            .toList();

    private SketchAggregate(Expression hash) {
        super(hash);
    }

    /** @param hash of one element, a bigint */
    static Column of(Column hash) {
        return new SketchAggregate(ExpressionUtils.expression(hash)).column();
    }

    /** @param words what {@link #of} came to */
    static SetSketch sketch(long elements, Row words) {
        return new SetSketch(elements, words.getLong(0), words.getLong(1), words.getLong(2), words.getLong(3));
    }

    @Override
    SketchAggregate over(Expression other) {
        return new SketchAggregate(other);
    }

    @Override
    List<AttributeReference> buffers() {
        return words;
    }

    @Override
    public Seq<Expression> initialValues() {
        return Catalyst.seq(words.stream().<Expression>map(word -> ZERO).toList());
    }

    @Override
    public Seq<Expression> updateExpressions() {
        List<Expression> updated = new ArrayList<>();
        updated.add(new BitwiseXor(words.get(0), new Coalesce(Catalyst.seq(List.of(value(), ZERO)))));
        for (int parity = 0; parity < PARITIES; parity++) {
            updated.add(new BitwiseXor(words.get(1 + parity), new If(new IsNull(value()), ZERO, flip(parity))));
        }
        return Catalyst.seq(updated);
    }

    /** One bit in the place that six bits of the hash name: a shift looks at no more than the lowest six. */
    private Expression flip(int parity) {
        Expression shifted =
                new ShiftRightUnsigned(value(), Literal.create(parity * SetSketch.PLACE_BITS, DataTypes.IntegerType));
        return new ShiftLeft(ONE, Cast$.MODULE$.apply(shifted, DataTypes.IntegerType, false));
    }

    @Override
    public Seq<Expression> mergeExpressions() {
        return Catalyst.seq(IntStream.rangeClosed(0, PARITIES)
                .<Expression>mapToObj(word -> new BitwiseXor(words.get(word), other(word)))
                .toList());
    }

    @Override
    public Expression evaluateExpression() {
        List<Expression> members = new ArrayList<>();
        for (AttributeReference word : words) {
            members.add(Literal.create(word.name(), DataTypes.StringType));
            members.add(word);
        }
        return new CreateNamedStruct(Catalyst.seq(members));
    }

    @Override
    public DataType dataType() {
        return evaluateExpression().dataType();
    }
}
