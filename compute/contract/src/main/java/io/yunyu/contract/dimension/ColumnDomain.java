package io.yunyu.contract.dimension;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;
import java.util.Optional;

/**
 * What the plan policy must know of a column's values before it lets a query name one.
 *
 * @param identifier whether a value identifies a person or organization by itself
 * @param highCardinality whether there are so many values that most belong to few units, as measured at ingest
 * @param dimension what the provider declared
 */
public record ColumnDomain(boolean identifier, boolean highCardinality, Optional<Dimension> dimension) {
    /** Nothing is declared, and no reason for caution is known. */
    public static final ColumnDomain FREE = new ColumnDomain(false, false, Optional.empty());

    public static ColumnDomain of(Dimension dimension) {
        return new ColumnDomain(false, false, Optional.of(dimension));
    }

    /** Absent members are false, or not declared. */
    public Map<String, Object> toJson() {
        return Json.object(
                "identifier", identifier ? true : null,
                "highCardinality", highCardinality ? true : null,
                "dimension", dimension.map(Dimension::toJson).orElse(null));
    }

    public static ColumnDomain parse(JsonObject json) {
        json.onlyMembers(java.util.Set.of("identifier", "highCardinality", "dimension"));
        return new ColumnDomain(
                json.boolOr("identifier", false),
                json.boolOr("highCardinality", false),
                json.has("dimension") ? Optional.of(Dimension.parse(json.object("dimension"))) : Optional.empty());
    }
}
