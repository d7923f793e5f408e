package io.yunyu.engine.policy;

import java.util.Map;

/** The refused forms that get a rule name of their own, by the simple name of Spark's class. All others share one. */
final class RefusedForms {
    /** A rule and what to write instead. */
    record Form(String rule, String suggestion) {}

    private static final Form SUBQUERY = new Form(
            "subquery", "Write one SELECT block: join granted tables with JOIN … ON, or filter directly in WHERE.");
    private static final Form SET_OPERATION =
            new Form("set-operation", "Submit one query per SELECT block; each is protected and released by itself.");
    private static final Form MARGINS =
            new Form("grouping-sets", "Use a plain GROUP BY; submit one query per grouping that you need.");
    private static final Form PATTERN =
            new Form("pattern-match", "Compare the column with whole values: =, IN (…), <, <=, >, >= or BETWEEN.");
    private static final Form CONDITIONAL = new Form(
            "conditional-expression",
            "Aggregate the bare column, and put the condition into WHERE or the column into GROUP BY.");
    private static final Form STAR = new Form(
            "rows-not-aggregates",
            "Select aggregates, such as COUNT(*), by GROUP BY columns; * returns single records.");
    private static final Form COMMAND = new Form(
            "not-a-query",
            "Submit a single SELECT with aggregates. Commands, scripts and definitions do not run here.");
    private static final Form TABLE_FUNCTION =
            new Form("table-function", "Select from granted tables only, without table functions or generators.");
    private static final Form WINDOW = new Form("window", "Remove the window; use GROUP BY with COUNT, SUM or AVG.");
    private static final Form CAST =
            new Form("cast", "Remove the cast; write the literal in the type of the column it is compared with.");
    private static final Form PARAMETER =
            new Form("parameter", "Write the literal itself; there are no parameters here.");
    private static final Form PIVOT = new Form("pivot", "Use GROUP BY both columns; turn the table after its release.");
    private static final Form SAMPLE = new Form("sampling", "Remove the sampling; the whole table is read.");

    private static final Form SINGLE_VALUE = new Form(
            "function-not-allowed", "Extremes and first values are values of single records; use AVG or COUNT.");

    private static final Map<String, Form> NODES = Map.ofEntries(
            Map.entry("UnresolvedWith", SUBQUERY),
            Map.entry("UnresolvedSubqueryColumnAliases", new Form("column-aliases", "Name output columns with AS.")),
            Map.entry("Union", SET_OPERATION),
            Map.entry("Except", SET_OPERATION),
            Map.entry("Intersect", SET_OPERATION),
            Map.entry("Distinct", new Form("distinct-rows", "Use GROUP BY with COUNT(*) instead of SELECT DISTINCT.")),
            Map.entry("Offset", new Form("offset", "Remove OFFSET; LIMIT alone is possible.")),
            Map.entry("Pivot", PIVOT),
            Map.entry("Unpivot", PIVOT),
            Map.entry("UnpivotTransformer", PIVOT),
            Map.entry("Sample", SAMPLE),
            Map.entry("Generate", TABLE_FUNCTION),
            Map.entry("LateralJoin", new Form("lateral", "Use JOIN … ON with the granted join keys.")),
            Map.entry("AsOfJoin", new Form("join-form", "Use an inner JOIN … ON with equal keys.")),
            Map.entry("UnresolvedTableValuedFunction", TABLE_FUNCTION),
            Map.entry("UnresolvedTVFAliases", TABLE_FUNCTION),
            Map.entry("UnresolvedInlineTable", TABLE_FUNCTION),
            Map.entry("LocalRelation", TABLE_FUNCTION),
            Map.entry("OneRowRelation", new Form("no-table", "Select from a granted table.")),
            Map.entry("RelationTimeTravel", new Form("time-travel", "Remove it; the agreement's version is read.")),
            Map.entry("ScriptTransformation", COMMAND),
            Map.entry(
                    "UnresolvedHint", new Form("hint", "Remove the hint; how a query is run is not the developer's.")),
            Map.entry("Window", WINDOW),
            Map.entry("WithWindowDefinition", WINDOW),
            Map.entry("PlanWithUnresolvedIdentifier", PARAMETER));

    private static final Map<String, Form> EXPRESSIONS = Map.ofEntries(
            Map.entry("UnresolvedStar", STAR),
            Map.entry("UnresolvedStarExceptOrReplace", STAR),
            Map.entry("UnresolvedRegex", STAR),
            Map.entry("CaseWhen", CONDITIONAL),
            Map.entry("If", CONDITIONAL),
            Map.entry("Cast", CAST),
            Map.entry("WindowExpression", WINDOW),
            Map.entry("WindowSpecDefinition", WINDOW),
            Map.entry("UnresolvedWindowExpression", WINDOW),
            Map.entry("First", SINGLE_VALUE),
            Map.entry("Last", SINGLE_VALUE),
            Map.entry("AnyValue", SINGLE_VALUE),
            Map.entry("Like", PATTERN),
            Map.entry("ILike", PATTERN),
            Map.entry("LikeAll", PATTERN),
            Map.entry("LikeAny", PATTERN),
            Map.entry("NotLikeAll", PATTERN),
            Map.entry("NotLikeAny", PATTERN),
            Map.entry("RLike", PATTERN),
            Map.entry("Rollup", MARGINS),
            Map.entry("Cube", MARGINS),
            Map.entry("GroupingSets", MARGINS),
            Map.entry("ScalarSubquery", SUBQUERY),
            Map.entry("InSubquery", SUBQUERY),
            Map.entry("ListQuery", SUBQUERY),
            Map.entry("Exists", SUBQUERY),
            Map.entry("LateralSubquery", SUBQUERY),
            Map.entry("NamedParameter", PARAMETER),
            Map.entry("PosParameter", PARAMETER),
            Map.entry("ExpressionWithUnresolvedIdentifier", PARAMETER),
            Map.entry("LambdaFunction", TABLE_FUNCTION),
            Map.entry("UnresolvedGenerator", TABLE_FUNCTION));

    private static final Form OTHER_EXPRESSION = new Form(
            "expression-not-allowed",
            "Use bare columns, literals, comparisons, AND, OR, NOT, and + - * / with ROUND over aggregates only.");

    private RefusedForms() {}

    static Form node(String simpleName) {
        return NODES.getOrDefault(simpleName, COMMAND);
    }

    static Form expression(String simpleName) {
        return EXPRESSIONS.getOrDefault(simpleName, OTHER_EXPRESSION);
    }
}
