package io.yunyu.contract.job;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.time.Instant;
import java.util.Set;

/**
 * A reviewer's decision on one candidate. It is signed, and it lapses when candidate, report or policy version change,
 * for it names all three.
 *
 * @param candidateDigest of the candidate container
 * @param reportDigest of the disclosure report's bytes
 * @param decision {@code APPROVE} or {@code REFUSE}
 * @param reason required for a refusal; may be empty for an approval
 */
public record Approval(
        String jobId,
        String candidateDigest,
        String reportDigest,
        String policyVersion,
        String decision,
        String reason,
        String reviewer,
        String organization,
        Instant at) {
    public static final String TYPE = "Approval";

    public Approval {
        if (!decision.equals("APPROVE") && !decision.equals("REFUSE")) {
            throw new JsonException("Member 'decision' must be APPROVE or REFUSE.");
        }
        if (decision.equals("REFUSE") && reason.isBlank()) {
            throw new JsonException("A refusal needs a reason, so that the developer can change the query.");
        }
    }

    public String toText() {
        return Json.write(Json.object(
                "@type",
                TYPE,
                "jobId",
                jobId,
                "candidateDigest",
                candidateDigest,
                "reportDigest",
                reportDigest,
                "policyVersion",
                policyVersion,
                "decision",
                decision,
                "reason",
                reason,
                "reviewer",
                reviewer,
                "organization",
                organization,
                "at",
                at.toString()));
    }

    public static Approval parse(String text) {
        JsonObject json = Json.parseObject(text)
                .onlyMembers(Set.of(
                        "@type",
                        "jobId",
                        "candidateDigest",
                        "reportDigest",
                        "policyVersion",
                        "decision",
                        "reason",
                        "reviewer",
                        "organization",
                        "at"));
        Approval approval = new Approval(
                json.string("jobId"),
                json.string("candidateDigest"),
                json.string("reportDigest"),
                json.string("policyVersion"),
                json.string("decision"),
                json.string("reason"),
                json.string("reviewer"),
                json.string("organization"),
                json.instant("at"));
        if (!approval.toText().equals(text)) {
            throw new JsonException(
                    "The approval is not in canonical form, so that its signature could not be checked.");
        }
        return approval;
    }
}
