package io.yunyu.engine.certificate;

import io.yunyu.engine.policy.Catalyst;
import java.util.List;
import java.util.stream.Collectors;
import org.apache.spark.sql.catalyst.analysis.UnresolvedAlias;
import org.apache.spark.sql.catalyst.analysis.UnresolvedFunction;
import org.apache.spark.sql.catalyst.expressions.Alias;
import org.apache.spark.sql.catalyst.expressions.BaseGroupingSets;
import org.apache.spark.sql.catalyst.expressions.BinaryOperator;
import org.apache.spark.sql.catalyst.expressions.EqualTo;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.catalyst.expressions.GroupingSets;
import org.apache.spark.sql.catalyst.expressions.In;
import org.apache.spark.sql.catalyst.expressions.IsNotNull;
import org.apache.spark.sql.catalyst.expressions.IsNull;
import org.apache.spark.sql.catalyst.expressions.Literal;
import org.apache.spark.sql.catalyst.expressions.Not;
import org.apache.spark.sql.catalyst.expressions.Rollup;
import org.apache.spark.sql.catalyst.expressions.SortOrder;
import org.apache.spark.sql.catalyst.expressions.UnaryMinus;
import org.apache.spark.sql.types.DecimalType;
import org.apache.spark.sql.types.IntegerType;
import org.apache.spark.sql.types.LongType;
import org.apache.spark.sql.types.StringType;

/**
 * Parsed expressions as SQL text. What is no allowed form anyway is left to Spark's own text, which perhaps cannot be read
 * again: such a text is tried like any other and does not pass.
 */
final class ExpressionText {
    private ExpressionText() {}

    static String of(Expression e) {
        if (e instanceof Alias a) {
            return of(a.child()) + " AS " + identifier(a.name());
        } else if (e instanceof UnresolvedAlias u) {
            return of(u.child());
        } else if (e instanceof Literal l) {
            return literal(l);
        } else if (e instanceof UnresolvedFunction f) {
            return function(f);
        } else if (e instanceof Not not) {
            return not(not.child());
        } else if (e instanceof In in) {
            return operand(in.value()) + " IN (" + list(Catalyst.list(in.list())) + ")";
        } else if (e instanceof IsNull n) {
            return operand(n.child()) + " IS NULL";
        } else if (e instanceof IsNotNull n) {
            return operand(n.child()) + " IS NOT NULL";
        } else if (e instanceof UnaryMinus m) {
            return "-" + operand(m.child());
        } else if (e instanceof BinaryOperator b) {
            return operand(b.left()) + " " + symbol(b) + " " + operand(b.right());
        } else if (e instanceof SortOrder s) {
            return of(s.child()) + " " + s.direction().sql() + " "
                    + s.nullOrdering().sql();
        } else if (e instanceof BaseGroupingSets sets) {
            return groupingSets(sets);
        }
        return unknown(e);
    }

    private static String unknown(Expression e) {
        try {
            return e.sql();
        } catch (RuntimeException noText) {
            return e.getClass().getSimpleName();
        }
    }

    private static String symbol(BinaryOperator operator) {
        String symbol = operator.sqlOperator();
        return symbol.equals("==") ? "=" : symbol;
    }

    private static String operand(Expression e) {
        boolean nested = e instanceof BinaryOperator
                || e instanceof Not
                || e instanceof In
                || e instanceof IsNull
                || e instanceof IsNotNull
                || e instanceof UnresolvedFunction f
                        && QueryBlock.functionName(f).equals("between");
        return nested ? "(" + of(e) + ")" : of(e);
    }

    private static String not(Expression child) {
        if (child instanceof EqualTo equal) {
            return operand(equal.left()) + " <> " + operand(equal.right());
        } else if (child instanceof In in) {
            return operand(in.value()) + " NOT IN (" + list(Catalyst.list(in.list())) + ")";
        }
        return "NOT " + operand(child);
    }

    private static String function(UnresolvedFunction f) {
        List<Expression> arguments = Catalyst.list(f.arguments());
        String name = QueryBlock.functionName(f);
        if (name.equals("between") && arguments.size() == 3) {
            return operand(arguments.get(0)) + " BETWEEN " + operand(arguments.get(1)) + " AND "
                    + operand(arguments.get(2));
        }
        boolean all = name.equals("count")
                && !f.isDistinct()
                && arguments.size() == 1
                && arguments.get(0) instanceof Literal l
                && l.value() != null;
        String shown = Catalyst.list(f.nameParts()).stream()
                .map(ExpressionText::identifier)
                .collect(Collectors.joining("."));
        return shown + "(" + (f.isDistinct() ? "DISTINCT " : "") + (all ? "*" : list(arguments)) + ")"
                + (f.ignoreNulls() ? " IGNORE NULLS" : "")
                + (f.orderingWithinGroup().isEmpty()
                        ? ""
                        : " WITHIN GROUP (ORDER BY " + list(Catalyst.list(f.orderingWithinGroup())) + ")")
                + (f.filter().isDefined() ? " FILTER (WHERE " + of(f.filter().get()) + ")" : "");
    }

    private static String groupingSets(BaseGroupingSets sets) {
        String inner = Catalyst.list(sets.groupingSets()).stream()
                .map(Catalyst::list)
                .map(set -> set.size() == 1 ? of(set.get(0)) : "(" + list(set) + ")")
                .collect(Collectors.joining(", "));
        return (sets instanceof GroupingSets ? "GROUPING SETS" : sets instanceof Rollup ? "ROLLUP" : "CUBE") + " ("
                + inner + ")";
    }

    static String list(List<? extends Expression> expressions) {
        return expressions.stream().map(ExpressionText::of).collect(Collectors.joining(", "));
    }

    private static String literal(Literal literal) {
        if (literal.value() == null) {
            return "NULL";
        } else if (literal.dataType() instanceof StringType) {
            return quoted(literal.value().toString());
        } else if (literal.dataType() instanceof IntegerType
                || literal.dataType() instanceof LongType
                || literal.dataType() instanceof DecimalType) {
            return literal.value().toString();
        }
        return literal.sql();
    }

    /** Control characters are written as escapes, so that a text shown on a terminal cannot steer it. */
    private static String quoted(String text) {
        StringBuilder out = new StringBuilder("'");
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            if (c == '\'' || c == '\\') {
                out.append('\\').append(c);
            } else if (Character.isISOControl(c) || Character.getType(c) == Character.FORMAT) {
                out.append(String.format("\\u%04x", (int) c));
            } else {
                out.append(c);
            }
        }
        return out.append('\'').toString();
    }

    static String identifier(String name) {
        return name.matches("[\\p{L}_][\\p{L}\\p{N}_]*") && name.codePoints().allMatch(c -> c < 128)
                ? name
                : "`" + name.replace("`", "``") + "`";
    }
}
