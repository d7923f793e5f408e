package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.policy.ReplayVerdict;
import io.yunyu.contract.policy.RuleChange;
import io.yunyu.engine.aggregate.CellProtection.Outcome;
import io.yunyu.engine.channel.VaultQuestions;
import io.yunyu.engine.policy.CheckedQuery;
import io.yunyu.engine.policy.ForbiddenForms;
import io.yunyu.engine.policy.PlanBarrier;
import io.yunyu.engine.policy.QueryPolicy;
import io.yunyu.engine.policy.Verdict;
import io.yunyu.engine.primary.DominanceRule;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.apache.spark.sql.SparkSession;

/**
 * Tries changed rules on a past query: its form is checked again, and if it passes, its cells are computed again and held
 * against the rules in force and the changed ones.
 *
 * <p>Guarantees: what comes out is a verdict, and numbers of cells by rule. No value is published and no candidate made;
 * the differencing guard is neither asked nor told anything; neither the family's noise secret nor a key of a budgeted
 * query is asked for. Under a privacy clause no cell is computed: thresholds there are part of the noise.
 *
 * <p>Does not promise the number of cells that a developer would lose: what the guard withheld then, or would now, depends
 * on what was published before and is not tried.
 */
public final class PolicyReplay {
    private static final byte[] NO_SECRET = new byte[32];
    static final String MEMBER = "replay";

    private final AccessGrant grant;
    private final RuleChange rules;

    private PolicyReplay(AccessGrant grant, RuleChange rules) {
        this.grant = grant;
        this.rules = rules;
    }

    /**
     * @throws io.yunyu.contract.json.JsonException if grant, agreement or rule cannot be read
     * @throws io.yunyu.engine.channel.KeyAccessDenied if the vault refuses; perhaps as the cause of one of Spark's
     *     exceptions, whose messages may quote records and must not be passed on
     */
    public static EngineResult run(SparkSession spark, EngineJob.ReplayJob job, VaultQuestions vault) {
        return run(spark, job, new EncryptedOriginals(spark, job.tablePaths(), vault));
    }

    static EngineResult run(SparkSession spark, EngineJob.ReplayJob job, OriginalTables originals) {
        AccessGrant grant = AccessGrant.parse(job.grant());
        GrantAuthority.require(grant, job.agreement());
        PlanBarrier.seal(spark);
        PolicyReplay replay = new PolicyReplay(grant, RuleChange.parse(Json.parseObject(job.rule())));
        Verdict verdict = QueryPolicy.check(spark, job.sql(), grant);
        if (verdict instanceof Verdict.Refused refused) {
            return replay.done(ReplayVerdict.ofForm(true), refused.findings());
        }
        CheckedQuery query = ((Verdict.Passed) verdict).query();
        List<DisclosureFinding> forms = ForbiddenForms.in(query, replay.rules);
        if (!forms.isEmpty() || job.tablePaths().isEmpty() || grant.privacy().isPresent()) {
            return replay.done(ReplayVerdict.ofForm(!forms.isEmpty()), forms);
        }
        return replay.cells(spark, query, originals);
    }

    private EngineResult cells(SparkSession spark, CheckedQuery query, OriginalTables originals) {
        CellPlan plan = CellPlan.of(query);
        int maxCells = grant.protection().maxCells();
        List<Cell> cells = CellQuery.run(spark, plan, originals, SketchColumns.none(), Math.addExact(maxCells, 1));
        if (cells.size() > maxCells) {
            return done(ReplayVerdict.ofForm(true), List.of(finding("too-many-cells", Optional.empty(), true)));
        }
        CellProtection before = new CellProtection(grant.protection(), plan, NO_SECRET, CellGuard.NONE);
        CellProtection after = new CellProtection(rules.over(grant.protection()), plan, NO_SECRET, CellGuard.NONE);
        Optional<DominanceRule> dominance = rules.dominance().map(d -> new DominanceRule(d.n(), d.k()));
        long reached = 0;
        long withheld = 0;
        long newly = 0;
        Map<String, Long> byRule = new TreeMap<>();
        for (Cell cell : cells) {
            if (!before.reachesThreshold(cell)) {
                continue;
            }
            reached++;
            boolean some = false;
            java.util.Set<String> hit = new java.util.TreeSet<>();
            for (CellPlan.Value value : plan.values()) {
                if (!(before.value(value, cell) instanceof Outcome.Published)) {
                    some = true;
                } else if (after.value(value, cell) instanceof Outcome.Suppressed now) {
                    hit.add(now.rule());
                } else if (dominance.isPresent() && after.isDominated(value, cell, dominance.get())) {
                    hit.add("dominance");
                }
            }
            withheld += some ? 1 : 0;
            newly += hit.isEmpty() ? 0 : 1;
            hit.forEach(rule -> byRule.merge(rule, 1L, Long::sum));
        }
        List<DisclosureFinding> findings = new ArrayList<>();
        byRule.forEach((rule, n) -> findings.add(finding(rule, Optional.of(n), false)));
        return done(new ReplayVerdict(false, true, reached, withheld, newly), findings);
    }

    private DisclosureFinding finding(String rule, Optional<Long> cells, boolean refuses) {
        return new DisclosureFinding(
                rule,
                Optional.empty(),
                cells,
                "rule set " + grant.protection().policyVersion() + ", agreement " + grant.agreement(),
                refuses
                        ? "The query has more cells than the rules in force allow."
                        : "Cells with a value that was published and would be withheld.",
                refuses);
    }

    private EngineResult done(ReplayVerdict verdict, List<DisclosureFinding> findings) {
        return new EngineResult(
                EngineResult.Status.DONE,
                Optional.empty(),
                Optional.of(new DisclosureReport(
                        verdict.cells(),
                        verdict.newlyWithheld(),
                        Map.of(MEMBER, verdict.toJson(), "rule", rules.toJson()),
                        findings)),
                Optional.empty(),
                Optional.empty());
    }
}
