package io.yunyu.ledger.release;

import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.time.Instant;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What a release is and where it comes from: the document that the platform's release key signs. It names the digest
 * of every file that does not carry a proof of its own.
 *
 * @param agreement uid of the agreement; {@code agreementDigest} is of its canonical text
 * @param candidateDigest {@code sha256:…} of the candidate container that was approved
 * @param provider id of the organization that approved; {@code providerApprovalKeys} are the keys it approves with
 * @param assignee id of the organization that receives the release
 * @param protection the rules as applied, from the disclosure report
 * @param citation the citation as text (GB/T 7714)
 * @param files {@code sha256:…} by file name
 */
public record ReleaseManifest(
        String releaseId,
        String jobId,
        Instant issuedAt,
        String agreement,
        String agreementDigest,
        String candidateDigest,
        String policyVersion,
        String provider,
        List<String> providerApprovalKeys,
        String assignee,
        List<ReleasedDataset> datasets,
        String sql,
        String engineVersion,
        Map<String, Object> protection,
        String citation,
        Map<String, String> files) {
    /** Type under which the manifest is signed. */
    public static final String TYPE = "Release";

    private static final Set<String> MEMBERS = Set.of(
            "@type",
            "releaseId",
            "jobId",
            "issuedAt",
            "agreement",
            "agreementDigest",
            "candidateDigest",
            "policyVersion",
            "provider",
            "providerApprovalKeys",
            "assignee",
            "datasets",
            "sql",
            "engineVersion",
            "protection",
            "citation",
            "files");

    public ReleaseManifest {
        providerApprovalKeys = List.copyOf(providerApprovalKeys);
        datasets = List.copyOf(datasets);
        protection = Collections.unmodifiableMap(new TreeMap<>(protection));
        files = Collections.unmodifiableMap(new TreeMap<>(files));
        if (!files.values().stream().allMatch(ContentDigest::isDigest)
                || !ContentDigest.isDigest(candidateDigest)
                || !ContentDigest.isDigest(agreementDigest)) {
            throw new JsonException("Digests in a manifest must have the form sha256:<64 hex digits>.");
        }
    }

    /** The digest that the release event in the log names. */
    public String digest() {
        return ContentDigest.of(toText());
    }

    /** The canonical text that is signed. */
    public String toText() {
        return Json.write(Json.object(
                "@type",
                TYPE,
                "releaseId",
                releaseId,
                "jobId",
                jobId,
                "issuedAt",
                issuedAt.toString(),
                "agreement",
                agreement,
                "agreementDigest",
                agreementDigest,
                "candidateDigest",
                candidateDigest,
                "policyVersion",
                policyVersion,
                "provider",
                provider,
                "providerApprovalKeys",
                providerApprovalKeys,
                "assignee",
                assignee,
                "datasets",
                datasets.stream().map(ReleasedDataset::toJson).toList(),
                "sql",
                sql,
                "engineVersion",
                engineVersion,
                "protection",
                protection,
                "citation",
                citation,
                "files",
                files));
    }

    /** @throws JsonException if the text is not a manifest in canonical form */
    public static ReleaseManifest parse(String text) {
        JsonObject json = Json.parseObject(text).onlyMembers(MEMBERS);
        ReleaseManifest manifest = new ReleaseManifest(
                json.string("releaseId"),
                json.string("jobId"),
                json.instant("issuedAt"),
                json.string("agreement"),
                json.string("agreementDigest"),
                json.string("candidateDigest"),
                json.string("policyVersion"),
                json.string("provider"),
                json.strings("providerApprovalKeys"),
                json.string("assignee"),
                json.objects("datasets").stream().map(ReleasedDataset::parse).toList(),
                json.string("sql"),
                json.string("engineVersion"),
                json.object("protection").asMap(),
                json.string("citation"),
                json.stringMap("files"));
        if (!manifest.toText().equals(text)) {
            throw new JsonException("The manifest is not in canonical form.");
        }
        return manifest;
    }
}
