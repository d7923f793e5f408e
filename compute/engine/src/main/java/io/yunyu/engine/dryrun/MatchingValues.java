package io.yunyu.engine.dryrun;

import io.yunyu.contract.dimension.ColumnDomain;
import io.yunyu.contract.dimension.DeclaredValues;
import io.yunyu.engine.policy.Catalyst;
import java.math.BigDecimal;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.catalyst.expressions.AttributeReference;
import org.apache.spark.sql.catalyst.expressions.Cast;
import org.apache.spark.sql.catalyst.expressions.EvalMode;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.types.BooleanType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.DateType;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.DoubleType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.TimestampType;
import org.jspecify.annotations.Nullable;

/**
 * Values of one column for which comparisons hold, as a CSV file spells them. Candidates are made from the comparisons'
 * own literals and their neighbours, and each is tried by evaluating the comparisons themselves; so what is found holds
 * by Spark's own rules, and only for narrow gaps between literals may something be missed.
 */
final class MatchingValues {
    private static final int MOST = 8;
    private static final String ZONE = "Asia/Shanghai";

    /**
     * What matches.
     *
     * @param texts at most {@value #MOST} values
     * @param missing whether a missing value does
     */
    record Found(List<String> texts, boolean missing) {
        boolean none() {
            return texts.isEmpty() && !missing;
        }
    }

    private MatchingValues() {}

    /** @param domain the column's declared values are the only ones that it can have */
    static Found of(AttributeReference column, ColumnDomain domain, List<Expression> comparisons) {
        Optional<List<String>> declared = domain.dimension().flatMap(DeclaredValues::of);
        List<String> texts = declared.orElseGet(() -> candidates(column, comparisons)).stream()
                .filter(text -> holds(comparisons, column, text))
                .limit(MOST)
                .toList();
        return new Found(texts, holds(comparisons, column, null));
    }

    private static List<String> candidates(AttributeReference column, List<Expression> comparisons) {
        Set<String> candidates = new LinkedHashSet<>();
        Set<String> neighbours = new LinkedHashSet<>();
        for (Expression comparison : comparisons) {
            Catalyst.eachExpression(comparison, e -> {
                if (e.foldable()) {
                    String text = text(e, column.dataType());
                    if (text != null && candidates.add(text)) {
                        neighbours.addAll(neighbours(text, column.dataType()));
                    }
                }
            });
        }
        candidates.addAll(neighbours);
        candidates.addAll(ordinary(column.dataType()));
        return List.copyOf(candidates);
    }

    private static boolean holds(List<Expression> comparisons, AttributeReference column, @Nullable String text) {
        Expression value = converted(Literal.create(text, DataTypes.StringType), column.dataType());
        return comparisons.stream().allMatch(comparison -> {
            Expression tried = Catalyst.rebuilt(
                    comparison,
                    e -> e instanceof AttributeReference a && a.exprId().equals(column.exprId()) ? value : null);
            return Boolean.TRUE.equals(tried.eval(null));
        });
    }

    private static Expression converted(Expression from, DataType to) {
        Object value = new Cast(from, to, scala.Option.apply(ZONE), EvalMode.LEGACY()).eval(null);
        return new Literal(value, to);
    }

    /** A literal in the column's type, or null if it has no value there. */
    private static @Nullable String text(Expression literal, DataType type) {
        try {
            Object text =
                    converted(converted(literal, type), DataTypes.StringType).eval(null);
            return text == null ? null : spelled(text.toString(), type);
        } catch (RuntimeException e) {
            // The literal is the developer's own; one that cannot be converted matches nothing and is passed over.
            return null;
        }
    }

    private static String spelled(String text, DataType type) {
        return type instanceof DecimalType ? new BigDecimal(text).toPlainString() : text;
    }

    private static List<String> neighbours(String text, DataType type) {
        if (type instanceof DateType) {
            LocalDate day = LocalDate.parse(text);
            return Stream.of(1, -1, 20, -20, 200, -200)
                    .map(d -> day.plusDays(d).toString())
                    .toList();
        } else if (type instanceof TimestampType) {
            LocalDateTime time = LocalDateTime.parse(text.replace(' ', 'T'));
            return Stream.of(1L, -1L, 86_400L, -86_400L, 8_640_000L, -8_640_000L)
                    .map(s -> spelled(time.plusSeconds(s)))
                    .toList();
        } else if (type instanceof LongType || type instanceof DoubleType || type instanceof DecimalType) {
            BigDecimal number = new BigDecimal(text);
            BigDecimal least = type instanceof DecimalType d ? BigDecimal.ONE.movePointLeft(d.scale()) : BigDecimal.ONE;
            return Stream.of(least, BigDecimal.ONE, BigDecimal.TEN, number.abs())
                    .flatMap(step -> Stream.of(number.add(step), number.subtract(step)))
                    .map(BigDecimal::toPlainString)
                    .toList();
        }
        return List.of(text + "0", text + "甲");
    }

    private static List<String> ordinary(DataType type) {
        if (type instanceof DateType) {
            return List.of("2025-06-15");
        } else if (type instanceof TimestampType) {
            return List.of("2025-06-15 10:00:00");
        } else if (type instanceof BooleanType) {
            return List.of("true", "false");
        } else if (type instanceof LongType || type instanceof DoubleType || type instanceof DecimalType) {
            return List.of("7", "1", "0", "-7");
        }
        return List.of("甲", "乙", "丙");
    }

    private static String spelled(LocalDateTime time) {
        String text = time.toString().replace('T', ' ');
        return text.length() == "2025-06-15 10:00".length() ? text + ":00" : text;
    }
}
