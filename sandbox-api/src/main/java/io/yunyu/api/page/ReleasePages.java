package io.yunyu.api.page;

import io.yunyu.api.identity.Actor;
import io.yunyu.api.release.ReleaseRecord;
import io.yunyu.api.release.ReleaseService;
import io.yunyu.api.review.ProtectedTable;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import org.springframework.http.HttpHeaders;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;

/** Released tables, to read, cite, take home and verify. */
@Controller
class ReleasePages {
    private static final String BUNDLE = "release.yunyu";
    private static final List<String> OFFERED = List.of(
            BUNDLE,
            "table.csv",
            "table.parquet",
            "table.arrow",
            "table.html",
            "citation.txt",
            "citation.bib",
            "citation.csl.json",
            "citation.datacite.json",
            "manifest.json",
            "report.json");

    private final ReleaseService service;

    ReleasePages(ReleaseService service) {
        this.service = service;
    }

    @GetMapping("/releases")
    String releases(@AuthenticationPrincipal Actor actor, Model model) {
        model.addAttribute(
                "manifests",
                service.of(actor).stream().map(ReleaseRecord::manifest).toList());
        return "releases";
    }

    @GetMapping("/releases/{id}")
    String release(@AuthenticationPrincipal Actor actor, @PathVariable String id, Model model) {
        ReleaseRecord release = service.readable(actor, id);
        Map<String, byte[]> files = CanonicalContainer.read(release.bundle().orElseThrow());
        ProtectedTable table = ProtectedTable.of(java.util.Objects.requireNonNull(files.get("table.json")));
        model.addAttribute("manifest", release.manifest());
        model.addAttribute("table", table);
        model.addAttribute("caption", caption(files));
        model.addAttribute("chart", BarChart.of(table).orElse(null));
        model.addAttribute(
                "checkpoint", new String(files.getOrDefault("checkpoint.txt", new byte[0]), StandardCharsets.UTF_8));
        model.addAttribute(
                "offered",
                OFFERED.stream()
                        .filter(name -> name.equals(BUNDLE) || files.containsKey(name))
                        .toList());
        return "release";
    }

    /** What a reader must know of the values, by how they were protected. */
    private static String caption(Map<String, byte[]> files) {
        if (files.containsKey("table.anonymization")) {
            return "table.caption.element";
        }
        DisclosureReport report =
                DisclosureReport.parse(Json.parseObject(java.util.Objects.requireNonNull(files.get("report.json"))));
        return String.valueOf(report.protection().get("method")).startsWith("planned publication")
                ? "table.caption.exact"
                : "table.caption";
    }

    @GetMapping("/releases/{id}/files/{name}")
    ResponseEntity<byte[]> file(
            @AuthenticationPrincipal Actor actor, @PathVariable String id, @PathVariable String name) {
        byte[] bundle = service.readable(actor, id).bundle().orElseThrow();
        byte[] content =
                name.equals(BUNDLE) ? bundle : CanonicalContainer.read(bundle).get(name);
        if (content == null || !OFFERED.contains(name)) {
            throw new ProblemException(ProblemCode.NOT_FOUND, "The release has no such file.");
        }
        return ResponseEntity.ok()
                .contentType(MediaType.APPLICATION_OCTET_STREAM)
                .header(HttpHeaders.CONTENT_DISPOSITION, "attachment; filename=\"" + id + "-" + name + "\"")
                .body(content);
    }
}
