package io.yunyu.ledger.release;

import static io.yunyu.ledger.release.ReleaseVerifier.demand;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.Approval;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.ledger.signature.VerificationKey;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/** What the manifest says of the files beside it. */
final class ManifestChecks {
    private final Map<String, byte[]> entries;
    private final TrustAnchor trust;

    ManifestChecks(Map<String, byte[]> entries, TrustAnchor trust) {
        this.entries = entries;
        this.trust = trust;
    }

    Optional<ReleaseManifest> run(ReleaseVerifier.Checks checks) {
        Optional<ReleaseManifest> manifest = checks.run(
                "manifest-signature", "The manifest is signed by the pinned release key.", this::signedManifest);
        manifest.ifPresent(m -> {
            checks.run("files", "Every file is the one that the manifest names.", () -> files(m));
            checks.run("candidate", "The files are the approved candidate's, unchanged.", () -> candidate(m));
            checks.run("approval", "The provider approved this candidate, report and policy.", () -> approval(m));
        });
        return manifest;
    }

    private ReleaseManifest signedManifest() {
        String text = text(entries, ReleaseBundle.MANIFEST);
        String line = text(entries, ReleaseBundle.MANIFEST_SIGNATURE);
        demand(line.endsWith("\n"), "The manifest's signature must be one line.");
        String key = trust.releaseKey().toString();
        Signature signature = new Signature(key, line.substring(0, line.length() - 1));
        demand(
                trust.releaseKey().verifies(ReleaseManifest.TYPE, text, signature),
                "The manifest is not signed by the pinned release key: it was changed, or another platform issued it.");
        return ReleaseManifest.parse(text);
    }

    private Set<String> files(ReleaseManifest manifest) {
        Set<String> expected = new TreeSet<>(manifest.files().keySet());
        demand(ReleaseBundle.isComplete(expected), "The manifest lacks a file or names an unknown one.");
        expected.addAll(ReleaseBundle.SELF_PROVING);
        demand(
                entries.keySet().equals(expected),
                "The bundle lacks a file or holds one that the manifest does not name.");
        manifest.files()
                .forEach((name, digest) -> demand(
                        ContentDigest.of(entries.getOrDefault(name, new byte[0]))
                                .equals(digest),
                        "The file " + name + " differs from the one that was released."));
        return expected;
    }

    private String candidate(ReleaseManifest manifest) {
        Map<String, byte[]> files = new TreeMap<>(entries);
        files.keySet().removeIf(name -> !ReleaseBundle.isCandidateFile(name));
        String digest = ContentDigest.of(CanonicalContainer.write(files));
        demand(digest.equals(manifest.candidateDigest()), "The table's files are not those of the candidate.");
        JsonObject candidate = Json.parseObject(text(entries, ReleaseBundle.CANDIDATE));
        demand(
                candidate.string("jobId").equals(manifest.jobId())
                        && candidate.string("sql").equals(manifest.sql())
                        && candidate.string("agreementDigest").equals(manifest.agreementDigest()),
                "The candidate is of another job, query or agreement than the manifest says.");
        return digest;
    }

    private Approval approval(ReleaseManifest manifest) {
        SignedApproval signed = SignedApproval.parse(text(entries, ReleaseBundle.APPROVAL));
        Approval approval = signed.approval();
        demand(
                manifest.providerApprovalKeys().contains(signed.signature().key()),
                "The approval is signed by a key that is not the provider's.");
        demand(
                VerificationKey.parse(signed.signature().key())
                        .verifies(Approval.TYPE, approval.toText(), signed.signature()),
                "The approval's signature is wrong.");
        demand(approval.decision().equals("APPROVE"), "The provider did not approve.");
        demand(
                approval.organization().equals(manifest.provider())
                        && approval.jobId().equals(manifest.jobId())
                        && approval.candidateDigest().equals(manifest.candidateDigest())
                        && approval.reportDigest().equals(manifest.files().get(ReleaseBundle.REPORT))
                        && approval.policyVersion().equals(manifest.policyVersion()),
                "The approval is of another provider, job, candidate, report or policy version.");
        return approval;
    }

    /** An entry as text. @throws JsonException if it is absent or not UTF-8 */
    static String text(Map<String, byte[]> entries, String name) {
        byte[] content = entries.get(name);
        if (content == null) {
            throw new JsonException("The bundle lacks the file " + name + ".");
        }
        try {
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(content))
                    .toString();
        } catch (CharacterCodingException e) {
            throw new JsonException("The file " + name + " is not valid UTF-8.");
        }
    }
}
