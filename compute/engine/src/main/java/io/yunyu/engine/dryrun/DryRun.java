package io.yunyu.engine.dryrun;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.disclosure.ReviewPackage;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.aggregate.AggregateExit;
import io.yunyu.engine.candidate.ReviewSeal;
import io.yunyu.engine.channel.SealKeys;
import io.yunyu.engine.guard.MemoryGuard;
import io.yunyu.engine.policy.PlanBarrier;
import io.yunyu.engine.policy.QueryPolicy;
import io.yunyu.engine.policy.Verdict;
import io.yunyu.engine.rehearsal.SilentSink;
import java.io.ByteArrayOutputStream;
import java.security.GeneralSecurityException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.apache.spark.sql.SparkSession;

/**
 * Runs a developer's job on made-up tables through the very exit that real jobs leave by.
 *
 * <p>Guarantees: a query is refused here if and only if it would be refused on the platform for what it says, with the
 * same findings. Does not promise anything about figures, nor about refusals that depend on data or on what was answered
 * before: too many cells, the differencing guard, a budget.
 */
public final class DryRun {
    private static final String JOB = "dry-run";
    private static final long MAX_OUTPUT_BYTES = 12L << 20;

    /**
     * How a dry run ended.
     *
     * @param table content of {@code table.json}: the protected, fictional answer
     */
    public record Outcome(EngineResult result, Optional<JsonObject> table) {
        public Map<String, Object> toJson() {
            return Json.object(
                    "result",
                    result.toJson(),
                    "table",
                    table.map(JsonObject::asMap).orElse(null));
        }
    }

    private DryRun() {}

    /** @throws io.yunyu.contract.problem.ProblemException as {@link AggregateExit#run}, or if a table is missing or malformed */
    public static Outcome run(SparkSession spark, DryRunJob job) {
        SealKeys reviewer = SealKeys.generate();
        EngineJob.SqlJob order = new EngineJob.SqlJob(
                JOB, job.sql(), job.agreement(), List.of(), job.grant(), Map.of(), reviewer.sealTo(), MAX_OUTPUT_BYTES);
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();
        EngineResult result = AggregateExit.run(
                spark,
                order,
                new DryRunVault(),
                new MemoryGuard(),
                new DummyTables(spark, job.tables()),
                sealed::writeBytes,
                new SilentSink());
        return new Outcome(
                result, sealed.size() == 0 ? Optional.empty() : Optional.of(table(reviewer, sealed.toByteArray())));
    }

    /** What made-up rows must be like for the query to find some; empty if the policy refuses it, with the result saying why. */
    public static Map<String, Object> hints(SparkSession spark, DryRunJob job) {
        AccessGrant grant = AccessGrant.parse(job.grant());
        EngineResult checked = AggregateExit.check(spark, new EngineJob.CheckJob(JOB, job.sql(), job.grant()));
        PlanBarrier.seal(spark);
        Object hints = QueryPolicy.check(spark, job.sql(), grant) instanceof Verdict.Passed passed
                ? QueryHints.of(passed.query()).toJson()
                : null;
        return Json.object("result", checked.toJson(), "hints", hints);
    }

    private static JsonObject table(SealKeys reviewer, byte[] sealed) {
        try {
            byte[] table = CanonicalContainer.read(ReviewPackage.read(reviewer.open(sealed, ReviewSeal.info(JOB)))
                            .candidate())
                    .get("table.json");
            if (table == null) {
                throw new IllegalStateException("A candidate without a table was sealed.");
            }
            return Json.parseObject(table);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("The dry run could not open what it had sealed itself.", e);
        }
    }
}
