package io.yunyu.engine.certificate;

import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.dimension.Bands;
import io.yunyu.contract.dimension.Dimension;
import io.yunyu.contract.dimension.NestedCodes;
import io.yunyu.engine.policy.Catalyst;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.unsafe.types.UTF8String;

/** The declared levels and bands of a column, as group keys. */
final class Levels {
    private Levels() {}

    /** Keys by declared levels or bands that are not the given key, finest first. */
    static List<Expression> above(Expression key, UnresolvedAttribute column, GrantedNames.Named named) {
        Optional<Dimension> dimension =
                named.column().map(GrantedColumn::domain).flatMap(d -> d.dimension());
        List<Expression> keys = new ArrayList<>();
        if (dimension.isPresent() && dimension.get() instanceof Bands) {
            keys.add(Removals.function("band", column));
        } else if (dimension.isPresent() && dimension.get() instanceof NestedCodes nested) {
            for (int i = nested.levels().size() - 1; i >= 0; i--) {
                keys.add(level(column, nested.levels().get(i).name()));
            }
        }
        String text = ExpressionText.of(key);
        keys.removeIf(k -> ExpressionText.of(k).equals(text));
        return keys;
    }

    private static Expression level(UnresolvedAttribute column, String name) {
        return called("level", column, text(name));
    }

    /** A plain call of a function. */
    static UnresolvedFunction called(String name, Expression... arguments) {
        return new UnresolvedFunction(
                Catalyst.seq(List.of(name)),
                Catalyst.seq(List.of(arguments)),
                false,
                scala.Option.empty(),
                false,
                Catalyst.seq(List.of()),
                false);
    }

    static Literal text(String value) {
        return Literal.create(UTF8String.fromString(value), DataTypes.StringType);
    }
}
