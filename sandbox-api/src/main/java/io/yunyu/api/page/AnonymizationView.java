package io.yunyu.api.page;

import io.yunyu.contract.json.JsonObject;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Risk and quality of a data element, for the reviewer's page.
 *
 * @param figures by the message that names them
 * @param attributes per quasi-identifier: name, level (empty where classes have labels of several), granularity, part of the
 *     cells that are not suppressed
 * @param charts whether the candidate holds a page of them; a differentially private one holds none
 */
record AnonymizationView(Map<String, String> figures, List<Attribute> attributes, boolean charts) {
    record Attribute(String name, String level, String granularity, String presentCells) {}

    static Optional<AnonymizationView> of(Optional<Map<String, Object>> report) {
        return report.map(JsonObject::of).map(AnonymizationView::of);
    }

    private static AnonymizationView of(JsonObject report) {
        JsonObject classes = report.object("equivalenceClasses");
        JsonObject prosecutor = report.object("risk").object("prosecutor");
        Map<String, String> figures = new LinkedHashMap<>();
        figures.put(report.has("mechanism") ? "element.released" : "element.rows", text(report, "rows"));
        if (report.has("suppressedRecords")) {
            figures.put("element.suppressed", text(report, "suppressedRecords"));
        }
        figures.put("element.classes", text(classes, "count"));
        figures.put("element.smallest", text(classes, "minSize"));
        figures.put("element.highestRisk", text(prosecutor, "highest"));
        figures.put("element.averageRisk", text(prosecutor, "successRate"));
        figures.put("element.granularity", text(report.object("quality"), "granularity"));
        Map<?, ?> levels = report.asMap().get("transformation") instanceof Map<?, ?> found ? found : Map.of();
        List<Attribute> attributes = report.object("quality").objects("attributes").stream()
                .map(a -> new Attribute(
                        a.string("attribute"),
                        levels.containsKey(a.string("attribute"))
                                ? String.valueOf(levels.get(a.string("attribute")))
                                : "",
                        text(a, "granularity"),
                        text(a, "presentCells")))
                .toList();
        return new AnonymizationView(figures, attributes, !report.has("mechanism"));
    }

    /** A number of the report, to four decimals. */
    private static String text(JsonObject object, String member) {
        Object value = object.asMap().get(member);
        return value instanceof java.math.BigDecimal decimal
                ? decimal.setScale(4, java.math.RoundingMode.HALF_UP)
                        .stripTrailingZeros()
                        .toPlainString()
                : String.valueOf(value);
    }
}
