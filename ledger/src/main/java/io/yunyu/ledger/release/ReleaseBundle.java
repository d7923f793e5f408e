package io.yunyu.ledger.release;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.json.JsonException;
import java.nio.charset.StandardCharsets;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * Puts a release together as one canonical container. The order of work is: {@link #files}, a manifest with their
 * {@link #digests}, its signature, the {@link ReleaseEvent} in the log, a checkpoint that covers it, {@link #assemble}.
 */
public final class ReleaseBundle {
    static final String MANIFEST = "manifest.json";
    static final String MANIFEST_SIGNATURE = "manifest.sig";
    static final String EVENTS = "events.json";
    static final String CHECKPOINT = "checkpoint.txt";
    static final String PROOF = "proof.json";
    static final String APPROVAL = "approval.json";
    static final String CANDIDATE = "candidate.json";
    static final String REPORT = "report.json";

    /** Files that carry their own proof; the manifest does not name them. */
    static final Set<String> SELF_PROVING = Set.of(MANIFEST, MANIFEST_SIGNATURE, EVENTS, CHECKPOINT, PROOF);

    static final Set<String> REQUIRED = Set.of(
            CANDIDATE, REPORT, APPROVAL, "citation.txt", "citation.bib", "citation.csl.json", "citation.datacite.json");

    /** All that a candidate may hold beside its report: a name of its engine's choice would be a message of its own. */
    private static final Set<String> TABLES =
            Set.of("table.csv", "table.json", "table.parquet", "table.arrow", "table.anonymization", "table.html");

    private ReleaseBundle() {}

    static boolean isCandidateFile(String name) {
        return name.equals(CANDIDATE) || name.equals(REPORT) || TABLES.contains(name);
    }

    /** Whether a container with these entries is a candidate: what it was computed from, its report, a table, and nothing else. */
    public static boolean isCandidate(Set<String> names) {
        return names.containsAll(Set.of(CANDIDATE, REPORT))
                && names.stream().anyMatch(TABLES::contains)
                && names.stream().allMatch(ReleaseBundle::isCandidateFile);
    }

    /** Whether the names are exactly such as a manifest may list. */
    static boolean isComplete(Set<String> names) {
        return names.containsAll(REQUIRED)
                && names.stream().anyMatch(TABLES::contains)
                && names.stream().allMatch(n -> REQUIRED.contains(n) || isCandidateFile(n));
    }

    /**
     * The files that the manifest names.
     *
     * @param candidate the entries of the candidate container, unchanged
     * @param citations {@code citation.txt}, {@code .bib}, {@code .csl.json}, {@code .datacite.json}
     * @throws JsonException if a file is missing or unknown
     */
    public static Map<String, byte[]> files(
            Map<String, byte[]> candidate, SignedApproval approval, Map<String, byte[]> citations) {
        Map<String, byte[]> files = new TreeMap<>(candidate);
        files.putAll(citations);
        files.put(APPROVAL, utf8(approval.toText()));
        if (!isComplete(files.keySet())) {
            throw new JsonException("A release needs the candidate's files, at least one table, the approval and the"
                    + " four citations, and nothing else; given were " + files.keySet() + ".");
        }
        return files;
    }

    /** {@code sha256:…} by name: the manifest's member {@code files}. */
    public static Map<String, String> digests(Map<String, byte[]> files) {
        Map<String, String> digests = new TreeMap<>();
        files.forEach((name, content) -> digests.put(name, ContentDigest.of(content)));
        return digests;
    }

    /**
     * The bundle's bytes.
     *
     * @param signature the release key's over the manifest
     * @param events the release event and those it names; put in the order of the log
     * @param checkpointNote covers all of them
     * @param proof inclusion of the events, in the order of the log
     */
    public static byte[] assemble(
            Map<String, byte[]> files,
            ReleaseManifest manifest,
            Signature signature,
            List<LoggedEvent> events,
            String checkpointNote,
            ReleaseProof proof) {
        Map<String, byte[]> entries = new TreeMap<>(files);
        List<LoggedEvent> ordered = events.stream()
                .sorted(Comparator.comparingLong(LoggedEvent::index))
                .toList();
        entries.put(MANIFEST, utf8(manifest.toText()));
        entries.put(MANIFEST_SIGNATURE, utf8(signature.value() + "\n"));
        entries.put(EVENTS, utf8(LoggedEvent.toText(ordered)));
        entries.put(CHECKPOINT, utf8(checkpointNote));
        entries.put(PROOF, utf8(proof.toText()));
        return CanonicalContainer.write(entries);
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
