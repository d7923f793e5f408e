package io.yunyu.contract.disclosure;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What was checked and done before a candidate may be reviewed. Holds rule names, column names and numbers of cells;
 * no cell and no unprotected count.
 *
 * @param cells output cells (rows of the protected table before HAVING and LIMIT)
 * @param suppressedCells cells of which at least one value was suppressed
 * @param protection the rules in force, as applied
 * @param certificate of a refusal: what would pass
 */
public record DisclosureReport(
        long cells,
        long suppressedCells,
        Map<String, Object> protection,
        List<DisclosureFinding> findings,
        Optional<RefusalCertificate> certificate) {
    public DisclosureReport {
        protection = Map.copyOf(protection);
        findings = List.copyOf(findings);
    }

    /** A report of what was not refused. */
    public DisclosureReport(
            long cells, long suppressedCells, Map<String, Object> protection, List<DisclosureFinding> findings) {
        this(cells, suppressedCells, protection, findings, Optional.empty());
    }

    public boolean refused() {
        return findings.stream().anyMatch(DisclosureFinding::blocking);
    }

    public Map<String, Object> toJson() {
        return Json.object(
                "cells",
                cells,
                "suppressedCells",
                suppressedCells,
                "protection",
                protection,
                "findings",
                findings.stream().map(DisclosureFinding::toJson).toList(),
                "certificate",
                certificate.map(RefusalCertificate::toJson).orElse(null));
    }

    /** The canonical text, whose digest an approval names. */
    public String toText() {
        return Json.write(toJson());
    }

    public static DisclosureReport parse(JsonObject json) {
        json.onlyMembers(Set.of("cells", "suppressedCells", "protection", "findings", "certificate"));
        return new DisclosureReport(
                json.longValue("cells"),
                json.longValue("suppressedCells"),
                json.object("protection").asMap(),
                json.objects("findings").stream().map(DisclosureFinding::parse).toList(),
                json.has("certificate")
                        ? Optional.of(RefusalCertificate.parse(json.object("certificate")))
                        : Optional.empty());
    }
}
