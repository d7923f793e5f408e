package io.yunyu.contract.disclosure;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A change of a refused query, or of a refused request for a data element, that passes.
 *
 * @param steps what to change, a sentence each; names of columns, tables and functions, no literals
 * @param sql the changed query or request, the very text that was tried
 * @param assurance what is known of it
 */
public record PassingChange(List<String> steps, String sql, Assurance assurance) {
    /** How far a change was tried. */
    public enum Assurance {
        /** The policy passes it. What protection does to its answer is told by running it. */
        POLICY,
        /** The policy passes it, and the limit that refused cannot refuse it, whatever the records are. */
        ANY_DATA
    }

    public PassingChange {
        steps = List.copyOf(steps);
    }

    public Map<String, Object> toJson() {
        return Json.object("steps", steps, "sql", sql, "assurance", assurance.name());
    }

    public static PassingChange parse(JsonObject json) {
        json.onlyMembers(Set.of("steps", "sql", "assurance"));
        return new PassingChange(
                json.strings("steps"), json.string("sql"), json.enumValue("assurance", Assurance.class));
    }
}
