package io.yunyu.vault;

import io.yunyu.contract.channel.SealingContext;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.merkle.MerkleHashing;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.vault.crypto.Hpke;
import io.yunyu.vault.store.KeyStore;
import io.yunyu.vault.store.KeyStoreException;
import java.security.GeneralSecurityException;
import java.time.Clock;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What the vault does, one request at a time: {@code {"op":…}} to {@code {"ok":{…}}} or {@code {"refused":CODE,
 * "detail":TEXT}}. It believes signed documents only, and every request leaves a line in its own log. Safe for several
 * threads.
 */
public final class Vault {
    private static final int MAX_ID = 200;
    private static final int MAX_PROOF = 128;

    private final KeyStore store;
    private final DatasetKeys datasets;
    private final EngineQuestions questions;
    private final Signatures signatures;
    private final VaultLog log;

    /**
     * @param origin name of the log, fixed at the first start
     * @throws ProblemException if the log was given another name before
     */
    public Vault(KeyStore store, Optional<String> origin, Clock clock, VaultLog log) {
        this.store = store;
        this.datasets = new DatasetKeys(store);
        this.questions = new EngineQuestions(datasets, clock);
        this.signatures = new Signatures(store, origin);
        this.log = log;
    }

    /** Public keys, and the name of the log. */
    public Map<String, Object> publicKeys() {
        return Json.object(
                "releaseKey", signatures.releaseKey(), "logVkey", signatures.logVkey(), "origin", signatures.origin());
    }

    /** Answers a request; never throws. */
    public Map<String, Object> answer(JsonObject request) {
        try {
            Map<String, Object> ok = dispatch(request);
            log.request(request, Optional.empty());
            return Map.of("ok", ok);
        } catch (ProblemException e) {
            return refused(request, e.problem());
        } catch (JsonException e) {
            return refused(request, new Problem(ProblemCode.BAD_REQUEST, String.valueOf(e.getMessage())));
        } catch (KeyStoreException e) {
            return refused(request, new Problem(ProblemCode.INTERNAL, String.valueOf(e.getMessage())));
        } catch (RuntimeException e) {
            // The outermost door of a request. Only the exception's type is told: its message may hold anything.
            String what = e.getClass().getSimpleName();
            log.event("failed", what + " at " + (e.getStackTrace().length > 0 ? e.getStackTrace()[0] : "?"));
            return refused(request, new Problem(ProblemCode.INTERNAL, "The vault failed (" + what + "); see its log."));
        }
    }

    private Map<String, Object> refused(JsonObject request, Problem problem) {
        log.request(request, Optional.of(problem));
        return Json.object("refused", problem.code().name(), "detail", problem.detail());
    }

    private Map<String, Object> dispatch(JsonObject request) {
        return switch (request.string("op")) {
            case "status" -> Json.object("ready", true, "origin", signatures.origin());
            case "publicKeys" -> publicKeys();
            case "lastCheckpoint" -> Json.object("size", signatures.lastSize());
            case "reviewKey" -> Json.object("sealTo", Hpke.publicKey(reviewKey(organization(request))));
            case "approvalKey" -> Json.object("key", signatures.approvalKey(organization(request)));
            case "engineQuestion" -> engineQuestion(request);
            case "sign" -> sign(request);
            case "openCandidate" -> openCandidate(request);
            case "approve" ->
                signatures
                        .approve(organization(request), request.string("approval"))
                        .toJson();
            case "destroyDataset" -> destroy(request);
            default -> throw Refusals.badRequest("The vault does not know this op.");
        };
    }

    private Map<String, Object> engineQuestion(JsonObject request) {
        request.onlyMembers(Set.of("op", "sealTo", "question"));
        return questions.answer(request.string("sealTo"), request.object("question"));
    }

    private Map<String, Object> sign(JsonObject request) {
        request.onlyMembers(Set.of("op", "purpose", "body", "proof"));
        String body = request.string("body");
        return switch (request.string("purpose")) {
            case "checkpoint" -> signatures.signCheckpoint(body, proof(request));
            case "release" -> signatures.signRelease(body).toJson();
            default -> throw Refusals.badRequest("Member 'purpose' must be checkpoint or release.");
        };
    }

    private static List<byte[]> proof(JsonObject request) {
        List<String> hashes = request.has("proof") ? request.strings("proof") : List.of();
        if (hashes.size() > MAX_PROOF) {
            throw new JsonException("Member 'proof' has at most " + MAX_PROOF + " hashes.");
        }
        return hashes.stream()
                .map(hash -> StrictBase64.decode(hash, MerkleHashing.HASH_BYTES, "A hash of a proof"))
                .toList();
    }

    private Map<String, Object> openCandidate(JsonObject request) {
        request.onlyMembers(Set.of("op", "jobId", "organization", "sealed", "reviewer"));
        String organization = organization(request);
        String jobId = request.string("jobId");
        if (request.string("reviewer").isBlank()) {
            throw new JsonException("Member 'reviewer' must name who opens the candidate.");
        }
        byte[] sealed = StrictBase64.decode(request.string("sealed"), "A sealed candidate");
        try {
            byte[] container = Hpke.open(reviewKey(organization), sealed, SealingContext.candidate(jobId));
            return Json.object("container", StrictBase64.encode(container));
        } catch (GeneralSecurityException e) {
            throw Refusals.key("The candidate of job '" + jobId + "' does not open for organization '" + organization
                    + "': it was changed, or sealed for another provider or job.");
        }
    }

    private Map<String, Object> destroy(JsonObject request) {
        request.onlyMembers(Set.of("op", "order", "signature"));
        DestroyOrder order = DestroyOrder.verified(request, datasets);
        return Json.object("dataset", order.dataset(), "keysDestroyed", datasets.destroy(order.dataset()));
    }

    private byte[] reviewKey(String organization) {
        return store.getOrCreate("review/" + organization, Hpke::generate);
    }

    private static String organization(JsonObject request) {
        String organization = request.string("organization");
        if (organization.isBlank() || organization.length() > MAX_ID) {
            throw new JsonException("Member 'organization' must be 1 to " + MAX_ID + " characters.");
        }
        return organization;
    }
}
