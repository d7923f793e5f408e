package io.yunyu.contract.job;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What an ingest did; goes to the provider and the catalog, never to developers.
 *
 * @param tableVersion version of the Delta table that holds the batch
 * @param batchDigest {@code sha256:…} of the source
 * @param alreadyLoaded whether the batch was there before and nothing changed
 * @param rowsRead records in the source, good and bad
 * @param rowsLoaded records in the table from this batch
 * @param problems number of bad rows by {@code REASON column}
 * @param attributes the columns, as declared or inferred
 */
public record IngestReport(
        long tableVersion,
        String batchDigest,
        boolean alreadyLoaded,
        long rowsRead,
        long rowsLoaded,
        Map<String, Long> problems,
        List<AttributeSpec> attributes) {
    public IngestReport {
        problems = java.util.Collections.unmodifiableMap(new TreeMap<>(problems));
        attributes = List.copyOf(attributes);
    }

    public Map<String, Object> toJson() {
        return Json.object(
                "tableVersion",
                tableVersion,
                "batchDigest",
                batchDigest,
                "alreadyLoaded",
                alreadyLoaded,
                "rowsRead",
                rowsRead,
                "rowsLoaded",
                rowsLoaded,
                "problems",
                problems,
                "attributes",
                attributes.stream().map(AttributeSpec::toJson).toList());
    }

    public static IngestReport parse(JsonObject json) {
        Map<String, Long> problems = new TreeMap<>();
        JsonObject counts = json.object("problems");
        counts.asMap().keySet().forEach(reason -> problems.put(reason, counts.longValue(reason)));
        return new IngestReport(
                json.longValue("tableVersion"),
                json.string("batchDigest"),
                json.bool("alreadyLoaded"),
                json.longValue("rowsRead"),
                json.longValue("rowsLoaded"),
                problems,
                json.objects("attributes").stream().map(AttributeSpec::parse).toList());
    }
}
