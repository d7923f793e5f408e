package io.yunyu.engine.policy;

import io.yunyu.contract.agreement.AccessGrant;
import java.util.List;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.QueryPlanningTracker;
import org.apache.spark.sql.catalyst.parser.ParseException;
import org.apache.spark.sql.catalyst.plans.logical.Aggregate;
import org.apache.spark.sql.catalyst.plans.logical.LogicalPlan;

/**
 * Decides whether a query may run under a grant, from its text alone: allow-list of what was parsed, analysis over empty
 * relations, allow-list of what was analysed, and the use of every column against the grant.
 *
 * <p>Guarantees: the verdict does not depend on data, a refusal names rule, column and the change that would pass, and no
 * text of Spark's reaches it (Spark quotes literals and values). The object that passed is the one that is executed.
 *
 * <p>Does not promise that the answer is safe to publish: that is for the aggregate exit, which works on the checked
 * query's cells.
 */
public final class QueryPolicy {
    /** Longest query, in characters. */
    public static final int MAX_LENGTH = 64 * 1024;

    private static final int MAX_DEPTH = 100;

    private QueryPolicy() {}

    public static Verdict check(SparkSession spark, String sql, AccessGrant grant) {
        Findings findings = new Findings(grant);
        SparkSession.setActiveSession(spark);
        try {
            Optional<CheckedQuery> query =
                    check((org.apache.spark.sql.classic.SparkSession) spark, sql, grant, findings);
            if (query.isPresent() && findings.isEmpty()) {
                return new Verdict.Passed(query.get());
            }
        } catch (StackOverflowError e) {
            tooLarge(findings);
        }
        if (findings.isEmpty()) {
            findings.form("not-understood", "Write one SELECT block over granted tables in the documented form.");
        }
        return new Verdict.Refused(findings.asList(), findings.violations());
    }

    /** A query as it was parsed, for changing it; empty if it is none that may be parsed. Nothing is analysed. */
    public static Optional<LogicalPlan> parsed(SparkSession spark, String sql, AccessGrant grant) {
        SparkSession.setActiveSession(spark);
        try {
            return parsed((org.apache.spark.sql.classic.SparkSession) spark, sql, new Findings(grant));
        } catch (StackOverflowError e) {
            return Optional.empty();
        }
    }

    private static Optional<LogicalPlan> parsed(
            org.apache.spark.sql.classic.SparkSession spark, String sql, Findings findings) {
        if (sql.length() > MAX_LENGTH || nesting(sql) > MAX_DEPTH) {
            tooLarge(findings);
            return Optional.empty();
        }
        if (sql.contains("${")) {
            findings.form("variable-reference", "Write the literal itself: ${…} reads settings of the engine.");
            return Optional.empty();
        }
        return parse(spark, sql, findings);
    }

    private static Optional<CheckedQuery> check(
            org.apache.spark.sql.classic.SparkSession spark, String sql, AccessGrant grant, Findings findings) {
        Optional<LogicalPlan> parsed = parsed(spark, sql, findings);
        if (parsed.isEmpty()) {
            return Optional.empty();
        }
        // Under a privacy clause every set would cost budget of its own: not there yet, and refused by its form.
        GroupingSetsForm form = grant.privacy().isPresent()
                ? new GroupingSetsForm(parsed.get(), List.of())
                : GroupingSetsForm.of(parsed.get(), findings);
        QueryScope scope = QueryScope.of(form.plan(), grant, findings);
        ParsedForm.check(form.plan(), scope, findings);
        if (!findings.isEmpty()) {
            return Optional.empty();
        }
        GroupingSetsForm written = new GroupingSetsForm(DimensionFunctions.writtenOut(form.plan(), scope), form.sets());
        return analysed(spark, written, sql, grant, findings);
    }

    private static Optional<LogicalPlan> parse(
            org.apache.spark.sql.classic.SparkSession spark, String sql, Findings findings) {
        try {
            return Optional.of(spark.sessionState().sqlParser().parsePlan(sql));
        } catch (Exception e) {
            if (e instanceof ParseException p && "FAILED_TO_PARSE_TOO_COMPLEX".equals(p.getCondition())) {
                tooLarge(findings);
                return Optional.empty();
            }
            // Only the place: the parser's message quotes the text around it, which may hold what no log may.
            String place = e instanceof ParseException p
                            && p.line().isDefined()
                            && p.startPosition().isDefined()
                    ? " at line " + p.line().get() + ", column "
                            + ((Integer) p.startPosition().get() + 1)
                    : "";
            findings.form("syntax", "The text is not a single SQL query: it cannot be read" + place + ".");
            return Optional.empty();
        }
    }

    private static Optional<CheckedQuery> analysed(
            org.apache.spark.sql.classic.SparkSession spark,
            GroupingSetsForm form,
            String sql,
            AccessGrant grant,
            Findings findings) {
        EmptyRelations relations = new EmptyRelations(grant);
        LogicalPlan plan;
        try {
            plan = spark.sessionState()
                    .analyzer()
                    .executeAndCheck(relations.bind(form.plan()), new QueryPlanningTracker(scala.Option.empty()));
        } catch (Exception e) {
            AnalysisRefusal.add(e, findings);
            return Optional.empty();
        }
        Optional<Aggregate> aggregate = OutputForm.aggregate(plan);
        if (aggregate.isEmpty()) {
            findings.form("rows-not-aggregates", "Select aggregates, such as COUNT(*), by GROUP BY columns.");
            return Optional.empty();
        }
        Lineage lineage = new Lineage(relations.bound(), findings);
        SourceForm.check(aggregate.get().child(), relations.bound(), lineage, findings);
        OutputForm.check(plan, aggregate.get(), lineage, findings);
        return Optional.of(new CheckedQuery(
                grant,
                sql,
                plan,
                aggregate.get(),
                form.sets(),
                relations.bound().stream()
                        .map(b ->
                                new CheckedQuery.BoundTable(b.table(), b.relation(), b.unit(), lineage.columnsRead(b)))
                        .toList()));
    }

    private static void tooLarge(Findings findings) {
        findings.form(
                "too-large",
                "Shorten the query: at most " + MAX_LENGTH + " characters and " + MAX_DEPTH
                        + " nested parentheses or operators.");
    }

    private static int nesting(String sql) {
        int depth = 0;
        int deepest = 0;
        for (int i = 0; i < sql.length(); i++) {
            depth += sql.charAt(i) == '(' ? 1 : sql.charAt(i) == ')' ? -1 : 0;
            deepest = Math.max(deepest, depth);
        }
        return deepest;
    }
}
