package io.yunyu.api.release;

import io.yunyu.contract.json.Json;
import io.yunyu.ledger.release.ReleasedDataset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * How a released table is cited (第四十条: results name their source and the date of acquisition): as text after GB/T
 * 7714-2015 section 4.6 (electronic resources; {@code DS/OL} for a dataset online), as BibTeX, CSL-JSON and DataCite
 * JSON (kernel 4). A pure function of its source: the same release is cited the same way for ever.
 */
final class Citation {
    private final CitationSource source;

    Citation(CitationSource source) {
        this.source = source;
    }

    /** The four files of a bundle. */
    Map<String, byte[]> files() {
        Map<String, byte[]> files = new TreeMap<>();
        files.put("citation.txt", utf8(text()));
        files.put("citation.bib", utf8(bibtex()));
        files.put("citation.csl.json", utf8(csl()));
        files.put("citation.datacite.json", utf8(dataCite()));
        return files;
    }

    String text() {
        return source.providerZh() + ". " + source.titleZh() + "[DS/OL]. " + CitationSource.PLATFORM_ZH + ", "
                + source.issuedOn().getYear() + "(" + source.issuedOn() + ")[" + source.issuedOn() + "]. "
                + source.urn() + ".\n"
                + String.join("\n", source.sourceLines()) + "\n";
    }

    String bibtex() {
        StringBuilder out = new StringBuilder("@misc{" + source.releaseId() + ",\n");
        field(out, "author", "{" + tex(source.providerZh()) + "}");
        field(out, "title", "{" + tex(source.titleZh()) + "}");
        field(out, "publisher", "{" + tex(CitationSource.PLATFORM_ZH) + "}");
        field(out, "year", String.valueOf(source.issuedOn().getYear()));
        field(out, "month", String.valueOf(source.issuedOn().getMonthValue()));
        field(out, "howpublished", tex(source.urn()));
        field(out, "urldate", source.issuedOn().toString());
        field(out, "language", "chinese");
        field(out, "note", tex(String.join("；", source.sourceLines())));
        return out.append("}\n").toString();
    }

    String csl() {
        return Json.write(List.of(Json.object(
                        "id", source.releaseId(),
                        "type", "dataset",
                        "title", source.titleZh(),
                        "author", List.of(Map.of("literal", source.providerZh())),
                        "contributor", List.of(Map.of("literal", source.developerZh())),
                        "publisher", CitationSource.PLATFORM_ZH,
                        "issued", Map.of("date-parts", List.of(dateParts(source.issuedOn()))),
                        "accessed", Map.of("date-parts", List.of(dateParts(source.issuedOn()))),
                        "number", source.urn(),
                        "language", "zh-CN",
                        "note", String.join("\n", source.sourceLines()))))
                + "\n";
    }

    String dataCite() {
        List<Map<String, Object>> dates = new ArrayList<>();
        dates.add(Json.object("date", source.issuedOn().toString(), "dateType", "Issued"));
        source.datasets().stream()
                .map(ReleasedDataset::acquiredOn)
                .distinct()
                .sorted()
                .forEach(day -> dates.add(Json.object("date", day.toString(), "dateType", "Collected")));
        return Json.write(Json.object(
                        "schemaVersion", "http://datacite.org/schema/kernel-4",
                        "identifiers", List.of(Json.object("identifier", source.urn(), "identifierType", "URN")),
                        "types", Json.object("resourceTypeGeneral", "Dataset", "resourceType", "Statistical table"),
                        "creators", List.of(organization(source.providerZh())),
                        "contributors", contributors(),
                        "titles",
                                List.of(
                                        Json.object("title", source.titleZh(), "lang", "zh-CN"),
                                        Json.object(
                                                "title", source.titleEn(),
                                                "titleType", "TranslatedTitle",
                                                "lang", "en")),
                        "publisher", Json.object("name", CitationSource.PLATFORM_ZH, "lang", "zh-CN"),
                        "publicationYear", String.valueOf(source.issuedOn().getYear()),
                        "dates", dates,
                        "language", "zh-CN",
                        "formats",
                                List.of(
                                        "text/csv",
                                        "application/vnd.apache.parquet",
                                        "application/vnd.apache.arrow.file"),
                        "version", source.releaseId(),
                        "descriptions",
                                List.of(Json.object(
                                        "description", String.join("\n", source.sourceLines()),
                                        "descriptionType", "Other",
                                        "lang", "zh-CN"))))
                + "\n";
    }

    private List<Map<String, Object>> contributors() {
        Map<String, Object> developer = new TreeMap<>(organization(source.developerZh()));
        developer.put("contributorType", "DataCurator");
        Map<String, Object> platform = new TreeMap<>(organization(CitationSource.PLATFORM_ZH));
        platform.put("contributorType", "Distributor");
        return List.of(developer, platform);
    }

    private static Map<String, Object> organization(String name) {
        return Json.object("name", name, "nameType", "Organizational", "lang", "zh-CN");
    }

    private static List<Integer> dateParts(java.time.LocalDate day) {
        return List.of(day.getYear(), day.getMonthValue(), day.getDayOfMonth());
    }

    private static void field(StringBuilder out, String name, String value) {
        out.append("  ").append(name).append(" = {").append(value).append("},\n");
    }

    /** What TeX would take for a command is escaped; braces stay balanced, so that no title can end its field. */
    static String tex(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints().forEach(c -> {
            switch (c) {
                case '\\' -> out.append("\\textbackslash{}");
                case '~' -> out.append("\\textasciitilde{}");
                case '^' -> out.append("\\textasciicircum{}");
                case '{', '}' -> out.append(c == '{' ? "\\textbraceleft{}" : "\\textbraceright{}");
                case '&', '%', '$', '#', '_' -> out.append('\\').appendCodePoint(c);
                case '\n', '\r', '\t' -> out.append(' ');
                default -> out.appendCodePoint(c);
            }
        });
        return out.toString();
    }

    private static byte[] utf8(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }
}
