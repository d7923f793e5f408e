package io.yunyu.api.engine;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.VaultClient;
import io.yunyu.ledger.checkpoint.LogKey;
import io.yunyu.ledger.release.TrustAnchor;
import io.yunyu.ledger.signature.VerificationKey;
import java.io.IOException;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** The vault process, over its Unix socket. */
final class SocketVault implements Vault {
    private final VaultClient client;
    private volatile @Nullable TrustAnchor trust;

    SocketVault(VaultClient client) {
        this.client = client;
    }

    @Override
    public String reviewKey(String provider) {
        return client.call(Json.object("op", "reviewKey", "organization", provider))
                .string("sealTo");
    }

    @Override
    public byte[] openCandidate(String provider, String jobId, String opener, byte[] sealed) {
        JsonObject answer = client.call(Json.object(
                "op", "openCandidate",
                "organization", provider,
                "jobId", jobId,
                "reviewer", opener,
                "sealed", StrictBase64.encode(sealed)));
        return StrictBase64.decode(answer.string("container"), "An opened candidate");
    }

    @Override
    public String approvalKey(String provider) {
        return client.call(Json.object("op", "approvalKey", "organization", provider))
                .string("key");
    }

    @Override
    public Signature signApproval(String provider, String document) {
        return Signature.parse(
                client.call(Json.object("op", "approve", "organization", provider, "approval", document)));
    }

    @Override
    public Signature signRelease(String document) {
        return Signature.parse(client.call(Json.object("op", "sign", "purpose", "release", "body", document)));
    }

    @Override
    public String sign(Checkpoint checkpoint, Continuation continuation) throws IOException {
        try {
            long last = client.call(Json.object("op", "lastCheckpoint")).longValue("size");
            // From a larger size there is no proof, and the vault says why it refuses.
            List<String> proof = last > checkpoint.size()
                    ? List.of()
                    : continuation.from(last).path().stream()
                            .map(StrictBase64::encode)
                            .toList();
            return client.call(Json.object(
                            "op", "sign", "purpose", "checkpoint", "body", checkpoint.toText(), "proof", proof))
                    .string("note");
        } catch (ProblemException e) {
            throw new IOException(
                    "The vault did not sign the checkpoint: " + e.problem().detail(), e);
        }
    }

    @Override
    public TrustAnchor trust() {
        TrustAnchor known = trust;
        if (known == null) {
            JsonObject keys = client.call(Json.object("op", "publicKeys"));
            known = new TrustAnchor(
                    VerificationKey.parse(keys.string("releaseKey")), LogKey.parse(keys.string("logVkey")));
            trust = known;
        }
        return known;
    }
}
