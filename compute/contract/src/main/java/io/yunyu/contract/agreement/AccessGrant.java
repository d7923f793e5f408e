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
 * @param privacy the agreement's clause on differential privacy, if it has one; perhaps with a cheaper query
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
        List<GrantedTable> tables,
        Optional<PrivacyClause> privacy) {
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
            "tables",
            "privacy");

    public AccessGrant {
        tables = List.copyOf(tables);
    }

    /** A grant without differential privacy. */
    public AccessGrant(
            String id,
            String agreement,
            String agreementDigest,
            String assignee,
            String purpose,
            Instant validFrom,
            Instant validUntil,
            ProtectionRules protection,
            List<GrantedTable> tables) {
        this(
                id,
                agreement,
                agreementDigest,
                assignee,
                purpose,
                validFrom,
                validUntil,
                protection,
                tables,
                Optional.empty());
    }

    /** The grant with another clause on differential privacy. */
    public AccessGrant with(PrivacyClause clause) {
        return new AccessGrant(
                id,
                agreement,
                agreementDigest,
                assignee,
                purpose,
                validFrom,
                validUntil,
                protection,
                tables,
                Optional.of(clause));
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
                tables.stream().map(GrantedTable::toJson).toList(),
                "privacy",
                privacy.map(PrivacyClause::toJson).orElse(null)));
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
                json.objects("tables").stream().map(GrantedTable::parse).toList(),
                json.has("privacy") ? Optional.of(PrivacyClause.parse(json.object("privacy"))) : Optional.empty());
    }
}
