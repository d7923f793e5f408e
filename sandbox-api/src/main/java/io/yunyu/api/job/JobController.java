package io.yunyu.api.job;

import io.swagger.v3.oas.annotations.media.Content;
import io.swagger.v3.oas.annotations.media.Schema;
import io.swagger.v3.oas.annotations.responses.ApiResponse;
import io.yunyu.api.engine.RunOutcome;
import io.yunyu.api.identity.Actor;
import io.yunyu.api.state.State;
import io.yunyu.api.web.Form;
import io.yunyu.api.web.ProblemJson;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestHeader;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Queries: check, submit, follow, cancel. */
@RestController
@RequestMapping("/api/v1")
class JobController {
    private final JobService service;

    JobController(JobService service) {
        this.service = service;
    }

    /**
     * @param sql of kind {@code sql}
     * @param request of kind {@code anonymize}: text of JSON {@code {dataset, spec}}
     * @param publication of kind {@code publication}: which of the agreement's planned publications, counted from 1
     */
    record JobForm(
            String agreementId,
            String kind,
            @Nullable String sql,
            @Nullable String request,
            @Nullable Object publication,
            @Nullable Object rhoMicros,
            @Nullable String priority) {
        JobForm {
            Form.text(agreementId, "agreementId");
            if (publication != null && !Job.PUBLICATION.equals(kind)) {
                throw new JsonException("Member 'publication' goes with kind publication only. Leave one of them out.");
            } else if (Job.QUERY.equals(kind)) {
                Form.text(sql, "sql");
            } else if (Job.ELEMENT.equals(kind)) {
                Form.text(request, "request");
            } else if (!Job.PUBLICATION.equals(kind)) {
                throw new JsonException("Member 'kind' must be sql, publication or anonymize.");
            } else if (sql != null || request != null) {
                throw new JsonException("A planned publication is named by its number; its query is in the agreement.");
            }
        }

        String text() {
            if (Job.PUBLICATION.equals(kind)) {
                return String.valueOf(Form.whole(publication, "publication")
                        .orElseThrow(() -> new JsonException("Member 'publication' is missing.")));
            }
            return Job.QUERY.equals(kind) ? String.valueOf(sql) : Json.write(Json.parse(String.valueOf(request)));
        }
    }

    record CheckForm(String agreementId, String sql) {
        CheckForm {
            Form.text(agreementId, "agreementId");
            Form.text(sql, "sql");
        }
    }

    @PostMapping("/jobs")
    ResponseEntity<Map<String, Object>> submit(
            @AuthenticationPrincipal Actor actor,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody JobForm form) {
        Job job = service.submit(
                actor,
                form.agreementId(),
                form.kind(),
                form.text(),
                Priority.parse(form.priority()),
                Form.whole(form.rhoMicros(), "rhoMicros"),
                Form.idempotencyKey(key));
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/jobs/" + job.id()))
                .body(Json.object("id", job.id(), "state", job.state().name()));
    }

    @ApiResponse(
            responseCode = "200",
            content = @Content(mediaType = "application/json", schema = @Schema(ref = "#/components/schemas/Verdict")))
    @PostMapping("/checks")
    Map<String, Object> check(@AuthenticationPrincipal Actor actor, @RequestBody CheckForm form) {
        RunOutcome outcome = service.check(actor, form.agreementId(), form.sql());
        EngineResult result = outcome.result();
        if (result.status() == EngineResult.Status.FAILED) {
            throw new ProblemException(result.problem()
                    .orElse(new Problem(ProblemCode.ENGINE_ENDED, "The engine ended without a verdict. Try again.")));
        }
        boolean refused = result.status() == EngineResult.Status.REFUSED
                || result.report().map(DisclosureReport::refused).orElse(false);
        return Json.object(
                "verdict", refused ? "refused" : "pass",
                "problem",
                        result.problem()
                                .map(p -> ProblemJson.members(p, result.report()))
                                .orElse(null),
                "findings", findings(result.report()));
    }

    @GetMapping("/jobs")
    Map<String, Object> list(@AuthenticationPrincipal Actor actor) {
        return Map.of(
                "jobs", service.of(actor).stream().map(JobController::view).toList());
    }

    @GetMapping("/jobs/{id}")
    Map<String, Object> get(@AuthenticationPrincipal Actor actor, @PathVariable String id) {
        Job job = service.readable(actor, id);
        Map<String, Object> view = new LinkedHashMap<>(view(job));
        service.ahead(job).ifPresent(jobs -> view.put("ahead", jobs));
        return view;
    }

    @PostMapping("/jobs/{id}/cancel")
    Map<String, Object> cancel(@AuthenticationPrincipal Actor actor, @PathVariable String id) {
        return view(service.cancel(actor, id));
    }

    private static Map<String, Object> view(Job job) {
        return Json.object(
                "id", job.id(),
                "state", job.state().name(),
                "agreementId", job.agreement(),
                "kind", job.kind(),
                "sql", job.sql(),
                "submittedBy", job.person(),
                "submittedAt", job.createdAt().toString(),
                "priority", job.priority().lowerCase(),
                "attempt", job.attempt(),
                "stage", job.stage().orElse(null),
                "progress", job.progress(),
                "tenthsRead", job.tenthsRead(),
                "problem",
                        job.problem()
                                .map(p -> ProblemJson.members(p, shown(job)))
                                .orElse(null),
                "findings", findings(shown(job)),
                "releaseId", job.releaseId().orElse(null));
    }

    /** What protection found in the data is the developer's to see only once it is released. */
    private static Optional<DisclosureReport> shown(Job job) {
        return job.state() == State.REFUSED || job.state() == State.RELEASED ? job.report() : Optional.empty();
    }

    private static List<Map<String, Object>> findings(Optional<DisclosureReport> report) {
        return report.map(DisclosureReport::findings).orElse(List.of()).stream()
                .map(DisclosureFinding::toJson)
                .toList();
    }
}
