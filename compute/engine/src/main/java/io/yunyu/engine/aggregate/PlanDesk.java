package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.job.PlansJob;
import io.yunyu.contract.job.ProgramJob;
import io.yunyu.contract.json.Json;
import io.yunyu.engine.channel.ChannelPlans;
import io.yunyu.engine.policy.CheckedQuery;
import io.yunyu.engine.policy.PlanBarrier;
import io.yunyu.engine.policy.QueryPolicy;
import io.yunyu.engine.policy.Verdict;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.StructField;

/**
 * Judges what a program comes up with, text by text, as {@link AggregateExit} will judge it again when it runs. Has no
 * table and no key, so that no answer of it can depend on a record.
 */
public final class PlanDesk {
    private static final int MOST_FINDINGS = 20;

    private final SparkSession spark;
    private final AccessGrant grant;

    private PlanDesk(SparkSession spark, AccessGrant grant) {
        this.spark = spark;
        this.grant = grant;
    }

    /**
     * Judges until no more texts come.
     *
     * @throws io.yunyu.contract.json.JsonException if the grant cannot be read
     */
    public static EngineResult serve(SparkSession spark, PlansJob job, ChannelPlans plans) {
        PlanDesk desk = new PlanDesk(spark, AccessGrant.parse(job.grant()));
        PlanBarrier.seal(spark);
        Map<String, Object> verdict = Map.of();
        for (Optional<String> sql = plans.next(verdict); sql.isPresent(); sql = plans.next(verdict)) {
            verdict = desk.verdict(sql.get());
        }
        return EngineResult.done();
    }

    private Map<String, Object> verdict(String sql) {
        Verdict verdict = QueryPolicy.check(spark, sql, grant);
        if (verdict instanceof Verdict.Refused byPolicy) {
            return findings(byPolicy.findings());
        }
        CheckedQuery query = ((Verdict.Passed) verdict).query();
        Optional<DisclosureFinding> refused = PrivateExit.finding(query);
        if (refused.isPresent()) {
            return findings(List.of(refused.get()));
        }
        return Json.object(
                "columns", columns(query).map(ProgramJob.Column::toJson).toList());
    }

    private static Map<String, Object> findings(List<DisclosureFinding> findings) {
        return Json.object(
                "findings",
                findings.stream()
                        .limit(MOST_FINDINGS)
                        .map(DisclosureFinding::toJson)
                        .toList());
    }

    private static Stream<ProgramJob.Column> columns(CheckedQuery query) {
        return Stream.of(query.plan().schema().fields()).map(PlanDesk::column);
    }

    private static ProgramJob.Column column(StructField field) {
        return new ProgramJob.Column(field.name(), field.dataType().catalogString());
    }
}
