package io.yunyu.engine.element;

import io.yunyu.anonymizer.AnonymizationReport;
import io.yunyu.anonymizer.RecordSampling;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.page.ReportPage;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.spark.GroupLimits;
import io.yunyu.anonymizer.spark.SparkAnonymization;
import io.yunyu.anonymizer.spark.SparkAnonymizer;
import io.yunyu.anonymizer.spark.SparkRecords;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.job.EngineJob.AnonymizeJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.engine.aggregate.BeforeNoise;
import io.yunyu.engine.aggregate.GrantAuthority;
import io.yunyu.engine.candidate.Candidate;
import io.yunyu.engine.candidate.ReviewSeal;
import io.yunyu.engine.channel.EventSink;
import io.yunyu.engine.channel.GuardQuestions;
import io.yunyu.engine.channel.VaultQuestions;
import io.yunyu.engine.encryption.EncryptedTables;
import io.yunyu.engine.encryption.Keyring;
import io.yunyu.engine.guard.GuardMemory;
import io.yunyu.engine.guard.GuardRecord;
import io.yunyu.engine.policy.PlanBarrier;
import java.math.BigDecimal;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/**
 * The exit for data elements. The request is held against its agreement before anything is read; the records are
 * de-identified, their classes counted in persons; and what comes out leaves as a candidate that only the provider can open.
 *
 * <p>Guarantees: no column that the agreement does not name is read; every class that leaves holds records of at least as
 * many persons as the agreement asks for, and suppressed records do not leave at all; the order of the records says nothing;
 * the risks and the quality, which are exact, are in the sealed candidate only; and once records were read there is one
 * refusal, which says no number and not which of its reasons holds. That there was none to refuse is one bit of an answer
 * each time, which the control plane limits. Under a privacy clause {@link PrivateElement} makes the element.
 */
public final class ElementExit {
    private static final int PIECE_BYTES = 512 * 1024;
    private static final int SALT_BYTES = 32;
    private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
    private static final GroupLimits LIMITS = new GroupLimits(5_000_000, 200_000, 5_000_000);

    private ElementExit() {}

    /**
     * Runs a job; the sealed candidate goes to {@code sealedOutput} in pieces of at most 512 KiB, once all is computed.
     *
     * @throws io.yunyu.contract.json.JsonException if grant, agreement or request cannot be read
     * @throws io.yunyu.contract.problem.ProblemException if the grant exceeds its agreement, or the request is none
     */
    public static EngineResult run(
            SparkSession spark,
            AnonymizeJob job,
            VaultQuestions vault,
            GuardQuestions guard,
            Consumer<byte[]> sealedOutput,
            EventSink events) {
        AccessGrant grant = AccessGrant.parse(job.grant());
        boolean isPrivate = grant.privacy().isPresent();
        ElementRequest request =
                isPrivate ? BeforeNoise.during(() -> checked(spark, job, grant)) : checked(spark, job, grant);
        events.happened(EngineEvent.QUERY_CHECKED);
        if (request.isRefused()) {
            EngineResult refused =
                    refused(request, request.findings(), ElementCertificates.ofText(grant, job.request()));
            return isPrivate ? refused.withoutNoise() : refused;
        }
        if (request.release().isPresent()) {
            return new PrivateElement(
                            spark, job, grant, request, request.release().get())
                    .run(vault, guard, sealedOutput, events);
        }
        ReviewSeal seal = ReviewSeal.to(job.reviewKey());
        SparkAnonymization found;
        try {
            found = SparkAnonymizer.anonymize(records(spark, job, request, vault, events), request.spec(), LIMITS);
        } catch (InputException e) {
            // Its text may count records; what is said instead is the same whatever was found.
            return refused(request, List.of(noElement(grant, job.maxOutputBytes())));
        }
        if (found.result().outcome().solution().isEmpty()) {
            return refused(request, List.of(noElement(grant, job.maxOutputBytes())));
        }
        // Not before: other jobs of the family wait from here to the end of this one.
        String family = request.table().family();
        GuardMemory memory = GuardMemory.open(family, guard.guardKey(family), guard);
        if (memory.hasPublication()) {
            return refused(request, List.of(plannedFamily(grant)));
        }
        return sealed(job, grant, request, found, seal, memory, sealedOutput, events);
    }

    private static ElementRequest checked(SparkSession spark, AnonymizeJob job, AccessGrant grant) {
        GrantAuthority.require(grant, job.agreement());
        PlanBarrier.seal(spark);
        return ElementRequest.of(grant, job.request());
    }

    static SparkRecords records(
            SparkSession spark, AnonymizeJob job, ElementRequest request, VaultQuestions vault, EventSink events) {
        GrantedTable table = request.table();
        String directory = job.tablePaths().get(table.dataset());
        if (directory == null) {
            throw new IllegalStateException("The job names no directory for dataset '" + table.dataset() + "'.");
        }
        Path path = Path.of(directory);
        Keyring.openForReading(path, table.dataset(), vault);
        events.happened(EngineEvent.KEYS_RECEIVED);
        Dataset<Row> rows = EncryptedTables.read(spark, request.columns(), path, table.tableVersion());
        String unit = rows.columns()[rows.columns().length - 1];
        return table.unitColumn().equals(GrantedTable.ROW_UNIT)
                ? SparkRecords.of(rows).drawnBy(unit)
                : SparkRecords.of(rows).drawnBy(unit).ownedBy(unit);
    }

    private static EngineResult sealed(
            AnonymizeJob job,
            AccessGrant grant,
            ElementRequest request,
            SparkAnonymization found,
            ReviewSeal seal,
            GuardMemory memory,
            Consumer<byte[]> sealedOutput,
            EventSink events) {
        Optional<ElementFiles> files =
                ElementFiles.of(found.releaseKept(), new SecureRandom().nextLong(), job.maxOutputBytes());
        if (files.isEmpty()) {
            return refused(request, List.of(noElement(grant, job.maxOutputBytes())));
        }
        DisclosureReport report = new DisclosureReport(0, 0, protection(request), request.findings());
        Map<String, byte[]> tables = new LinkedHashMap<>(files.get().tables());
        String figures = AnonymizationReport.of(found.result()).toJson();
        tables.put("table.anonymization", figures.getBytes(StandardCharsets.UTF_8));
        tables.put("table.html", ReportPage.of(Json.parseObject(figures)).getBytes(StandardCharsets.UTF_8));
        Candidate candidate = candidate(job, grant, request, tables, report);
        byte[] sealed = seal.seal(candidate, job.jobId());
        if (sealed.length > job.maxOutputBytes()) {
            return refused(request, List.of(noElement(grant, job.maxOutputBytes())));
        }
        return handedOver(job, grant, candidate, sealed, report, memory, sealedOutput, events);
    }

    static Candidate candidate(
            AnonymizeJob job,
            AccessGrant grant,
            ElementRequest request,
            Map<String, byte[]> tables,
            DisclosureReport report) {
        byte[] salt = new byte[SALT_BYTES];
        new SecureRandom().nextBytes(salt);
        return Candidate.of(job.jobId(), job.request(), grant, List.of(request.table()), tables, report, salt);
    }

    static EngineResult handedOver(
            AnonymizeJob job,
            AccessGrant grant,
            Candidate candidate,
            byte[] sealed,
            DisclosureReport report,
            GuardMemory memory,
            Consumer<byte[]> sealedOutput,
            EventSink events) {
        // Not before: a refusal's steps are the same, whatever it is for.
        events.happened(EngineEvent.TRANSFORMATION_FOUND);
        // A planned publication that comes later must not be counted beside these records.
        memory.reserve(GuardRecord.ofElement(
                job.jobId(), grant.assignee(), LocalDate.now(ZONE).toEpochDay()));
        for (int at = 0; at < sealed.length; at += PIECE_BYTES) {
            sealedOutput.accept(Arrays.copyOfRange(sealed, at, Math.min(sealed.length, at + PIECE_BYTES)));
        }
        events.happened(EngineEvent.CANDIDATE_SEALED);
        return new EngineResult(
                EngineResult.Status.DONE,
                Optional.empty(),
                Optional.of(report),
                Optional.empty(),
                Optional.of(candidate.digest()));
    }

    /** What was asked of the records; nothing that was found in them. */
    static Map<String, Object> protection(ElementRequest request) {
        if (request.release().isPresent()) {
            return PrivateElement.protection(request, request.release().get());
        }
        Map<String, Object> applied = new LinkedHashMap<>();
        applied.put(
                "method",
                request.spec().searchAlgorithm().isMondrian()
                        ? "de-identification: multidimensional generalization (Mondrian); ends of ranges are values"
                                + " that occur"
                        : "de-identification: full-domain generalization and record suppression");
        applied.put("policy", request.terms().policy().name());
        applied.put("smallestClass", request.smallestClass());
        applied.put("counts", request.table().unitColumn().equals(GrantedTable.ROW_UNIT) ? "records" : "persons");
        applied.put(
                "privacyModels",
                String.join(
                        ", ",
                        request.spec().privacyModels().stream()
                                .map(PrivacyModel::label)
                                .toList()));
        request.spec()
                .sampling()
                .map(RecordSampling::fraction)
                .ifPresent(fraction ->
                        fraction.ifPresent(part -> applied.put("sampledFraction", BigDecimal.valueOf(part))));
        // Not its values: it is the request that quotes them.
        request.spec().subset().ifPresent(subset -> applied.put("subset", subset.toString()));
        applied.put("columns", String.join(", ", request.columns()));
        return applied;
    }

    /**
     * The one refusal once records were read. Which of its reasons holds is not said: a hierarchy that lacks one value would
     * ask whether the value occurs, a bound on the suppressed records how many there are.
     */
    private static DisclosureFinding noElement(AccessGrant grant, long mostBytes) {
        return ElementRequest.finding(
                "no-element",
                Optional.empty(),
                grant,
                "No data element came of the records. Either no allowed transformation satisfies the models: allow coarser"
                        + " levels, raise suppressionLimit, leave out a quasi-identifier, or relax a model other than the"
                        + " smallest class. Or the specification does not fit the records: a hierarchy lacks a value (builders"
                        + " take any), a value is not of the declared type, or a column has too many values, or they"
                        + " have too many combinations. Or what came of it exceeds " + (mostBytes >> 20)
                        + " MiB: leave out columns. Which of these it is would say what the records hold, so it is not said.",
                true);
    }

    static DisclosureFinding plannedFamily(AccessGrant grant) {
        return ElementRequest.finding(
                "planned-family",
                Optional.empty(),
                grant,
                "This dataset family has a planned publication: its exact totals, held against the records of an element,"
                        + " could give back a cell that was withheld. Make elements of another family.",
                true);
    }

    static EngineResult refused(ElementRequest request, List<DisclosureFinding> findings) {
        return refused(request, findings, ElementCertificates.ofData());
    }

    private static EngineResult refused(
            ElementRequest request, List<DisclosureFinding> findings, RefusalCertificate certificate) {
        List<String> rules = new ArrayList<>();
        findings.stream()
                .filter(DisclosureFinding::blocking)
                .forEach(f ->
                        rules.add(f.rule() + f.column().map(c -> " (" + c + ")").orElse("")));
        Problem problem = new Problem(
                ProblemCode.QUERY_REFUSED,
                "The data element was refused: " + String.join(", ", rules)
                        + ". Each finding names the change that would pass.");
        return new EngineResult(
                EngineResult.Status.REFUSED,
                Optional.of(problem),
                Optional.of(new DisclosureReport(0, 0, protection(request), findings, Optional.of(certificate))),
                Optional.empty(),
                Optional.empty());
    }
}
