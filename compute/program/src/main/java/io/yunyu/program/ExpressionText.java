package io.yunyu.program;

import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.function.UnaryOperator;
import java.util.stream.Collectors;
import org.apache.spark.connect.proto.Expression;

/** Writes expressions of the protocol as SQL. It judges form only: what may run is for the engine's plan policy. */
final class ExpressionText {
    private static final int DEEPEST = 40;
    private static final Map<String, String> BINARY = Map.ofEntries(
            Map.entry("==", "="),
            Map.entry("=", "="),
            Map.entry("!=", "<>"),
            Map.entry("<>", "<>"),
            Map.entry("<", "<"),
            Map.entry("<=", "<="),
            Map.entry(">", ">"),
            Map.entry(">=", ">="),
            Map.entry("and", "AND"),
            Map.entry("or", "OR"),
            Map.entry("+", "+"),
            Map.entry("-", "-"),
            Map.entry("*", "*"),
            Map.entry("/", "/"));

    /** Names of single tables by the plan id that the client gave them. */
    private final Map<Long, String> tableByPlan = new HashMap<>();

    private int depth;

    /** A column that the client took from this plan is written with this table's name. */
    void remember(long planId, String table) {
        tableByPlan.put(planId, table);
    }

    /** @param output turns the name of an output column into its expression, or gives the quoted name back */
    String of(Expression expression, UnaryOperator<String> output) {
        if (++depth > DEEPEST) {
            throw new NotOffered("An expression is nested more than " + DEEPEST + " deep. Write it flatter.");
        }
        try {
            return switch (expression.getExprTypeCase()) {
                case LITERAL -> literal(expression.getLiteral());
                case UNRESOLVED_ATTRIBUTE -> attribute(expression.getUnresolvedAttribute(), output);
                case UNRESOLVED_STAR -> "*";
                case EXPRESSION_STRING -> expression.getExpressionString().getExpression();
                case ALIAS -> alias(expression.getAlias(), output);
                case UNRESOLVED_FUNCTION -> function(expression.getUnresolvedFunction(), output);
                case CALL_FUNCTION ->
                    expression.getCallFunction().getFunctionName()
                            + arguments(expression.getCallFunction().getArgumentsList(), false, output);
                case SORT_ORDER -> order(expression.getSortOrder(), output);
                case CAST -> cast(expression.getCast(), output);
                case COMMON_INLINE_USER_DEFINED_FUNCTION, TYPED_AGGREGATE_EXPRESSION ->
                    throw new NotOffered(
                            "A function of the program's own (UDF) never reaches the data. Use count, sum and avg of columns.");
                default ->
                    throw new NotOffered("An expression of the kind "
                            + expression.getExprTypeCase()
                            + " is not offered. Use columns, literals, comparisons, +, -, *, /,"
                            + " count, sum, avg, round, year, quarter, month and date_trunc.");
            };
        } finally {
            depth--;
        }
    }

    private String alias(Expression.Alias alias, UnaryOperator<String> output) {
        if (alias.getNameCount() != 1) {
            throw new NotOffered("An alias has one name.");
        }
        return of(alias.getExpr(), output) + " AS " + quoted(alias.getName(0));
    }

    private String attribute(Expression.UnresolvedAttribute attribute, UnaryOperator<String> output) {
        String name = attribute.getUnparsedIdentifier();
        String table = attribute.hasPlanId() ? tableByPlan.get(attribute.getPlanId()) : null;
        if (table != null && !name.contains(".")) {
            return quoted(table) + "." + quoted(name);
        }
        return output.apply(name);
    }

    /** A reference as the client writes it: parts between dots, perhaps in back quotes already. */
    static String reference(String unparsed) {
        return unparsed.contains("`")
                ? unparsed
                : List.of(unparsed.split("\\.", -1)).stream()
                        .map(ExpressionText::quoted)
                        .collect(Collectors.joining("."));
    }

    static String quoted(String name) {
        return "`" + name.replace("`", "``") + "`";
    }

    private String order(Expression.SortOrder order, UnaryOperator<String> output) {
        String direction =
                switch (order.getDirection()) {
                    case SORT_DIRECTION_DESCENDING -> " DESC";
                    default -> " ASC";
                };
        String nulls =
                switch (order.getNullOrdering()) {
                    case SORT_NULLS_FIRST -> " NULLS FIRST";
                    case SORT_NULLS_LAST -> " NULLS LAST";
                    default -> "";
                };
        return of(order.getChild(), output) + direction + nulls;
    }

    private String cast(Expression.Cast cast, UnaryOperator<String> output) {
        if (!cast.hasTypeStr()) {
            throw new NotOffered("A cast is not offered. Write the literal in the type of the column.");
        }
        return "CAST(" + of(cast.getExpr(), output) + " AS " + cast.getTypeStr() + ")";
    }

    private String function(Expression.UnresolvedFunction function, UnaryOperator<String> output) {
        if (function.getIsUserDefinedFunction()) {
            throw new NotOffered("A function of the program's own (UDF) never reaches the data.");
        }
        String name = function.getFunctionName();
        List<Expression> arguments = function.getArgumentsList();
        String operator = BINARY.get(name.toLowerCase(Locale.ROOT));
        if (operator != null && arguments.size() == 2) {
            return "(" + of(arguments.get(0), output) + " " + operator + " " + of(arguments.get(1), output) + ")";
        }
        if (arguments.size() == 1) {
            String only = of(arguments.get(0), output);
            switch (name.toLowerCase(Locale.ROOT)) {
                case "not", "!" -> {
                    return "(NOT " + only + ")";
                }
                case "negative" -> {
                    return "(- " + only + ")";
                }
                case "isnull" -> {
                    return "(" + only + " IS NULL)";
                }
                case "isnotnull" -> {
                    return "(" + only + " IS NOT NULL)";
                }
                default -> {}
            }
        }
        if (name.equalsIgnoreCase("in") && arguments.size() > 1) {
            return "(" + of(arguments.get(0), output) + " IN "
                    + arguments(arguments.subList(1, arguments.size()), false, output) + ")";
        }
        return name + arguments(arguments, function.getIsDistinct(), output);
    }

    private String arguments(List<Expression> arguments, boolean distinct, UnaryOperator<String> output) {
        return arguments.stream()
                .map(argument -> of(argument, output))
                .collect(Collectors.joining(", ", distinct ? "(DISTINCT " : "(", ")"));
    }

    private static String literal(Expression.Literal literal) {
        return switch (literal.getLiteralTypeCase()) {
            case STRING -> string(literal.getString());
            case BOOLEAN -> String.valueOf(literal.getBoolean());
            case BYTE -> String.valueOf(literal.getByte());
            case SHORT -> String.valueOf(literal.getShort());
            case INTEGER -> String.valueOf(literal.getInteger());
            case LONG -> literal.getLong() + "L";
            case DECIMAL -> literal.getDecimal().getValue() + "BD";
            case DOUBLE -> literal.getDouble() + "D";
            case FLOAT -> literal.getFloat() + "F";
            case DATE -> "DATE '" + LocalDate.ofEpochDay(literal.getDate()) + "'";
            case TIMESTAMP -> "TIMESTAMP '" + Instant.EPOCH.plus(literal.getTimestamp(), ChronoUnit.MICROS) + "'";
            case TIMESTAMP_NTZ ->
                "TIMESTAMP_NTZ '"
                        + DateTimeFormatter.ISO_LOCAL_DATE_TIME.format(LocalDateTime.ofEpochSecond(
                                Math.floorDiv(literal.getTimestampNtz(), 1_000_000L),
                                (int) Math.floorMod(literal.getTimestampNtz(), 1_000_000L) * 1000,
                                ZoneOffset.UTC))
                        + "'";
            case NULL -> "NULL";
            default ->
                throw new NotOffered("A literal of the kind " + literal.getLiteralTypeCase()
                        + " is not offered. Use numbers, strings, booleans, dates and timestamps.");
        };
    }

    private static String string(String value) {
        return "'" + value.replace("\\", "\\\\").replace("'", "\\'") + "'";
    }
}
