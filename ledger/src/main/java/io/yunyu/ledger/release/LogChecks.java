package io.yunyu.ledger.release;

import static io.yunyu.ledger.release.ManifestChecks.text;
import static io.yunyu.ledger.release.ReleaseVerifier.demand;

import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.merkle.MerkleHashing;
import io.yunyu.ledger.checkpoint.LogKey;
import io.yunyu.ledger.event.AuditEvent;
import io.yunyu.ledger.merkle.InclusionProof;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the log says of the manifest. */
final class LogChecks {
    private final Map<String, byte[]> entries;
    private final ReleaseManifest manifest;
    private final LogKey logKey;
    private final Optional<Checkpoint> since;

    LogChecks(Map<String, byte[]> entries, ReleaseManifest manifest, LogKey logKey, Optional<Checkpoint> since) {
        this.entries = entries;
        this.manifest = manifest;
        this.logKey = logKey;
        this.since = since;
    }

    Optional<Checkpoint> run(ReleaseVerifier.Checks checks) {
        Optional<List<LoggedEvent>> events =
                checks.run("events", "The release is an event of the log, with all events it names.", this::events);
        Optional<Checkpoint> checkpoint = checks.run(
                "checkpoint",
                "The checkpoint is signed by the pinned log key.",
                () -> logKey.open(text(entries, ReleaseBundle.CHECKPOINT)));
        Optional<ReleaseProof> proof = checkpoint.flatMap(c -> checks.run(
                "proofs",
                "The proofs are well-formed.",
                () -> ReleaseProof.parse(text(entries, ReleaseBundle.PROOF), c.size())));
        if (events.isEmpty() || proof.isEmpty()) {
            return Optional.empty();
        }
        Checkpoint state = checkpoint.orElseThrow();
        checks.run(
                "inclusion",
                "Every event is in the log under the checkpoint.",
                () -> inclusion(events.get(), proof.get(), state));
        checks.run(
                "consistency",
                "The checkpoint continues the earlier ones that the bundle names.",
                () -> consistency(proof.get(), state));
        since.ifPresent(s -> checks.run(
                "since",
                "The checkpoint continues the one you hold, of size " + s.size() + ".",
                () -> continues(s, state, proof.get())));
        return checkpoint;
    }

    private List<LoggedEvent> events() {
        List<LoggedEvent> events = LoggedEvent.parse(text(entries, ReleaseBundle.EVENTS));
        demand(!events.isEmpty(), "The bundle opens no event of the log.");
        for (int i = 1; i < events.size(); i++) {
            demand(events.get(i - 1).index() < events.get(i).index(), "The events are not in the order of the log.");
        }
        int last = events.size() - 1;
        AuditEvent release = events.get(last).opening().event();
        List<Long> earlier =
                events.subList(0, last).stream().map(LoggedEvent::index).toList();
        demand(
                release.type().equals(ReleaseEvent.TYPE)
                        && release.subjects().equals(List.of(manifest.releaseId(), manifest.jobId())),
                "The last event is not that of this release.");
        demand(
                manifest.digest().equals(release.details().get(ReleaseEvent.MANIFEST_DIGEST)),
                "The log's event of this release names another manifest.");
        demand(
                ReleaseEvent.indexes(earlier).equals(release.details().get(ReleaseEvent.EVENTS)),
                "The bundle opens other events than the release names.");
        return events;
    }

    private static List<LoggedEvent> inclusion(List<LoggedEvent> events, ReleaseProof proof, Checkpoint checkpoint) {
        demand(proof.inclusion().size() == events.size(), "There must be one inclusion proof for each event.");
        for (int i = 0; i < events.size(); i++) {
            LoggedEvent event = events.get(i);
            InclusionProof inclusion = proof.inclusion().get(i);
            demand(
                    inclusion.index() == event.index()
                            && inclusion.holds(event.opening().leafHash(), checkpoint.rootHash()),
                    "The event at index " + event.index() + " is not in the log under this checkpoint.");
        }
        return events;
    }

    private static ReleaseProof consistency(ReleaseProof proof, Checkpoint checkpoint) {
        long before = 0;
        for (EarlierCheckpoint earlier : proof.earlier()) {
            long from = earlier.proof().from();
            demand(
                    from > before && from < checkpoint.size(),
                    "Earlier checkpoints must ascend and be smaller than the release's.");
            byte[] root = StrictBase64.decode(earlier.root(), MerkleHashing.HASH_BYTES, "An earlier root");
            demand(
                    earlier.proof().holds(root, checkpoint.rootHash()),
                    "The checkpoint does not continue the earlier one of size " + from + ".");
            before = from;
        }
        return proof;
    }

    private static Checkpoint continues(Checkpoint since, Checkpoint state, ReleaseProof proof) {
        demand(since.origin().equals(state.origin()), "The checkpoint you hold is of another log.");
        demand(
                since.size() <= state.size(),
                "The bundle's checkpoint (size " + state.size() + ") is older than the one you hold (size "
                        + since.size() + "). Ask for this release's bundle again, with a newer proof; if none can be"
                        + " given, the log was rolled back.");
        if (since.size() == state.size() || since.size() == 0) {
            byte[] expected = since.size() == 0 ? MerkleHashing.empty() : state.rootHash();
            demand(
                    StrictBase64.encode(expected).equals(since.root()),
                    "The log shows two histories of the same size: it was forked.");
            return since;
        }
        EarlierCheckpoint earlier = proof.earlier().stream()
                .filter(e -> e.proof().from() == since.size())
                .findFirst()
                .orElse(null);
        demand(
                earlier != null,
                "The bundle has no proof that its checkpoint continues the one you hold (size " + since.size()
                        + "). Ask for this release's bundle again, with a proof from that size.");
        demand(
                earlier != null && earlier.root().equals(since.root()),
                "The log does not continue the checkpoint you hold: it was forked.");
        return since;
    }
}
