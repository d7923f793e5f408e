package io.yunyu.engine.certificate;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.dimension.Bands;
import java.math.BigInteger;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAttribute;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.BaseGroupingSets;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.Literal;

/**
 * How many cells a query can have at most, whatever its tables hold: by the calendar, the types of its keys and the values
 * that its own conditions name. Nothing here knows a record.
 */
final class CellBound {
    /** So many cells with short labels fit into any output. */
    static final int MOST_SHORT_CELLS = 1_000;

    private static final int LONGEST_LABEL = 200;
    private static final int MOST_COLUMNS = 40;

    private final AccessGrant grant;
    private final int maxCells;
    private final boolean shortOnly;

    /** @param shortOnly whether labels and the number of columns must be bounded, too */
    CellBound(AccessGrant grant, int maxCells, boolean shortOnly) {
        this.grant = grant;
        this.maxCells = maxCells;
        this.shortOnly = shortOnly;
    }

    boolean holds(QueryBlock block) {
        if (shortOnly && block.items().size() > MOST_COLUMNS) {
            return false;
        }
        BigInteger cells = BigInteger.ONE;
        for (Expression key : block.groups()) {
            OptionalLong labels = labels(key, block);
            if (labels.isEmpty()) {
                return false;
            }
            cells = cells.multiply(BigInteger.valueOf(labels.getAsLong()));
        }
        return cells.compareTo(BigInteger.valueOf(maxCells)) <= 0;
    }

    /** Labels that a key can have, a missing one included. */
    private OptionalLong labels(Expression key, QueryBlock block) {
        if (key instanceof BaseGroupingSets) {
            return OptionalLong.empty();
        } else if (key instanceof UnresolvedFunction f) {
            return switch (QueryBlock.functionName(f)) {
                case "month" -> OptionalLong.of(13);
                case "quarter" -> OptionalLong.of(5);
                case "band" -> bands(f, block);
                default -> OptionalLong.empty();
            };
        } else if (key instanceof UnresolvedAttribute column) {
            OptionalLong named = named(column, block);
            boolean twoValued = new GrantedNames(grant, block)
                    .find(column)
                    .flatMap(GrantedNames.Named::column)
                    .filter(c -> c.type().equals("BOOLEAN"))
                    .isPresent();
            return named.isPresent() || !twoValued ? named : OptionalLong.of(3);
        }
        return OptionalLong.empty();
    }

    private OptionalLong bands(UnresolvedFunction band, QueryBlock block) {
        return QueryBlock.columns(band).stream()
                .flatMap(c -> new GrantedNames(grant, block).find(c).stream())
                .flatMap(n -> n.column().stream())
                .flatMap(c -> c.domain().dimension().stream())
                .filter(Bands.class::isInstance)
                .mapToLong(d -> ((Bands) d).labels().size() + 1L)
                .findFirst();
    }

    /** The values that a condition of the query leaves of a column. */
    private OptionalLong named(UnresolvedAttribute column, QueryBlock block) {
        for (Expression condition : block.where()) {
            if (condition instanceof In in
                    && same(in.value(), column)
                    && io.yunyu.engine.policy.Catalyst.list(in.list()).stream().allMatch(this::isShort)) {
                return OptionalLong.of(in.list().size());
            } else if (condition instanceof EqualTo e
                    && (same(e.left(), column) && isShort(e.right()) || same(e.right(), column) && isShort(e.left()))) {
                return OptionalLong.of(1);
            }
        }
        return OptionalLong.empty();
    }

    /** Not of a binary floating point number, which several whole numbers can equal. */
    private boolean isShort(Expression literal) {
        return literal instanceof Literal l
                && !(l.value() instanceof Double || l.value() instanceof Float)
                && (!shortOnly || String.valueOf(l.value()).length() <= LONGEST_LABEL);
    }

    private static boolean same(Expression expression, UnresolvedAttribute column) {
        return expression instanceof UnresolvedAttribute a
                && ExpressionText.of(a).equalsIgnoreCase(ExpressionText.of(column));
    }

    /** Keys with fewer labels by the calendar or the column's declared bands alone, finest first. */
    List<Expression> coarser(Expression key, UnresolvedAttribute column, QueryBlock block) {
        Optional<GrantedNames.Named> named = new GrantedNames(grant, block).find(column);
        boolean bounded = key instanceof UnresolvedFunction f
                && List.of("month", "quarter", "band").contains(QueryBlock.functionName(f));
        if (named.isEmpty() || bounded) {
            return List.of();
        }
        return Replacements.isTime(named.get())
                ? List.of(Removals.function("month", column), Removals.function("quarter", column))
                : Levels.above(key, column, named.get());
    }
}
