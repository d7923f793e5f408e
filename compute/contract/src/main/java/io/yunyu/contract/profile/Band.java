package io.yunyu.contract.profile;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A part of a column's values in a protected profile: one value, a range of values, or the missing ones.
 *
 * @param value one value, as a CSV file spells it
 * @param from begin of a range, inclusive; a number or an ISO date
 * @param until end of the range, exclusive
 * @param percent share among the listed parts, protected and rounded, 1..100
 */
public record Band(Optional<String> value, Optional<String> from, Optional<String> until, int percent) {
    public Band {
        if (from.isPresent() != until.isPresent() || value.isPresent() && from.isPresent()) {
            throw new JsonException("A band of a profile is one value, a range with both ends, or what is missing.");
        }
        if (percent < 1 || percent > 100) {
            throw new JsonException("A band's share must be 1 to 100 percent.");
        }
    }

    public static Band of(String value, int percent) {
        return new Band(Optional.of(value), Optional.empty(), Optional.empty(), percent);
    }

    public static Band range(String from, String until, int percent) {
        return new Band(Optional.empty(), Optional.of(from), Optional.of(until), percent);
    }

    public static Band missing(int percent) {
        return new Band(Optional.empty(), Optional.empty(), Optional.empty(), percent);
    }

    public boolean isMissing() {
        return value.isEmpty() && from.isEmpty();
    }

    public Map<String, Object> toJson() {
        return Json.object(
                "value",
                value.orElse(null),
                "from",
                from.orElse(null),
                "until",
                until.orElse(null),
                "percent",
                percent);
    }

    public static Band parse(JsonObject json) {
        json.onlyMembers(Set.of("value", "from", "until", "percent"));
        return new Band(
                json.optionalString("value"),
                json.optionalString("from"),
                json.optionalString("until"),
                json.intValue("percent"));
    }
}
