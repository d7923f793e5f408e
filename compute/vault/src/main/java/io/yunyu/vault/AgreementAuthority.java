package io.yunyu.vault;

import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.vault.crypto.Ed25519;
import java.time.Clock;
import java.time.Instant;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** What an agreement that both parties signed lets a developer's job read. */
final class AgreementAuthority {
    private static final int MOST_KNOWN = 100;

    private final DatasetKeys keys;
    private final Clock clock;
    /** Digests of agreements and signatures that hold, the latest: a job asks a dozen times in the name of one. */
    private final Set<String> known = Collections.synchronizedSet(Collections.newSetFromMap(new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Boolean> eldest) {
            return size() > MOST_KNOWN;
        }
    }));

    AgreementAuthority(DatasetKeys keys, Clock clock) {
        this.keys = keys;
        this.clock = clock;
    }

    /**
     * The agreement of a question, if both signatures hold and it is in force now.
     *
     * @throws ProblemException to refuse
     */
    Agreement verified(JsonObject question) {
        Agreement agreement = signed(question);
        Instant now = clock.instant();
        if (!agreement.isInForceAt(now)) {
            throw new ProblemException(
                    ProblemCode.AGREEMENT_NOT_IN_FORCE,
                    "Agreement '" + agreement.uid() + "' is in force from " + agreement.validFrom() + " until before "
                            + agreement.validUntil() + "; it is now " + now + ".");
        }
        return agreement;
    }

    /** What the agreement permits of a dataset, if the dataset's own provider signed it. */
    Permission permission(Agreement agreement, String dataset) {
        Permission permission = agreement
                .permissionFor(dataset)
                .orElseThrow(() ->
                        Refusals.key("Agreement '" + agreement.uid() + "' does not cover dataset '" + dataset + "'."));
        DatasetPin pin = keys.pin(dataset)
                .orElseThrow(() -> Refusals.key("Dataset '" + dataset + "' is not known to the vault."));
        if (!pin.providerKey().equals(agreement.assignerKey())
                || !pin.provider().equals(agreement.assigner())) {
            throw Refusals.key("Agreement '" + agreement.uid() + "' is not signed by the provider of dataset '"
                    + dataset + "', '" + pin.provider() + "'.");
        }
        return permission;
    }

    /** Refuses unless a granted dataset, signed for by its own provider, belongs to the family. */
    void requireFamily(Agreement agreement, String family) {
        for (Permission permission : agreement.permissions()) {
            boolean member = keys.pin(permission.target())
                    .map(p -> p.family().equals(family))
                    .orElse(false);
            if (member) {
                permission(agreement, permission.target());
                return;
            }
        }
        throw Refusals.key("Agreement '" + agreement.uid() + "' covers no dataset of family '" + family + "'.");
    }

    private Agreement signed(JsonObject question) {
        try {
            String text = question.string("agreement");
            Agreement agreement = Agreement.parse(text);
            List<Signature> signatures = question.objects("signatures").stream()
                    .map(Signature::parse)
                    .toList();
            if (agreement.assignerKey().equals(agreement.assigneeKey())) {
                throw Refusals.key("Agreement '" + agreement.uid() + "' names one key for both parties.");
            }
            String digest = digest(text, signatures);
            if (!known.contains(digest)) {
                requireSignature("assigner", agreement.assignerKey(), agreement, signatures);
                requireSignature("assignee", agreement.assigneeKey(), agreement, signatures);
                known.add(digest);
            }
            return agreement;
        } catch (JsonException e) {
            throw Refusals.key("The agreement cannot be accepted: " + e.getMessage());
        }
    }

    private static String digest(String agreement, List<Signature> signatures) {
        return ContentDigest.of(Json.bytes(Json.object(
                "agreement",
                agreement,
                "signatures",
                signatures.stream().map(Signature::toJson).toList())));
    }

    private static void requireSignature(String party, String key, Agreement agreement, List<Signature> signatures) {
        String text = agreement.toText();
        if (signatures.stream().noneMatch(s -> Ed25519.verifies(key, Agreement.TYPE, text, s))) {
            throw Refusals.key("Agreement '" + agreement.uid() + "' is not signed by the " + party + " that it names.");
        }
    }
}
