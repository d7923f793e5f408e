package io.yunyu.contract.disclosure;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * One thing the check or the protection found. Never holds a value of a record.
 *
 * @param rule stable name, such as {@code column-not-granted} or {@code min-units}
 * @param column the column concerned
 * @param cells number of cells concerned
 * @param clause of the agreement or the law that the rule rests on
 * @param suggestion the smallest change that would pass
 * @param blocking whether it refuses the query
 */
public record DisclosureFinding(
        String rule,
        Optional<String> column,
        Optional<Long> cells,
        String clause,
        String suggestion,
        boolean blocking) {
    public Map<String, Object> toJson() {
        return Json.object(
                "rule",
                rule,
                "column",
                column.orElse(null),
                "cells",
                cells.orElse(null),
                "clause",
                clause,
                "suggestion",
                suggestion,
                "blocking",
                blocking);
    }

    public static DisclosureFinding parse(JsonObject json) {
        json.onlyMembers(Set.of("rule", "column", "cells", "clause", "suggestion", "blocking"));
        return new DisclosureFinding(
                json.string("rule"),
                json.optionalString("column"),
                json.has("cells") ? Optional.of(json.longValue("cells")) : Optional.empty(),
                json.string("clause"),
                json.string("suggestion"),
                json.bool("blocking"));
    }
}
