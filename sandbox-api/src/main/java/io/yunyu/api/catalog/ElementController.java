package io.yunyu.api.catalog;

import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.Map;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** The register of data elements. */
@RestController
@RequestMapping("/api/v1/elements")
class ElementController {
    private final DataElements elements;

    ElementController(DataElements elements) {
        this.elements = elements;
    }

    @GetMapping
    Map<String, Object> list() {
        return Map.of(
                "elements", elements.all().stream().map(ElementController::view).toList());
    }

    @GetMapping("/{release}")
    Map<String, Object> get(@PathVariable String release) {
        return elements.find(release)
                .map(ElementController::view)
                .orElseThrow(() -> new ProblemException(ProblemCode.NOT_FOUND, "There is no such data element."));
    }

    /** Where a dataset of this kind comes from, and what reclassified it. */
    static Map<String, Object> origin(DataElement element) {
        return Json.object(
                "releaseId", element.release(),
                "dataset", element.sourceDataset(),
                "version", element.sourceNumber(),
                "openAttribute", element.sourceOpen(),
                "policy", element.policy(),
                "basis", element.basis(),
                "schemeDigest", element.schemeDigest(),
                "assessmentDigest", element.assessmentDigest());
    }

    private static Map<String, Object> view(DataElement element) {
        return Json.object(
                "releaseId", element.release(),
                "sourceDataset", element.sourceDataset(),
                "sourceVersion", element.sourceNumber(),
                "sourceOpenAttribute", element.sourceOpen(),
                "allowSyntheticRegions", element.synthetic(),
                "provider", element.provider(),
                "contentDigest", element.contentDigest(),
                "schemeDigest", element.schemeDigest(),
                "assessmentDigest", element.assessmentDigest(),
                "policy", element.policy(),
                "basis", element.basis(),
                "file", element.file(),
                "registeredAt", element.registeredAt().toString(),
                "attributes",
                        element.attributes().stream().map(AttributeSpec::toJson).toList());
    }
}
