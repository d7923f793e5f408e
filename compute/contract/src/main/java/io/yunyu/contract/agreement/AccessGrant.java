package io.yunyu.contract.agreement;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * What one agreement lets its assignee's jobs do on the catalog as it stands: the compiled form that the plan policy
 * reads. It is a function of the agreement and the catalog and carries no authority of its own; keys are released
 * against the signed agreement.
 *
 * @param agreementDigest {@code sha256:…} of the agreement's bytes
 * @param tables the granted tables, names unique
 */
public record AccessGrant(
        String id,
        String agreement,
        String agreementDigest,
        String assignee,
        String purpose,
        Instant validFrom,
        Instant validUntil,
        ProtectionRules protection,
        List<GrantedTable> tables) {
    private static final Set<String> MEMBERS = Set.of(
            "@type",
            "id",
            "agreement",
            "agreementDigest",
            "assignee",
            "purpose",
            "validFrom",
            "validUntil",
            "protection",
            "tables");

    public AccessGrant {
        tables = List.copyOf(tables);
    }

    public Optional<GrantedTable> table(String name) {
        return tables.stream().filter(t -> t.name().equalsIgnoreCase(name)).findFirst();
    }

    public String toText() {
        return Json.write(Json.object(
                "@type",
                "AccessGrant",
                "id",
                id,
                "agreement",
                agreement,
                "agreementDigest",
                agreementDigest,
                "assignee",
                assignee,
                "purpose",
                purpose,
                "validFrom",
                validFrom.toString(),
                "validUntil",
                validUntil.toString(),
                "protection",
                protection.toJson(),
                "tables",
                tables.stream().map(GrantedTable::toJson).toList()));
    }

    /** @throws io.yunyu.contract.json.JsonException if the text is not a grant */
    public static AccessGrant parse(String text) {
        JsonObject json = Json.parseObject(text).onlyMembers(MEMBERS);
        return new AccessGrant(
                json.string("id"),
                json.string("agreement"),
                json.string("agreementDigest"),
                json.string("assignee"),
                json.string("purpose"),
                json.instant("validFrom"),
                json.instant("validUntil"),
                ProtectionRules.parse(json.object("protection")),
                json.objects("tables").stream().map(GrantedTable::parse).toList());
    }
}
