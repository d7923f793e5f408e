package io.yunyu.api.catalog;

import io.yunyu.api.identity.Actor;
import io.yunyu.api.identity.Directory;
import io.yunyu.api.identity.Organization;
import io.yunyu.api.web.Form;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.contract.profile.ProtectedProfile;
import java.net.URI;
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

/** Loading batches, and what there is to compute on. */
@RestController
@RequestMapping("/api/v1")
class CatalogController {
    private final IngestService service;
    private final Ingests ingests;
    private final Catalog catalog;
    private final Directory directory;
    private final DataElements elements;

    CatalogController(
            IngestService service, Ingests ingests, Catalog catalog, Directory directory, DataElements elements) {
        this.elements = elements;
        this.service = service;
        this.ingests = ingests;
        this.catalog = catalog;
        this.directory = directory;
    }

    record IngestForm(String order, SignatureForm signature, @Nullable String password) {
        IngestForm {
            Form.text(order, "order");
            Form.present(signature, "signature");
        }

        /** Without the password. */
        @Override
        public String toString() {
            return "IngestForm[]";
        }
    }

    record SignatureForm(String key, String value) {
        SignatureForm {
            Form.text(key, "key");
            Form.text(value, "value");
        }
    }

    @PostMapping("/ingests")
    ResponseEntity<Map<String, Object>> submit(@AuthenticationPrincipal Actor actor, @RequestBody IngestForm form) {
        String id = service.submit(
                actor,
                form.order(),
                new Signature(form.signature().key(), form.signature().value()),
                Optional.ofNullable(form.password()));
        return ResponseEntity.accepted()
                .location(URI.create("/api/v1/ingests/" + id))
                .body(Json.object("id", id, "state", "SUBMITTED"));
    }

    @GetMapping("/ingests")
    Map<String, Object> list(@AuthenticationPrincipal Actor actor) {
        return Map.of(
                "ingests",
                ingests.of(actor.organization()).stream()
                        .map(CatalogController::view)
                        .toList());
    }

    @GetMapping("/ingests/{id}")
    Map<String, Object> get(@AuthenticationPrincipal Actor actor, @PathVariable String id) {
        return ingests.find(id)
                .filter(ingest -> ingest.provider().equals(actor.organization()))
                .map(CatalogController::view)
                .orElseThrow(
                        () -> new ProblemException(ProblemCode.NOT_FOUND, "Your organization has no such ingest."));
    }

    @GetMapping("/datasets")
    Map<String, Object> datasets() {
        return Map.of("datasets", catalog.entries().stream().map(this::view).toList());
    }

    @GetMapping("/datasets/{id}")
    Map<String, Object> dataset(@PathVariable String id) {
        return catalog.entry(id)
                .map(this::view)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such dataset."));
    }

    /**
     * What made-up data for the dataset must look like: its columns, and in {@code protected}, if the provider's order
     * permits it, differentially private shares of what at least so many units have.
     */
    @GetMapping("/datasets/{id}/profile")
    Map<String, Object> profile(@PathVariable String id) {
        return catalog.entry(id)
                .map(this::profile)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such dataset."));
    }

    private Map<String, Object> profile(CatalogEntry entry) {
        return Json.object(
                "id", entry.id(),
                "version", entry.number(),
                "family", entry.family(),
                "unitColumn", entry.unitColumn(),
                "attributes",
                        entry.attributes().stream().map(AttributeSpec::toJson).toList(),
                "protected",
                        catalog.profile(entry.id())
                                .map(ProtectedProfile::toJson)
                                .orElse(null));
    }

    private Map<String, Object> view(CatalogEntry entry) {
        Optional<Organization> provider = directory.organization(entry.provider());
        return Json.object(
                "id", entry.id(),
                "titleZh", entry.titleZh(),
                "titleEn", entry.titleEn(),
                "provider", entry.provider(),
                "providerNameZh", provider.map(Organization::nameZh).orElse(entry.provider()),
                "providerNameEn", provider.map(Organization::nameEn).orElse(entry.provider()),
                "family", entry.family(),
                "unitColumn", entry.unitColumn(),
                "openAttribute", entry.openAttribute(),
                "kind", entry.kind(),
                "version", entry.number(),
                "acquiredOn", entry.acquiredOn().toString(),
                "allowSyntheticRegions", entry.synthetic(),
                "derivedFrom",
                        entry.element()
                                .flatMap(elements::find)
                                .map(ElementController::origin)
                                .orElse(null),
                "attributes",
                        entry.attributes().stream().map(AttributeSpec::toJson).toList());
    }

    private static Map<String, Object> view(Ingest ingest) {
        List<String> progress = ingest.progress();
        return Json.object(
                "id", ingest.id(),
                "state", ingest.state().name(),
                "dataset", ingest.dataset(),
                "attempt", ingest.attempt(),
                "stage", progress.isEmpty() ? null : progress.get(progress.size() - 1),
                "progress", progress,
                "rowsRead", ingest.rowsRead().orElse(null),
                "problem", ingest.problem().map(Problem::toJson).orElse(null),
                "report",
                        ingest.report()
                                .map(text -> Json.parseObject(text).asMap())
                                .orElse(null));
    }
}
