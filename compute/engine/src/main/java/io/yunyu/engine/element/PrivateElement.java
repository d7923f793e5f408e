package io.yunyu.engine.element;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.anonymizer.spark.PersonSample;
import io.yunyu.anonymizer.spark.PrivateClasses;
import io.yunyu.anonymizer.spark.PrivateRelease;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.agreement.PrivateQuery;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.EngineJob.AnonymizeJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.engine.aggregate.BeforeNoise;
import io.yunyu.engine.candidate.Candidate;
import io.yunyu.engine.candidate.ReviewSeal;
import io.yunyu.engine.channel.EventSink;
import io.yunyu.engine.channel.GuardQuestions;
import io.yunyu.engine.channel.VaultQuestions;
import io.yunyu.engine.guard.GuardMemory;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import javax.crypto.Mac;
import javax.crypto.spec.SecretKeySpec;
import org.apache.spark.sql.SparkSession;

/**
 * Data elements under a privacy clause: differentially private as a whole, and paid for from the clause's budget.
 *
 * <p>Guarantees: candidate, report and refusals depend on records through the sizes of the released classes alone; who is
 * drawn follows from a key of the vault, which counts the cost before it gives the key and gives the same key for the same
 * request on the same records; a failure before the key costs nothing.
 *
 * <p>Does not promise that time, memory, and failures for want of them, say nothing of the records.
 */
final class PrivateElement {
    private static final BigDecimal MICRO = new BigDecimal(PrivacyClause.RHO);
    private static final BigDecimal PICO = new BigDecimal(PrivacyClause.DELTA);

    private final SparkSession spark;
    private final AnonymizeJob job;
    private final AccessGrant grant;
    private final ElementRequest request;
    private final PrivateRelease release;

    PrivateElement(
            SparkSession spark, AnonymizeJob job, AccessGrant grant, ElementRequest request, PrivateRelease release) {
        this.spark = spark;
        this.job = job;
        this.grant = grant;
        this.request = request;
        this.release = release;
    }

    /**
     * How the element is made, if specification and clause agree; else a finding is added that says why not.
     *
     * @param spec its k-anonymity is the smallest class that the agreement allows, or more
     */
    static Optional<PrivateRelease> release(
            AnonymizationSpec spec, AccessGrant grant, List<DisclosureFinding> findings) {
        Optional<DifferentialPrivacy> model = DifferentialPrivacy.among(spec.privacyModels());
        if (model.isEmpty()) {
            findings.add(finding(
                    "not-private",
                    grant,
                    "Everything that leaves under this agreement is differentially private. Ask for the model"
                            + " differential-privacy, or agree on elements in an agreement without a privacy clause."));
            return Optional.empty();
        } else if (grant.privacy().isEmpty()) {
            findings.add(finding(
                    "no-budget",
                    grant,
                    "The model differential-privacy spends a budget, and this agreement has none. Leave the model out, or"
                            + " have the agreement carry a privacy clause."));
            return Optional.empty();
        }
        Cost cost = Cost.of(model.get());
        PrivacyClause clause = grant.privacy().get();
        if (cost.rhoMicros > clause.queryRhoMicros() || cost.deltaPicos > clause.queryDeltaPicos()) {
            findings.add(finding(
                    "over-budget",
                    grant,
                    "The element costs " + cost.rhoMicros + " micro-rho and " + cost.deltaPicos
                            + " pico-delta; this job may spend " + clause.queryRhoMicros() + " and "
                            + clause.queryDeltaPicos() + ". Lower epsilon or delta."));
            return Optional.empty();
        }
        try {
            return Optional.of(PrivateRelease.of(spec));
        } catch (InputException e) {
            // Nothing was read: the text speaks of the specification only.
            findings.add(finding("not-supported", grant, String.valueOf(e.getMessage())));
            return Optional.empty();
        }
    }

    /**
     * What an element costs. An (epsilon, delta)-differentially private release is delta-approximately (epsilon^2 / 2)-zCDP
     * (Bun and Steinke 2016, lemma 8.8).
     */
    record Cost(long rhoMicros, long deltaPicos) {
        static Cost of(DifferentialPrivacy model) {
            BigDecimal epsilon = BigDecimal.valueOf(model.epsilon());
            return new Cost(
                    up(epsilon.multiply(epsilon).multiply(MICRO).divide(BigDecimal.valueOf(2))),
                    up(BigDecimal.valueOf(model.delta()).multiply(PICO)));
        }

        private static long up(BigDecimal amount) {
            return amount.setScale(0, RoundingMode.CEILING).longValueExact();
        }
    }

    EngineResult run(VaultQuestions vault, GuardQuestions guard, Consumer<byte[]> sealedOutput, EventSink events) {
        ReviewSeal seal = BeforeNoise.during(() -> ReviewSeal.to(job.reviewKey()));
        try (PersonSample persons =
                BeforeNoise.during(() -> release.persons(ElementExit.records(spark, job, request, vault, events)))) {
            // Not before: other jobs of the family wait from here to the end of this one.
            String family = request.table().family();
            byte[] guardKey = BeforeNoise.during(() -> guard.guardKey(family));
            GuardMemory memory = BeforeNoise.during(() -> GuardMemory.open(family, guardKey, guard));
            if (memory.hasPublication()) {
                return ElementExit.refused(request, List.of(ElementExit.plannedFamily(grant)))
                        .withoutNoise();
            }
            Cost cost = Cost.of(release.model());
            String question = question(guardKey, persons.fingerprint());
            byte[] key = BeforeNoise.during(() -> vault.queryNoise(family, question, cost.rhoMicros, cost.deltaPicos));
            try (PrivateClasses classes = persons.draw(key)) {
                return sealed(classes, seal, memory, sealedOutput, events);
            }
        }
    }

    /**
     * What the vault counts: the request, and the state of the records, under a key of the family, so that whoever carries
     * the question learns of the records only whether they are as they were at an equal question before.
     */
    private String question(byte[] familyKey, String fingerprint) {
        try {
            Mac mac = Mac.getInstance("HmacSHA256");
            mac.init(new SecretKeySpec(familyKey, "HmacSHA256"));
            String text = "yunyu/private-element/1 " + PrivateQuery.digest(job.request(), grant) + " " + fingerprint;
            return ContentDigest.of(HexFormat.of().formatHex(mac.doFinal(text.getBytes(StandardCharsets.UTF_8))));
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("Every Java platform has HMAC-SHA256.", e);
        }
    }

    private EngineResult sealed(
            PrivateClasses classes,
            ReviewSeal seal,
            GuardMemory memory,
            Consumer<byte[]> sealedOutput,
            EventSink events) {
        long most = job.maxOutputBytes();
        // A record has at least a separator or line end for each cell, and the line end has two characters.
        if (classes.records() > most / (request.columns().size() + 1)) {
            return tooLarge();
        }
        Optional<ElementFiles> files = ElementFiles.of(classes.release(), new SecureRandom().nextLong(), most);
        if (files.isEmpty()) {
            return tooLarge();
        }
        DisclosureReport report = new DisclosureReport(0, 0, protection(request, release), request.findings());
        Map<String, byte[]> tables = new LinkedHashMap<>(files.get().tables());
        tables.put("table.anonymization", classes.toJson().getBytes(StandardCharsets.UTF_8));
        Candidate candidate = ElementExit.candidate(job, grant, request, tables, report);
        byte[] sealed = seal.seal(candidate, job.jobId());
        return sealed.length > most
                ? tooLarge()
                : ElementExit.handedOver(job, grant, candidate, sealed, report, memory, sealedOutput, events);
    }

    /** Follows from what would have been released. */
    private EngineResult tooLarge() {
        return ElementExit.refused(
                request,
                List.of(finding(
                        "no-element",
                        grant,
                        "What came of it exceeds " + (job.maxOutputBytes() >> 20)
                                + " MiB, and its budget is spent: leave out columns, or lower epsilon, which draws fewer"
                                + " persons.")));
    }

    /** What was asked of the records; nothing that was found in them. */
    static Map<String, Object> protection(ElementRequest request, PrivateRelease release) {
        DifferentialPrivacy model = release.model();
        Cost cost = Cost.of(model);
        Map<String, Object> applied = new LinkedHashMap<>();
        applied.put(
                "method",
                "differential privacy: one record of each person, persons drawn by chance, fixed generalization, small"
                        + " classes left out");
        applied.put("policy", request.terms().policy().name());
        applied.put("smallestClass", release.smallestClass());
        applied.put("counts", request.table().unitColumn().equals(GrantedTable.ROW_UNIT) ? "records" : "persons");
        applied.put("privacyModels", model.label());
        applied.put("epsilon", BigDecimal.valueOf(model.epsilon()));
        applied.put("delta", BigDecimal.valueOf(model.delta()));
        applied.put("rhoMicros", cost.rhoMicros);
        applied.put("deltaPicos", cost.deltaPicos);
        applied.put("columns", String.join(", ", request.columns()));
        return applied;
    }

    private static DisclosureFinding finding(String rule, AccessGrant grant, String suggestion) {
        return ElementRequest.finding(rule, Optional.empty(), grant, suggestion, true);
    }
}
