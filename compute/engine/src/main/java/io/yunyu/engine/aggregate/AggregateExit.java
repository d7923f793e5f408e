package io.yunyu.engine.aggregate;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.engine.candidate.Candidate;
import io.yunyu.engine.candidate.ProtectedTable;
import io.yunyu.engine.candidate.ReviewSeal;
import io.yunyu.engine.certificate.RefusalCertificates;
import io.yunyu.engine.channel.EventSink;
import io.yunyu.engine.channel.GuardQuestions;
import io.yunyu.engine.channel.VaultQuestions;
import io.yunyu.engine.guard.GuardMemory;
import io.yunyu.engine.policy.CheckedQuery;
import io.yunyu.engine.policy.PlanBarrier;
import io.yunyu.engine.policy.QueryPolicy;
import io.yunyu.engine.policy.Verdict;
import java.security.SecureRandom;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.SparkSession;

/**
 * The exit for tables of aggregates. A query is checked against its grant before anything is read; its cells are computed
 * by privacy unit, suppressed and perturbed; what the query does with them sees protected cells only; and the result
 * leaves as a candidate that only the provider can open.
 *
 * <p>Guarantees: the same query on the same table version gives the same table; no row, no unprotected count and no text
 * of Spark's is in the result, the report or the output. Every value is held against all that was published before on
 * the dataset family, to anyone; what that is good for and what not is said in {@link io.yunyu.engine.guard.ReleaseGuard}.
 */
public final class AggregateExit {
    private static final int PIECE_BYTES = 512 * 1024;
    private static final int SALT_BYTES = 32;

    private AggregateExit() {}

    /**
     * Checks a query against a grant. Needs no table, no key and no vault, and decides as {@link #run} does.
     *
     * @throws io.yunyu.contract.json.JsonException if the grant cannot be read
     */
    public static EngineResult check(SparkSession spark, EngineJob.CheckJob job) {
        AccessGrant grant = AccessGrant.parse(job.grant());
        PlanBarrier.seal(spark);
        Verdict verdict = QueryPolicy.check(spark, job.sql(), grant);
        Reports reports = new Reports(grant);
        RefusalCertificates certificates = certificates(spark, job.sql(), grant);
        if (verdict instanceof Verdict.Passed passed && grant.privacy().isPresent()) {
            return PrivateExit.check(passed.query(), certificates);
        }
        return verdict instanceof Verdict.Refused refused
                ? reports.refused(refused.findings(), certificates.ofText())
                : Reports.done(reports.passed(), Optional.empty());
    }

    /**
     * Runs a job; the sealed candidate goes to {@code sealedOutput} in pieces of at most 512 KiB, once all is computed.
     *
     * @throws io.yunyu.contract.json.JsonException if grant or agreement cannot be read
     * @throws io.yunyu.contract.problem.ProblemException if the grant exceeds its agreement, or the review key is none
     * @throws io.yunyu.engine.channel.KeyAccessDenied if the vault refuses; perhaps as the cause of one of Spark's
     *     exceptions, whose messages may quote records and must not be passed on
     */
    public static EngineResult run(
            SparkSession spark,
            EngineJob.SqlJob job,
            VaultQuestions vault,
            GuardQuestions guard,
            Consumer<byte[]> sealedOutput,
            EventSink events) {
        return run(
                spark, job, vault, guard, new EncryptedOriginals(spark, job.tablePaths(), vault), sealedOutput, events);
    }

    /** As above, over tables from elsewhere: a dry run's made-up ones. */
    public static EngineResult run(
            SparkSession spark,
            EngineJob.SqlJob job,
            VaultQuestions vault,
            GuardQuestions guard,
            OriginalTables originals,
            Consumer<byte[]> sealedOutput,
            EventSink events) {
        AccessGrant grant = AccessGrant.parse(job.grant());
        boolean noisy = grant.privacy().isPresent();
        Verdict verdict = noisy ? BeforeNoise.during(() -> checked(spark, job, grant)) : checked(spark, job, grant);
        events.happened(EngineEvent.QUERY_CHECKED);
        if (!Agreement.parse(job.agreement()).publications().isEmpty()) {
            return new Reports(grant).plannedOnly(RefusalCertificates.ofData()).withoutNoise();
        }
        if (verdict instanceof Verdict.Refused refused) {
            EngineResult result = new Reports(grant)
                    .refused(
                            refused.findings(),
                            certificates(spark, job.sql(), grant).ofText());
            return noisy ? result.withoutNoise() : result;
        }
        CheckedQuery query = ((Verdict.Passed) verdict).query();
        return noisy
                ? computePrivately(spark, job, query, vault, originals, sealedOutput, events)
                : compute(spark, job, query, vault, guard, originals, sealedOutput, events);
    }

    static RefusalCertificates certificates(SparkSession spark, String sql, AccessGrant grant) {
        return new RefusalCertificates(
                spark, sql, grant, query -> PrivateExit.finding(query).map(DisclosureFinding::rule));
    }

    private static Verdict checked(SparkSession spark, EngineJob.SqlJob job, AccessGrant grant) {
        GrantAuthority.require(grant, job.agreement());
        PlanBarrier.seal(spark);
        return QueryPolicy.check(spark, job.sql(), grant);
    }

    private static EngineResult computePrivately(
            SparkSession spark,
            EngineJob.SqlJob job,
            CheckedQuery query,
            VaultQuestions vault,
            OriginalTables originals,
            Consumer<byte[]> sealedOutput,
            EventSink events) {
        ReviewSeal seal = BeforeNoise.during(() -> ReviewSeal.to(job.reviewKey()));
        PrivateExit.Outcome outcome =
                PrivateExit.run(spark, query, vault, originals, events, certificates(spark, job.sql(), query.grant()));
        if (outcome instanceof PrivateExit.Outcome.Refused refused) {
            return refused.result();
        }
        return sealed(
                spark,
                job,
                query,
                seal,
                ((PrivateExit.Outcome.Done) outcome).answered(),
                sealedOutput,
                events,
                () -> {});
    }

    private static EngineResult compute(
            SparkSession spark,
            EngineJob.SqlJob job,
            CheckedQuery query,
            VaultQuestions vault,
            GuardQuestions questions,
            OriginalTables originals,
            Consumer<byte[]> sealedOutput,
            EventSink events) {
        Reports reports = new Reports(query.grant());
        ReviewSeal seal = ReviewSeal.to(job.reviewKey());
        CellPlan plan = CellPlan.of(query);
        // Before any record is read: the vault refuses here if the agreement is not in force.
        String family = query.tables().get(0).table().family();
        byte[] noiseSecret = vault.noiseSecret(family);
        byte[] guardKey = questions.guardKey(family);
        events.happened(EngineEvent.KEYS_RECEIVED);
        int maxCells = query.grant().protection().maxCells();
        SketchColumns sketches = SketchColumns.of(plan, GuardMemory.hashKeys(guardKey));
        List<Cell> cells = ScanProgress.during(
                spark,
                query.tables().size(),
                events,
                () -> CellQuery.run(spark, plan, originals, sketches, Math.addExact(maxCells, 1)));
        events.happened(EngineEvent.CELLS_COMPUTED);
        if (cells.size() > maxCells) {
            return reports.tooManyCells(
                    certificates(spark, job.sql(), query.grant()).ofTooManyCells());
        }
        ZoneId zone = ZoneId.of(spark.conf().get("spark.sql.session.timeZone"));
        GuardedOutput guarded = GuardedOutput.open(query.grant(), job.jobId(), plan, zone, guardKey, questions);
        if (guarded.isPlanned()) {
            return reports.plannedFamily(RefusalCertificates.ofData());
        }
        if (guarded.tooManyWithheld()) {
            return reports.tooManyWithheld(RefusalCertificates.ofData());
        }
        CellProtection protection = new CellProtection(query.grant().protection(), plan, noiseSecret, guarded.guard());
        ProtectedCells protectedCells = ProtectedCells.of(plan, cells, protection);
        guarded.reserve(cells);
        Answered answered = new Answered(
                plan,
                protectedCells,
                reports.protectedCells(protectedCells, guarded.partitions(cells)),
                ValueNoise.cellKey(plan, query.grant().protection()),
                Optional.of(protection.withheldUnits(cells)),
                Optional.of(guarded.guarded()));
        return sealed(spark, job, query, seal, answered, sealedOutput, events, () -> {});
    }

    /** @param remember is done once it is certain that the candidate goes out, and before it does */
    static EngineResult sealed(
            SparkSession spark,
            EngineJob.SqlJob job,
            CheckedQuery query,
            ReviewSeal seal,
            Answered answered,
            Consumer<byte[]> sealedOutput,
            EventSink events,
            Runnable remember) {
        AboveAggregate.Answer answer = AboveAggregate.evaluate(answered.plan(), answered.cells());
        ProtectedTable table = AnswerTable.of(answer, ZoneId.of(spark.conf().get("spark.sql.session.timeZone")));
        events.happened(EngineEvent.CELLS_PROTECTED);
        Candidate candidate = candidate(job, query, table, answered.report());
        byte[] sealed = seal.seal(candidate, answered.facts(job.jobId(), answer, table), job.jobId());
        if (sealed.length > job.maxOutputBytes()) {
            return new Reports(query.grant())
                    .outputTooLarge(
                            job.maxOutputBytes(),
                            certificates(spark, job.sql(), query.grant()).ofTooLong());
        }
        remember.run();
        for (int at = 0; at < sealed.length; at += PIECE_BYTES) {
            sealedOutput.accept(Arrays.copyOfRange(sealed, at, Math.min(sealed.length, at + PIECE_BYTES)));
        }
        events.happened(EngineEvent.CANDIDATE_SEALED);
        return Reports.done(answered.report(), Optional.of(candidate.digest()));
    }

    private static Candidate candidate(
            EngineJob.SqlJob job, CheckedQuery query, ProtectedTable table, DisclosureReport report) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        List<GrantedTable> tables =
                query.tables().stream().map(CheckedQuery.BoundTable::table).toList();
        return Candidate.of(job.jobId(), job.sql(), query.grant(), tables, table, report, salt);
    }
}
