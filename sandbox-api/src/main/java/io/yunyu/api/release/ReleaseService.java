package io.yunyu.api.release;

import io.yunyu.api.agreement.AgreementService;
import io.yunyu.api.catalog.Catalog;
import io.yunyu.api.catalog.CatalogEntry;
import io.yunyu.api.catalog.DataElements;
import io.yunyu.api.engine.Vault;
import io.yunyu.api.engine.Work;
import io.yunyu.api.guard.GuardDesks;
import io.yunyu.api.identity.Actor;
import io.yunyu.api.identity.Directory;
import io.yunyu.api.identity.Organization;
import io.yunyu.api.job.Job;
import io.yunyu.api.job.Jobs;
import io.yunyu.api.proof.Act;
import io.yunyu.api.proof.Proofs;
import io.yunyu.api.review.Candidate;
import io.yunyu.api.review.Decision;
import io.yunyu.api.review.Decisions;
import io.yunyu.api.review.Quarantine;
import io.yunyu.api.state.ActKind;
import io.yunyu.api.state.State;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.job.Approval;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.ledger.release.ReleaseBundle;
import io.yunyu.ledger.release.ReleaseManifest;
import io.yunyu.ledger.release.ReleasedDataset;
import io.yunyu.ledger.release.SignedApproval;
import io.yunyu.ledger.signature.VerificationKey;
import io.yunyu.ledger.store.SignedCheckpoint;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeSet;
import org.slf4j.MDC;
import org.springframework.stereotype.Service;

/**
 * Turns approved candidates into releases. Every step can be cut off and taken up again: the release's id follows from
 * the job's, the manifest is written once, signatures of one text are always the same, and the job counts as released
 * in the transaction that makes the bundle available.
 */
@Service
public class ReleaseService implements Work {
    private static final ZoneId CHINA = ZoneId.of("Asia/Shanghai");

    private final Jobs jobs;
    private final Releases releases;
    private final Quarantine quarantine;
    private final Decisions decisions;
    private final AgreementService agreements;
    private final Catalog catalog;
    private final DataElements elements;
    private final Directory directory;
    private final Proofs proofs;
    private final Vault vault;
    private final GuardDesks guards;
    private final Clock clock;

    ReleaseService(
            Jobs jobs,
            Releases releases,
            Quarantine quarantine,
            Decisions decisions,
            AgreementService agreements,
            Catalog catalog,
            DataElements elements,
            Directory directory,
            Proofs proofs,
            Vault vault,
            GuardDesks guards,
            Clock clock) {
        this.jobs = jobs;
        this.releases = releases;
        this.quarantine = quarantine;
        this.decisions = decisions;
        this.agreements = agreements;
        this.catalog = catalog;
        this.elements = elements;
        this.directory = directory;
        this.proofs = proofs;
        this.vault = vault;
        this.guards = guards;
        this.clock = clock;
    }

    /** @throws ProblemException NOT_FOUND for anyone but the developer and the provider of the job */
    public ReleaseRecord readable(Actor actor, String id) {
        return releases.find(id)
                .filter(release -> release.bundle().isPresent())
                .filter(release -> jobs.find(release.job())
                        .filter(job -> job.developer().equals(actor.organization())
                                || job.provider().equals(actor.organization()))
                        .isPresent())
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, "Your organization has no such release."));
    }

    public List<ReleaseRecord> of(Actor actor) {
        return releases.of(actor.organization());
    }

    @Override
    public boolean needsEngine() {
        return false;
    }

    @Override
    public void recover() {
        // Approved jobs are found by next(), whatever step was done before.
    }

    @Override
    public boolean next() {
        List<Job> approved = jobs.in(State.APPROVED);
        for (Job job : approved) {
            MDC.put("job", job.id());
            try {
                release(job);
            } finally {
                MDC.remove("job");
            }
        }
        return !approved.isEmpty();
    }

    private void release(Job job) {
        Candidate candidate = quarantine.candidate(job.id());
        Decision decision = decisions.find(job.id()).orElseThrow();
        checkDecision(job, candidate, decision);
        guards.requireWhole(job.grant(), guardHead(job));
        // What the reviewer was told beside it stays behind.
        Map<String, byte[]> contents = quarantine
                .open(
                        job,
                        candidate,
                        Act.ofPlatform(
                                ActKind.CANDIDATE_OPENED, job.id(), Map.of("candidateDigest", candidate.digest())))
                .files();
        Optional<ReleaseRecord> issued = releases.ofJob(job.id());
        Instant at = issued.map(release -> release.manifest().issuedAt())
                .orElseGet(() -> clock.instant().truncatedTo(ChronoUnit.SECONDS));
        // A title may have been corrected since: what was issued stands.
        List<ReleasedDataset> datasets =
                issued.map(release -> release.manifest().datasets()).orElseGet(() -> datasets(job, contents));
        Citation citation = citation(job, datasets, at);
        Map<String, byte[]> files = ReleaseBundle.files(
                contents, new SignedApproval(decision.approval(), decision.signature()), citation.files());
        ReleaseRecord release = issued.orElseGet(() -> releases.issue(
                manifest(job, candidate, decision, datasets, citation, files, at), proofs.leaves(job.id())));
        complete(job, release, files);
    }

    /** The link of the guard's chain that the log says the candidate left. */
    private Optional<String> guardHead(Job job) {
        return proofs.open(proofs.leaves(job.id())).stream()
                .flatMap(event ->
                        Optional.ofNullable(event.opening().event().details().get(Jobs.GUARD_HEAD)).stream())
                .reduce((earlier, later) -> later);
    }

    private void complete(Job job, ReleaseRecord release, Map<String, byte[]> files) {
        ReleaseManifest manifest = release.manifest();
        if (!ReleaseBundle.digests(files).equals(manifest.files())) {
            throw new ProblemException(
                    ProblemCode.INTERNAL,
                    "The files of the release no longer match its manifest; it stays unreleased.");
        }
        List<Long> events = new ArrayList<>(proofs.leaves(job.id()).stream()
                .filter(leaf -> leaf < release.leaf())
                .toList());
        events.add(release.leaf());
        SignedCheckpoint checkpoint = proofs.checkpoint();
        byte[] bundle = ReleaseBundle.assemble(
                files,
                manifest,
                vault.signRelease(manifest.toText()),
                proofs.open(events),
                checkpoint.note(),
                proofs.proof(events, checkpoint));
        releases.complete(job, release, bundle, () -> registered(job, release, files));
    }

    /** A data element enters the register in the transaction of its release. */
    private void registered(Job job, ReleaseRecord release, Map<String, byte[]> files) {
        if (job.makesElement()) {
            elements.register(NewElement.of(job, release.id(), files, catalog, clock.instant()));
        }
    }

    /** The approval is checked again, on what will be released. */
    private static void checkDecision(Job job, Candidate candidate, Decision decision) {
        Approval approval = decision.approval();
        boolean holds = approval.decision().equals("APPROVE")
                && approval.jobId().equals(job.id())
                && approval.organization().equals(job.provider())
                && approval.candidateDigest().equals(candidate.digest())
                && approval.reportDigest().equals(candidate.reportDigest())
                && approval.policyVersion().equals(candidate.policyVersion())
                && VerificationKey.parse(decision.signature().key())
                        .verifies(Approval.TYPE, approval.toText(), decision.signature());
        if (!holds) {
            throw new ProblemException(
                    ProblemCode.INTERNAL, "The approval on file does not fit the candidate; it stays unreleased.");
        }
    }

    private ReleaseManifest manifest(
            Job job,
            Candidate candidate,
            Decision decision,
            List<ReleasedDataset> datasets,
            Citation citation,
            Map<String, byte[]> files,
            Instant at) {
        AccessGrant grant = job.grant();
        TreeSet<String> keys = new TreeSet<>(
                List.of(vault.approvalKey(job.provider()), decision.signature().key()));
        return new ReleaseManifest(
                releaseId(job),
                job.id(),
                at,
                grant.agreement(),
                grant.agreementDigest(),
                candidate.digest(),
                candidate.policyVersion(),
                job.provider(),
                List.copyOf(keys),
                agreements.get(job.agreement()).agreement().assignee(),
                datasets,
                job.sql(),
                candidate.engineVersion(),
                Json.parseObject(candidate.report()).object("protection").asMap(),
                citation.text().strip(),
                ReleaseBundle.digests(files));
    }

    private Citation citation(Job job, List<ReleasedDataset> datasets, Instant at) {
        Organization provider = directory.organization(job.provider()).orElseThrow();
        Organization developer = directory.organization(job.developer()).orElseThrow();
        return new Citation(new CitationSource(
                releaseId(job),
                provider.nameZh(),
                provider.nameEn(),
                developer.nameZh(),
                developer.nameEn(),
                at.atZone(CHINA).toLocalDate(),
                datasets));
    }

    /** The datasets that the query read, at the versions that the grant fixed. */
    private List<ReleasedDataset> datasets(Job job, Map<String, byte[]> contents) {
        JsonObject candidate = Json.parseObject(java.util.Objects.requireNonNull(contents.get("candidate.json")));
        TreeSet<String> read = new TreeSet<>(candidate.list(
                "datasets",
                item -> item instanceof String id ? id : JsonObject.of(item).string("dataset")));
        return job.grant().tables().stream()
                .filter(table -> read.contains(table.dataset()))
                .map(this::dataset)
                .toList();
    }

    private ReleasedDataset dataset(GrantedTable table) {
        CatalogEntry entry =
                catalog.entryAt(table.dataset(), table.tableVersion()).orElseThrow();
        return new ReleasedDataset(
                entry.id(),
                entry.titleZh(),
                entry.titleEn(),
                entry.number(),
                entry.acquiredOn(),
                entry.provider(),
                entry.batchDigest());
    }

    private static String releaseId(Job job) {
        return "rel-" + job.id().substring(job.id().indexOf('-') + 1);
    }
}
