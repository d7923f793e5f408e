package io.yunyu.api.replay;

import io.yunyu.api.identity.Actor;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.policy.ReplayVerdict;
import io.yunyu.contract.policy.RuleChange;
import io.yunyu.contract.problem.Problem;
import java.net.URI;
import java.time.Instant;
import java.time.format.DateTimeParseException;
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
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Changed rules over a provider's past jobs: for its steward only, since numbers of cells are data. */
@RestController
@RequestMapping("/api/v1/policy/replays")
class PolicyReplayController {
    private final PolicyReplayService service;

    PolicyReplayController(PolicyReplayService service) {
        this.service = service;
    }

    /**
     * @param rules such as {@code min-units=20}
     * @param jobs ids; absent for all
     * @param since instant from which jobs were submitted; absent for all
     */
    record ReplayForm(List<String> rules, @Nullable List<String> jobs, @Nullable String since) {
        ReplayForm {
            if (rules == null || rules.contains(null)) {
                throw new JsonException("Member 'rules' must be a list of rules such as min-units=20.");
            }
            if (jobs != null && jobs.contains(null)) {
                throw new JsonException("Member 'jobs' must be a list of ids.");
            }
        }

        Optional<Instant> from() {
            try {
                return Optional.ofNullable(since).map(Instant::parse);
            } catch (DateTimeParseException e) {
                throw new JsonException("Member 'since' must be an instant such as 2026-11-23T08:00:00Z.");
            }
        }
    }

    @PostMapping
    ResponseEntity<Map<String, Object>> begin(@AuthenticationPrincipal Actor actor, @RequestBody ReplayForm form) {
        List<String> only = Optional.ofNullable(form.jobs()).orElse(List.of());
        String id = service.begin(actor, RuleChange.of(form.rules()), only, form.from());
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/policy/replays/" + id))
                .body(view(service.readable(actor, id)));
    }

    @GetMapping("/{id}")
    Map<String, Object> get(@AuthenticationPrincipal Actor actor, @PathVariable String id) {
        return view(service.readable(actor, id));
    }

    private static Map<String, Object> view(PolicyReplay replay) {
        List<ReplayVerdict> verdicts =
                replay.jobs().stream().flatMap(tried -> verdict(tried).stream()).toList();
        long newlyRefused = replay.jobs().stream()
                .filter(tried -> !before(tried).equals("refused")
                        && verdict(tried).filter(ReplayVerdict::refused).isPresent())
                .count();
        return Json.object(
                "id",
                replay.id(),
                "state",
                replay.done() ? "DONE" : "RUNNING",
                "rule",
                replay.rule().toJson(),
                "begunBy",
                replay.person(),
                "begunAt",
                replay.createdAt().toString(),
                "jobs",
                replay.jobs().stream().map(PolicyReplayController::view).toList(),
                "totals",
                Json.object(
                        "jobs",
                        replay.jobs().size(),
                        "tried",
                        verdicts.size(),
                        "newlyRefused",
                        newlyRefused,
                        "cellsNewlyWithheld",
                        verdicts.stream()
                                .mapToLong(ReplayVerdict::newlyWithheld)
                                .sum()));
    }

    private static Map<String, Object> view(PolicyReplay.Tried tried) {
        Optional<ReplayVerdict> verdict = verdict(tried);
        Optional<DisclosureReport> report = tried.outcome().flatMap(EngineResult::report);
        return Json.object(
                "job",
                tried.job(),
                "agreementId",
                tried.agreement(),
                "jobState",
                tried.jobState(),
                "submittedAt",
                tried.submittedAt().toString(),
                "state",
                tried.state().name(),
                "before",
                before(tried),
                "after",
                verdict.map(v -> v.refused() ? "refused" : "passed").orElse(null),
                "cellsReplayed",
                verdict.map(ReplayVerdict::cellsReplayed).orElse(null),
                "cells",
                numbers(verdict).map(ReplayVerdict::cells).orElse(null),
                "withheldBefore",
                numbers(verdict).map(ReplayVerdict::withheldBefore).orElse(null),
                "newlyWithheld",
                numbers(verdict).map(ReplayVerdict::newlyWithheld).orElse(null),
                "findings",
                report.map(r -> r.findings().stream()
                                .map(DisclosureFinding::toJson)
                                .toList())
                        .orElse(null),
                "problem",
                tried.outcome()
                        .flatMap(EngineResult::problem)
                        .map(Problem::toJson)
                        .orElse(null));
    }

    private static String before(PolicyReplay.Tried tried) {
        return tried.jobState().equals("REFUSED") ? "refused" : "passed";
    }

    private static Optional<ReplayVerdict> numbers(Optional<ReplayVerdict> verdict) {
        return verdict.filter(ReplayVerdict::cellsReplayed);
    }

    private static Optional<ReplayVerdict> verdict(PolicyReplay.Tried tried) {
        return tried.outcome()
                .flatMap(EngineResult::report)
                .map(report -> JsonObject.of(report.protection()))
                .filter(json -> json.has("replay"))
                .map(json -> ReplayVerdict.parse(json.object("replay")));
    }
}
