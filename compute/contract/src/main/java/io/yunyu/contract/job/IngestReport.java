package io.yunyu.contract.job;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.profile.ProtectedProfile;
import java.util.List;
import java.util.Map;
import java.util.Optional;
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
 * @param profile what made-up data may be told of the batch, if the order permits it
 */
public record IngestReport(
        long tableVersion,
        String batchDigest,
        boolean alreadyLoaded,
        long rowsRead,
        long rowsLoaded,
        Map<String, Long> problems,
        List<AttributeSpec> attributes,
        Optional<ProtectedProfile> profile) {
    public IngestReport {
        problems = java.util.Collections.unmodifiableMap(new TreeMap<>(problems));
        attributes = List.copyOf(attributes);
    }

    /** Of an order that permits no profile. */
    public IngestReport(
            long tableVersion,
            String batchDigest,
            boolean alreadyLoaded,
            long rowsRead,
            long rowsLoaded,
            Map<String, Long> problems,
            List<AttributeSpec> attributes) {
        this(tableVersion, batchDigest, alreadyLoaded, rowsRead, rowsLoaded, problems, attributes, Optional.empty());
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
                attributes.stream().map(AttributeSpec::toJson).toList(),
                "profile",
                profile.map(ProtectedProfile::toJson).orElse(null));
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
                json.objects("attributes").stream().map(AttributeSpec::parse).toList(),
                json.has("profile") ? Optional.of(ProtectedProfile.parse(json.object("profile"))) : Optional.empty());
    }
}
