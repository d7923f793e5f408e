package io.yunyu.api.release;

import io.yunyu.api.identity.Actor;
import io.yunyu.contract.json.Json;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** Releases, for those who asked and those who approved. */
@RestController
@RequestMapping("/api/v1/releases")
class ReleaseController {
    private static final String BUNDLE = "application/vnd.yunyu.release+zip";

    private final ReleaseService service;

    ReleaseController(ReleaseService service) {
        this.service = service;
    }

    @GetMapping
    Map<String, Object> list(@AuthenticationPrincipal Actor actor) {
        return Map.of(
                "releases",
                service.of(actor).stream()
                        .map(release -> Json.object(
                                "id", release.id(),
                                "jobId", release.job(),
                                "issuedAt", release.manifest().issuedAt().toString(),
                                "citation", release.manifest().citation()))
                        .toList());
    }

    @GetMapping(value = "/{id}", produces = MediaType.APPLICATION_JSON_VALUE)
    String get(@AuthenticationPrincipal Actor actor, @PathVariable String id) {
        ReleaseRecord release = service.readable(actor, id);
        return Json.write(Json.object(
                "id", release.id(),
                "jobId", release.job(),
                "manifestDigest", release.manifest().digest(),
                "manifest", Json.parse(release.manifestText()),
                "citation", release.manifest().citation(),
                "bundle", "/api/v1/releases/" + release.id() + "/bundle"));
    }

    @GetMapping("/{id}/bundle")
    ResponseEntity<byte[]> bundle(@AuthenticationPrincipal Actor actor, @PathVariable String id) {
        ReleaseRecord release = service.readable(actor, id);
        return ResponseEntity.ok()
                .contentType(MediaType.parseMediaType(BUNDLE))
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + release.id() + ".yunyu\"")
                .body(release.bundle().orElseThrow());
    }
}
