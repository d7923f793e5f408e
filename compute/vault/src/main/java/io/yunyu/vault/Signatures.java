package io.yunyu.vault;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.contract.checkpoint.NoteKey;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.job.Approval;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.merkle.ConsistencyProof;
import io.yunyu.vault.crypto.Ed25519;
import io.yunyu.vault.store.KeyStore;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** What the vault signs, and the keys it signs with: release, log, and one approval key per provider. */
final class Signatures {
    private static final String LAST = "log/last";

    private final KeyStore store;
    private final String origin;

    /** @param wantedOrigin name of the log; kept from the first start on */
    Signatures(KeyStore store, Optional<String> wantedOrigin) {
        this.store = store;
        byte[] kept = store.getOrCreate("log/origin", () -> wantedOrigin
                .map(Signatures::valid)
                .orElseGet(this::defaultOrigin)
                .getBytes(StandardCharsets.UTF_8));
        this.origin = new String(kept, StandardCharsets.UTF_8);
        if (wantedOrigin.isPresent() && !wantedOrigin.get().equals(origin)) {
            throw Refusals.badRequest("The log of this vault is named '" + origin
                    + "' since its first start; a log cannot be renamed. Leave --origin out or give that name.");
        }
    }

    String origin() {
        return origin;
    }

    String releaseKey() {
        return key("signing/release").publicKeyText();
    }

    String logVkey() {
        return noteKey().toText();
    }

    String approvalKey(String organization) {
        return key("approval/" + organization).publicKeyText();
    }

    /** Size of the checkpoint signed last, 0 if there is none: where the next one's proof has to begin. */
    long lastSize() {
        return last().map(Checkpoint::size).orElse(0L);
    }

    private Optional<Checkpoint> last() {
        return store.get(LAST).map(b -> Checkpoint.parse(new String(b, StandardCharsets.UTF_8)));
    }

    /**
     * Signs a checkpoint and remembers it first: whatever the control plane was made to believe, the log never shrinks,
     * never shows two roots of one size, and always continues what was signed before.
     *
     * @param proof hashes that lead from the last signed size to this one (RFC 9162 section 2.1.4)
     */
    synchronized Map<String, Object> signCheckpoint(String body, List<byte[]> proof) {
        Checkpoint checkpoint = Checkpoint.parse(body);
        if (!checkpoint.origin().equals(origin)) {
            throw Refusals.key(
                    "The checkpoint is of log '" + checkpoint.origin() + "'; this vault signs '" + origin + "'.");
        }
        Optional<Checkpoint> last = last();
        last.ifPresent(l -> requireForward(l, checkpoint, proof));
        if (!last.equals(Optional.of(checkpoint))) {
            store.put(LAST, body.getBytes(StandardCharsets.UTF_8));
        }
        byte[] signature = key("signing/log").sign(body.getBytes(StandardCharsets.UTF_8));
        return Json.object(
                "signature", StrictBase64.encode(signature), "note", noteKey().note(checkpoint, signature));
    }

    private static void requireForward(Checkpoint last, Checkpoint next, List<byte[]> proof) {
        if (next.size() < last.size()) {
            throw Refusals.key("A checkpoint of size " + last.size() + " was signed before; one of size " + next.size()
                    + " would roll the log back. Restore the newest backup of the database.");
        }
        if (next.size() == last.size() && !next.root().equals(last.root())) {
            throw Refusals.key("A checkpoint of size " + last.size() + " with another root was signed before; this one"
                    + " would fork the log. Restore the newest backup of the database.");
        }
        if (next.size() > last.size()
                && !new ConsistencyProof(last.size(), next.size(), proof).holds(last.rootHash(), next.rootHash())) {
            throw Refusals.key("The checkpoint of size " + next.size() + " is not proved to continue the one of size "
                    + last.size() + " that was signed before; it would change the log's past. Restore the newest backup"
                    + " of the database.");
        }
    }

    Signature signRelease(String manifest) {
        JsonObject json = Json.parseObject(manifest);
        if (!Json.write(json.asMap()).equals(manifest) || !json.string("@type").equals("Release")) {
            throw Refusals.badRequest("A release's manifest must be canonical JSON with @type Release.");
        }
        return key("signing/release").sign("Release", manifest);
    }

    /** Signs an approval with the organization's key; that its reviewer has just signed in is the caller's to ensure. */
    Signature approve(String organization, String text) {
        Approval approval = Approval.parse(text);
        if (!approval.organization().equals(organization)) {
            throw Refusals.key("The approval is of organization '" + approval.organization() + "', not of '"
                    + organization + "'.");
        }
        return key("approval/" + organization).sign(Approval.TYPE, text);
    }

    private NoteKey noteKey() {
        return new NoteKey(origin, key("signing/log").publicKey());
    }

    private Ed25519 key(String name) {
        return new Ed25519(store.getOrCreate(name, Ed25519::generate));
    }

    private static String valid(String origin) {
        return new NoteKey(origin, new byte[32]).name();
    }

    private String defaultOrigin() {
        byte[] key = key("signing/log").publicKey();
        return "yunyu/" + java.util.HexFormat.of().formatHex(key, 0, 4);
    }
}
