package io.yunyu.api.review;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.yunyu.api.agreement.AgreementService;
import io.yunyu.api.catalog.DataElement;
import io.yunyu.api.identity.Actor;
import io.yunyu.api.job.Job;
import io.yunyu.api.program.Programs;
import io.yunyu.api.web.Form;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;
import org.springframework.http.MediaType;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What waits for a provider's decision, and the decision. */
@RestController
@RequestMapping("/api/v1/reviews")
class ReviewController {
    private final ReviewService service;
    private final AgreementService agreements;
    private final Programs programs;

    ReviewController(ReviewService service, AgreementService agreements, Programs programs) {
        this.service = service;
        this.agreements = agreements;
        this.programs = programs;
    }

    record DecisionForm(String decision, @Nullable String reason, @Nullable ApprovalForm approval) {
        DecisionForm {
            if (!Set.of("approve", "refuse").contains(Form.text(decision, "decision"))) {
                throw new JsonException("Member 'decision' must be approve or refuse.");
            }
            if (decision.equals("refuse") && (reason == null || reason.isBlank())) {
                throw new JsonException("A refusal needs a reason, so that the developer can change the query.");
            }
            if (reason != null && reason.length() > 2000) {
                throw new JsonException("Member 'reason' has at most 2000 characters.");
            }
        }
    }

    record ApprovalForm(String document, SignatureForm signature) {
        ApprovalForm {
            Form.text(document, "document");
            Form.present(signature, "signature");
        }
    }

    record SignatureForm(String key, String value) {
        SignatureForm {
            Form.text(key, "key");
            Form.text(value, "value");
        }
    }

    @GetMapping
    Map<String, Object> waiting(@AuthenticationPrincipal Actor actor) {
        return Map.of(
                "reviews",
                service.waiting(actor).stream()
                        .map(job -> Json.object(
                                "jobId", job.id(),
                                "agreementId", job.agreement(),
                                "developer", job.developer(),
                                "submittedBy", job.person(),
                                "submittedAt", job.createdAt().toString()))
                        .toList());
    }

    /** Canonical text, since the table's decimals must not pass through binary floating point. */
    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/Review")))
    @GetMapping(value = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    String open(@AuthenticationPrincipal Actor actor, @PathVariable String id) {
        ReviewService.Review review = service.open(actor, id);
        Job job = review.job();
        Candidate candidate = review.candidate();
        return Json.write(Json.object(
                "jobId", job.id(),
                "agreementId", job.agreement(),
                "purpose", agreements.get(job.agreement()).agreement().purpose(),
                "developer", job.developer(),
                "submittedBy", job.person(),
                "submittedAt", job.createdAt().toString(),
                "kind", job.kind(),
                "sql", job.sql(),
                "programs",
                        programs.originsOf(job.id()).stream()
                                .map(origin -> Json.object(
                                        "program", origin.program(),
                                        "table", origin.table(),
                                        "jar", origin.jar(),
                                        "mainClass", origin.mainClass()))
                                .toList(),
                "report", Json.parse(candidate.report()),
                "table", review.table().json(),
                "view", (job.makesElement() ? review.view().budgetsOnly() : review.view()).toJson(),
                "anonymization", review.anonymization().orElse(null),
                "earlierElements",
                        review.earlier().stream().map(DataElement::release).toList(),
                "candidateDigest", candidate.digest(),
                "reportDigest", candidate.reportDigest(),
                "policyVersion", candidate.policyVersion(),
                "reviewer", actor.person(),
                "organization", actor.organization()));
    }

    @PostMapping("/{id}/decision")
    Map<String, Object> decide(
            @AuthenticationPrincipal Actor actor, @PathVariable String id, @RequestBody DecisionForm form) {
        ApprovalForm approval = form.approval();
        String reason = form.reason() == null ? "" : form.reason();
        Job job = approval == null
                ? service.decideByVault(actor, id, form.decision(), reason)
                : service.decideSigned(
                        actor,
                        id,
                        form.decision(),
                        approval.document(),
                        new Signature(
                                approval.signature().key(), approval.signature().value()));
        return Json.object("jobId", job.id(), "state", job.state().name());
    }
}
