package io.yunyu.contract.dimension;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * A flat list of codes: every value of the column is one of them.
 *
 * @param codes as text, each once, in the order in which they are shown
 */
public record CodeList(List<String> codes) implements Dimension {
    static final String KIND = "codes";
    static final int MOST_CODES = 5_000;
    private static final int LONGEST_CODE = 64;

    public CodeList {
        codes = checked(codes);
    }

    static List<String> checked(List<String> codes) {
        if (codes.isEmpty() || codes.size() > MOST_CODES) {
            throw new JsonException("A dimension lists 1 to " + MOST_CODES + " codes.");
        }
        if (codes.stream().anyMatch(c -> c.isEmpty() || c.length() > LONGEST_CODE)
                || codes.stream().distinct().count() != codes.size()) {
            throw new JsonException(
                    "Codes of a dimension have 1 to " + LONGEST_CODE + " characters, and each is listed once.");
        }
        return List.copyOf(codes);
    }

    @Override
    public boolean fits(String type) {
        return Set.of("STRING", "LONG", "BOOLEAN").contains(type);
    }

    @Override
    public Map<String, Object> toJson() {
        return Json.object("kind", KIND, "codes", codes);
    }

    static CodeList parse(JsonObject json) {
        json.onlyMembers(Set.of("kind", "codes"));
        return new CodeList(json.strings("codes"));
    }
}
