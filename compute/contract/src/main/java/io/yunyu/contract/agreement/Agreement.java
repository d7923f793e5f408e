package io.yunyu.contract.agreement;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What a provider (assigner) lets a developer (assignee) compute, in ODRL's words. Both parties sign its canonical
 * bytes; an access grant is compiled from it and can never allow more.
 *
 * @param uid the agreement's id
 * @param assigner id of the providing organization
 * @param assignee id of the developing organization
 * @param assignerKey public key that the assigner signs with, {@code ed25519:…}
 * @param assigneeKey public key that the assignee signs with
 * @param purpose the one scene that the agreement is for (一场景一申请)
 * @param validFrom inclusive
 * @param validUntil exclusive
 * @param minUnits smallest number of privacy units in a published cell; the stricter of this and the grade's rule wins
 * @param permissions one per dataset
 * @param privacy present if answers are differentially private instead of protected by threshold and cell-key noise
 * @param jobLimits time and memory of one job, where less than the installation's
 * @param programs whether the assignee may have programs of its own make its queries; no, where nothing is said
 * @param publications the planned publications, if the agreement is for such: then nothing else is computed under it
 */
public record Agreement(
        String uid,
        String assigner,
        String assignee,
        String assignerKey,
        String assigneeKey,
        String purpose,
        Instant validFrom,
        Instant validUntil,
        int minUnits,
        List<Permission> permissions,
        Optional<PrivacyClause> privacy,
        Optional<JobLimits> jobLimits,
        boolean programs,
        List<Publication> publications) {
    public static final String TYPE = "Agreement";

    private static final Set<String> MEMBERS = Set.of(
            "@context",
            "@type",
            "uid",
            "assigner",
            "assignee",
            "assignerKey",
            "assigneeKey",
            "purpose",
            "validFrom",
            "validUntil",
            "minUnits",
            "permission",
            "duty",
            "privacy",
            "jobLimits",
            "programs",
            "publications");

    public Agreement {
        permissions = List.copyOf(permissions);
        publications = List.copyOf(publications);
        if (!validFrom.isBefore(validUntil)) {
            throw new JsonException("An agreement must begin before it ends.");
        }
        if (permissions.isEmpty()) {
            throw new JsonException("An agreement needs at least one permission.");
        }
        if (minUnits < 1) {
            throw new JsonException("Member 'minUnits' must be at least 1.");
        }
        if (permissions.stream().map(Permission::target).distinct().count() != permissions.size()) {
            throw new JsonException("An agreement names each dataset once.");
        }
        if (!publications.isEmpty()) {
            checkPublications(publications, permissions, privacy.isPresent() || programs);
        }
    }

    private static void checkPublications(
            List<Publication> publications, List<Permission> permissions, boolean answersOtherwise) {
        if (publications.size() > Publication.MOST
                || publications.stream().map(Publication::sql).distinct().count() != publications.size()) {
            throw new JsonException("An agreement has at most " + Publication.MOST + " publications, all different.");
        }
        // The agreement goes to the engine with each job, and to the vault with each question, in one message.
        if (publications.stream().mapToLong(Publication::length).sum() > Publication.MOST_CHARACTERS) {
            throw new JsonException("The publications of an agreement have at most " + Publication.MOST_CHARACTERS
                    + " characters together. Put some of them into another agreement.");
        }
        if (answersOtherwise || permissions.stream().anyMatch(p -> p.element().isPresent())) {
            throw new JsonException("An agreement for planned publications is for nothing else: put a privacy clause,"
                    + " programs or data elements into another agreement.");
        }
    }

    /** An agreement under which no program runs. */
    public Agreement(
            String uid,
            String assigner,
            String assignee,
            String assignerKey,
            String assigneeKey,
            String purpose,
            Instant validFrom,
            Instant validUntil,
            int minUnits,
            List<Permission> permissions,
            Optional<PrivacyClause> privacy,
            Optional<JobLimits> jobLimits) {
        this(
                uid,
                assigner,
                assignee,
                assignerKey,
                assigneeKey,
                purpose,
                validFrom,
                validUntil,
                minUnits,
                permissions,
                privacy,
                jobLimits,
                false,
                List.of());
    }

    /** The same agreement for planned publications. */
    public Agreement withPublications(List<Publication> planned) {
        return new Agreement(
                uid,
                assigner,
                assignee,
                assignerKey,
                assigneeKey,
                purpose,
                validFrom,
                validUntil,
                minUnits,
                permissions,
                privacy,
                jobLimits,
                programs,
                planned);
    }

    /** The same agreement, under which programs may run. */
    public Agreement withPrograms() {
        return new Agreement(
                uid,
                assigner,
                assignee,
                assignerKey,
                assigneeKey,
                purpose,
                validFrom,
                validUntil,
                minUnits,
                permissions,
                privacy,
                jobLimits,
                true,
                publications);
    }

    /** An agreement without limits of its own on a job's time and memory. */
    public Agreement(
            String uid,
            String assigner,
            String assignee,
            String assignerKey,
            String assigneeKey,
            String purpose,
            Instant validFrom,
            Instant validUntil,
            int minUnits,
            List<Permission> permissions,
            Optional<PrivacyClause> privacy) {
        this(
                uid,
                assigner,
                assignee,
                assignerKey,
                assigneeKey,
                purpose,
                validFrom,
                validUntil,
                minUnits,
                permissions,
                privacy,
                Optional.empty());
    }

    /** An agreement without differential privacy. */
    public Agreement(
            String uid,
            String assigner,
            String assignee,
            String assignerKey,
            String assigneeKey,
            String purpose,
            Instant validFrom,
            Instant validUntil,
            int minUnits,
            List<Permission> permissions) {
        this(
                uid,
                assigner,
                assignee,
                assignerKey,
                assigneeKey,
                purpose,
                validFrom,
                validUntil,
                minUnits,
                permissions,
                Optional.empty());
    }

    public Optional<Permission> permissionFor(String dataset) {
        return permissions.stream().filter(p -> p.target().equals(dataset)).findFirst();
    }

    public boolean isInForceAt(Instant now) {
        return !now.isBefore(validFrom) && now.isBefore(validUntil);
    }

    /** The canonical text that both parties sign. */
    public String toText() {
        return Json.write(Json.object(
                "@context",
                "http://www.w3.org/ns/odrl.jsonld",
                "@type",
                TYPE,
                "uid",
                uid,
                "assigner",
                assigner,
                "assignee",
                assignee,
                "assignerKey",
                assignerKey,
                "assigneeKey",
                assigneeKey,
                "purpose",
                purpose,
                "validFrom",
                validFrom.toString(),
                "validUntil",
                validUntil.toString(),
                "minUnits",
                minUnits,
                "permission",
                permissions.stream().map(Permission::toJson).toList(),
                // 第四十条: results name their source and the date of acquisition.
                "duty",
                List.of(Map.of("action", "attribute")),
                "privacy",
                privacy.map(PrivacyClause::toJson).orElse(null),
                "jobLimits",
                jobLimits.map(JobLimits::toJson).orElse(null),
                "programs",
                programs ? true : null,
                "publications",
                publications.isEmpty()
                        ? null
                        : publications.stream().map(Publication::toJson).toList()));
    }

    /** @throws JsonException if the text is not an agreement in canonical form */
    public static Agreement parse(String text) {
        Agreement agreement = draft(text);
        if (!agreement.toText().equals(text)) {
            throw new JsonException(
                    "The agreement is not in canonical form, so that its signature could not be checked.");
        }
        return agreement;
    }

    /**
     * An agreement as its author writes it, in whatever order and spacing, and with what follows from other members left
     * out; {@link #toText} is what can be signed.
     *
     * @throws JsonException if the text is no agreement
     */
    public static Agreement draft(String text) {
        JsonObject json = Json.parseObject(text).onlyMembers(MEMBERS);
        return new Agreement(
                json.string("uid"),
                json.string("assigner"),
                json.string("assignee"),
                json.string("assignerKey"),
                json.string("assigneeKey"),
                json.string("purpose"),
                json.instant("validFrom"),
                json.instant("validUntil"),
                json.intValue("minUnits"),
                json.objects("permission").stream().map(Permission::parse).toList(),
                json.has("privacy") ? Optional.of(PrivacyClause.parse(json.object("privacy"))) : Optional.empty(),
                json.has("jobLimits") ? Optional.of(JobLimits.parse(json.object("jobLimits"))) : Optional.empty(),
                json.has("programs") && json.bool("programs"),
                json.has("publications")
                        ? json.objects("publications").stream()
                                .map(Publication::parse)
                                .toList()
                        : List.of());
    }
}
