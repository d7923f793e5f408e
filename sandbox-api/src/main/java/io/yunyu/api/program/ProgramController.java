package io.yunyu.api.program;

import io.yunyu.api.identity.Actor;
import io.yunyu.api.web.Form;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.Problem;
import java.net.URI;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
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

/** Programs: submit, follow, cancel. */
@RestController
@RequestMapping("/api/v1/programs")
class ProgramController {
    private final ProgramService service;
    private final Programs programs;

    ProgramController(ProgramService service, Programs programs) {
        this.service = service;
        this.programs = programs;
    }

    @PostMapping
    ResponseEntity<Map<String, Object>> submit(
            @AuthenticationPrincipal Actor actor,
            @RequestHeader(name = "Idempotency-Key", required = false) @Nullable String key,
            @RequestBody ProgramForm form) {
        Program program = service.submit(actor, form, Form.idempotencyKey(key));
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/programs/" + program.id()))
                .body(Json.object("id", program.id(), "state", program.state().name(), "jarDigest", program.jar()));
    }

    @GetMapping
    Map<String, Object> list(@AuthenticationPrincipal Actor actor) {
        return Map.of(
                "programs",
                service.of(actor).stream().map(ProgramController::view).toList());
    }

    @GetMapping("/{id}")
    Map<String, Object> get(@AuthenticationPrincipal Actor actor, @PathVariable String id) {
        Program program = service.readable(actor, id);
        Map<String, Object> view = new LinkedHashMap<>(view(program));
        view.put("findings", program.findingsText().map(Json::parse).orElse(List.of()));
        view.put(
                "tables",
                programs.tables(id).stream()
                        .map(table -> Json.object(
                                "name", table.name(),
                                "jobId", table.job(),
                                "state", table.state().name()))
                        .toList());
        return view;
    }

    @PostMapping("/{id}/cancel")
    Map<String, Object> cancel(@AuthenticationPrincipal Actor actor, @PathVariable String id) {
        return view(service.cancel(actor, id));
    }

    private static Map<String, Object> view(Program program) {
        return Json.object(
                "id", program.id(),
                "state", program.state().name(),
                "agreementId", program.agreement(),
                "jarDigest", program.jar(),
                "mainClass", program.mainClass(),
                "arguments", program.arguments(),
                "submittedBy", program.person(),
                "submittedAt", program.createdAt().toString(),
                "attempt", program.attempt(),
                "problem", program.problem().map(Problem::toJson).orElse(null));
    }
}
