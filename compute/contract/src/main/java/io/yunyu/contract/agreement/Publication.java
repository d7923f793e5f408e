package io.yunyu.contract.agreement;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * A planned publication: one table with its totals that both parties have signed, so that a job under the agreement names
 * it by number and has nothing to vary. Its values are exact; cells that would tell too much are withheld, and further
 * ones so that nobody can compute them back.
 *
 * @param sql the query
 * @param cost what withholding a cell costs, of which the least is sought
 * @param publish cells that must be published. Each is told by the labels of the columns that it is grouped by; the
 *     columns that are left out are those that it is a total over. Labels are as the table shows them, a missing one an
 *     empty text; an entry that can be no cell refuses the publication, one whose cell is empty is told of
 */
public record Publication(String sql, Cost cost, List<Map<String, String>> publish) {
    /** Most cells that can be demanded. */
    public static final int MOST_DEMANDED = 1_000;

    /** Most publications of one agreement. */
    public static final int MOST = 100;

    /** Most characters of an agreement's publications together. */
    public static final int MOST_CHARACTERS = 100_000;

    private static final int LONGEST_SQL = 20_000;

    /** The loss by withholding a cell. */
    public enum Cost {
        /** 1: as few cells as possible. */
        CELLS,
        /** Its number of privacy units. */
        UNITS
    }

    public Publication {
        if (sql.isBlank() || sql.length() > LONGEST_SQL) {
            throw new JsonException("A publication needs a query in 'sql' of at most " + LONGEST_SQL + " characters.");
        }
        if (publish.size() > MOST_DEMANDED) {
            throw new JsonException("A publication demands at most " + MOST_DEMANDED + " cells in 'publish'.");
        }
        publish = publish.stream().map(Map::copyOf).distinct().toList();
    }

    long length() {
        return Json.write(toJson()).length();
    }

    Map<String, Object> toJson() {
        return Json.object(
                "sql",
                sql,
                "cost",
                cost.name().toLowerCase(Locale.ROOT),
                "publish",
                publish.isEmpty() ? null : publish);
    }

    /** @param json with {@code sql}; {@code cost} is {@code cells} and {@code publish} empty where nothing is said */
    static Publication parse(JsonObject json) {
        json.onlyMembers(Set.of("sql", "cost", "publish"));
        return new Publication(
                json.string("sql"),
                json.optionalString("cost").map(Publication::cost).orElse(Cost.CELLS),
                json.has("publish") ? json.list("publish", Publication::labels) : List.of());
    }

    private static Cost cost(String word) {
        return switch (word) {
            case "cells" -> Cost.CELLS;
            case "units" -> Cost.UNITS;
            default -> throw new JsonException("Member 'cost' of a publication must be cells or units.");
        };
    }

    private static Map<String, String> labels(@org.jspecify.annotations.Nullable Object cell) {
        if (!(cell instanceof Map<?, ?> labels)
                || labels.values().stream().anyMatch(label -> !(label instanceof String))) {
            throw new JsonException("A cell in 'publish' is an object of columns and the labels they have in it.");
        }
        Map<String, String> copy = new java.util.TreeMap<>();
        labels.forEach((column, label) -> copy.put(String.valueOf(column), String.valueOf(label)));
        return copy;
    }
}
