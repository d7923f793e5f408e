package io.yunyu.vault;

import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import io.yunyu.vault.crypto.Ed25519;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** An organization with a key of its own, and the documents it writes. */
record Party(String name, Ed25519 key) {
    static final Instant FROM = Instant.parse("2026-01-01T00:00:00Z");
    static final Instant UNTIL = Instant.parse("2027-01-01T00:00:00Z");

    static Party named(String name) {
        return new Party(name, new Ed25519(Ed25519.generate()));
    }

    String publicKey() {
        return key.publicKeyText();
    }

    /** A vault that made the keys of this provider's dataset 'visits'. */
    RunningVault vaultOfVisits(Path directory) throws IOException {
        RunningVault vault = new RunningVault(directory);
        IngestOrder order = order("visits", "persons");
        vault.newTableKeys(order, sign(order), "visits", "age", "__log").object("ok");
        return vault;
    }

    IngestOrder order(String dataset, String family) {
        return new IngestOrder(
                dataset,
                "门诊",
                "Visits",
                name,
                publicKey(),
                family,
                "person_id",
                "CONDITIONAL",
                "ORIGINAL",
                LocalDate.of(2026, 1, 2),
                true,
                false,
                new Source.Csv("visits.csv", ","),
                List.of());
    }

    Agreement agreement(Party assignee, String dataset) {
        return agreement(assignee, List.of(dataset));
    }

    Agreement agreement(Party assignee, List<String> datasets) {
        List<Permission> permissions = datasets.stream()
                .map(d -> new Permission(
                        d,
                        Map.of(
                                "age", Set.of(ColumnUse.GROUP_BY),
                                "fee", Set.of(ColumnUse.MEASURE, ColumnUse.FILTER),
                                "hidden", Set.of())))
                .toList();
        return new Agreement(
                "agr-1",
                name,
                assignee.name,
                publicKey(),
                assignee.publicKey(),
                "cost study",
                FROM,
                UNTIL,
                10,
                permissions);
    }

    /** An agreement on the dataset 'visits' under a privacy clause, in force from and until. */
    Agreement agreement(Party assignee, String uid, Instant from, Instant until, PrivacyClause clause) {
        Agreement plain = agreement(assignee, "visits");
        return new Agreement(
                uid,
                plain.assigner(),
                plain.assignee(),
                plain.assignerKey(),
                plain.assigneeKey(),
                plain.purpose(),
                from,
                until,
                plain.minUnits(),
                plain.permissions(),
                Optional.of(clause));
    }

    /** What an engine asks for a query's noise under an agreement between this provider and the assignee. */
    Map<String, Object> queryNoise(Agreement agreement, Party assignee, String query, long rho, long delta) {
        return Json.object(
                "op",
                "queryNoise",
                "agreement",
                agreement.toText(),
                "signatures",
                signatures(agreement, assignee),
                "family",
                "persons",
                "query",
                ContentDigest.of(query),
                "rhoMicros",
                rho,
                "deltaPicos",
                delta);
    }

    /** Both parties'. */
    List<Map<String, Object>> signatures(Agreement agreement, Party assignee) {
        return Stream.of(sign(agreement), assignee.sign(agreement))
                .map(Signature::toJson)
                .toList();
    }

    Signature sign(IngestOrder order) {
        return key.sign(IngestOrder.TYPE, order.toText());
    }

    Signature sign(Agreement agreement) {
        return key.sign(Agreement.TYPE, agreement.toText());
    }
}
