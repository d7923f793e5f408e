package io.yunyu.ledger.release;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.job.Approval;
import io.yunyu.contract.json.Json;
import io.yunyu.ledger.checkpoint.CheckpointSigner;
import io.yunyu.ledger.checkpoint.LogKey;
import io.yunyu.ledger.event.AuditEvent;
import io.yunyu.ledger.event.Opening;
import io.yunyu.ledger.merkle.InclusionProof;
import io.yunyu.ledger.merkle.NaiveTree;
import io.yunyu.ledger.merkle.TreeRanges;
import io.yunyu.ledger.signature.SigningKey;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** A whole small release with all keys at hand; what a test changes, it changes before the step that uses it. */
final class SampleRelease {
    static final String ORIGIN = "yunyu.example/log";
    private static final Instant AT = Instant.parse("2026-11-23T08:00:00Z");

    final SigningKey releaseKey = SigningKey.generate();
    final SigningKey logSigner = SigningKey.generate();
    final SigningKey approvalKey = SigningKey.generate();
    final LogKey logKey = LogKey.of(ORIGIN, logSigner.verificationKey());
    final TrustAnchor trust = new TrustAnchor(releaseKey.verificationKey(), logKey);
    final NaiveTree tree = new NaiveTree();
    final List<Opening> log = new ArrayList<>();
    final List<Checkpoint> checkpoints = new ArrayList<>();

    Map<String, byte[]> candidate = candidate();
    Approval approval = approval("APPROVE", "");
    SigningKey approver = approvalKey;
    List<Long> named = List.of(2L, 4L);
    List<Long> opened = List.of(2L, 4L);
    SigningKey manifestSigner = releaseKey;
    SigningKey checkpointSigner = logSigner;

    byte[] bundle() {
        Map<String, byte[]> files = ReleaseBundle.files(
                candidate,
                new SignedApproval(approval, approver.sign(Approval.TYPE, approval.toText())),
                Map.of(
                        "citation.txt", utf8("云南省统计局"),
                        "citation.bib", utf8("@misc{}"),
                        "citation.csl.json", utf8("[]"),
                        "citation.datacite.json", utf8("{}")));
        ReleaseManifest manifest = manifest(ReleaseBundle.digests(files));
        Signature signature = manifestSigner.sign(ReleaseManifest.TYPE, manifest.toText());
        for (int i = 0; i < 5; i++) {
            append(event("JOB_STEP_" + i));
        }
        long release = append(ReleaseEvent.of(manifest, named, "platform", "operator", AT));
        append(event("LATER"));
        List<LoggedEvent> events = new ArrayList<>();
        events.add(new LoggedEvent(release, log.get((int) release)));
        opened.forEach(i -> events.add(new LoggedEvent(i, log.get(i.intValue()))));
        return ReleaseBundle.assemble(files, manifest, signature, events, note(), proof(release));
    }

    ReleaseManifest manifest(Map<String, String> files) {
        return new ReleaseManifest(
                "rel-1",
                "job-1",
                AT,
                "agr-1",
                ContentDigest.of("agreement"),
                ContentDigest.of(CanonicalContainer.write(candidate())),
                "policy-1",
                "health",
                List.of(approvalKey.verificationKey().toString()),
                "dev",
                List.of(new ReleasedDataset(
                        "visits", "门诊", "Visits", 3, LocalDate.of(2026, 1, 2), "health", ContentDigest.of("batch"))),
                "select a, count(*) from visits group by a",
                "0.1.0",
                Map.of("minUnits", 10L),
                "云南省统计局",
                files);
    }

    String note() {
        try {
            return CheckpointSigner.of(checkpointSigner)
                    .sign(checkpoint(log.size()), from -> new TreeRanges(tree).consistencyProof(from, log.size()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    Checkpoint checkpoint(int size) {
        return new Checkpoint(ORIGIN, size, StrictBase64.encode(tree.root(size)));
    }

    private ReleaseProof proof(long release) {
        List<Long> indexes = new ArrayList<>(opened);
        indexes.add(release);
        return new ReleaseProof(
                indexes.stream()
                        .sorted()
                        .map(i -> InclusionProof.of(i, log.size(), tree))
                        .toList(),
                List.of(3, 5).stream()
                        .map(from -> new EarlierCheckpoint(
                                checkpoint(from).root(), new TreeRanges(tree).consistencyProof(from, log.size())))
                        .toList());
    }

    long append(AuditEvent event) {
        Opening opening = Opening.of(event);
        log.add(opening);
        tree.append(opening.leafHash());
        return log.size() - 1;
    }

    static AuditEvent event(String type) {
        return new AuditEvent(type, List.of("job-1"), "li", "dev", AT, Map.of());
    }

    static Approval approval(String decision, String reason) {
        return new Approval(
                "job-1",
                ContentDigest.of(CanonicalContainer.write(candidate())),
                ContentDigest.of("{}"),
                "policy-1",
                decision,
                reason,
                "wang",
                "health",
                AT);
    }

    static Map<String, byte[]> candidate() {
        Map<String, byte[]> files = new TreeMap<>();
        files.put(
                "candidate.json",
                Json.bytes(Json.object(
                        "type", "Candidate/1",
                        "jobId", "job-1",
                        "salt", "c2FsdA==",
                        "sql", "select a, count(*) from visits group by a",
                        "agreementDigest", ContentDigest.of("agreement"))));
        files.put("report.json", utf8("{}"));
        files.put("table.csv", utf8("a,n\n1,20\n"));
        return files;
    }

    /** The bundle with entries changed, in canonical form again: what an adversary would do. */
    static byte[] rebuilt(byte[] bundle, java.util.function.Consumer<Map<String, byte[]>> change) {
        Map<String, byte[]> entries = new LinkedHashMap<>(CanonicalContainer.read(bundle));
        change.accept(entries);
        return CanonicalContainer.write(entries);
    }

    static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
