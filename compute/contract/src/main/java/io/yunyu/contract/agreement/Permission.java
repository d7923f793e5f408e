package io.yunyu.contract.agreement;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.Collections;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * ODRL permission of one target: a dataset, and for each of its columns the uses that are allowed.
 *
 * @param target the dataset's id
 * @param columns uses by column name; a column that is absent or has no use is hidden from queries
 * @param element present if data elements may be made of the dataset
 */
public record Permission(String target, Map<String, Set<ColumnUse>> columns, Optional<ElementTerms> element) {
    public Permission {
        Map<String, Set<ColumnUse>> copy = new LinkedHashMap<>();
        columns.forEach((name, uses) -> copy.put(
                name,
                Collections.unmodifiableSet(uses.isEmpty() ? EnumSet.noneOf(ColumnUse.class) : EnumSet.copyOf(uses))));
        columns = Collections.unmodifiableMap(copy);
    }

    /** A permission for queries only. */
    public Permission(String target, Map<String, Set<ColumnUse>> columns) {
        this(target, columns, Optional.empty());
    }

    /** Whether jobs may read the column at all, for a query or for a data element. */
    public boolean opens(String column) {
        return !usesOf(column).isEmpty()
                || element.map(terms -> terms.shows(column)).orElse(false);
    }

    public Set<ColumnUse> usesOf(String column) {
        return columns.getOrDefault(column, Set.of());
    }

    Map<String, Object> toJson() {
        Map<String, Object> uses = new LinkedHashMap<>();
        columns.forEach((name, allowed) ->
                uses.put(name, allowed.stream().map(Enum::name).toList()));
        return Json.object(
                "action",
                "aggregate",
                "target",
                target,
                "column",
                uses,
                "element",
                element.map(ElementTerms::toJson).orElse(null));
    }

    static Permission parse(JsonObject json) {
        json.onlyMembers(Set.of("action", "target", "column", "element"));
        if (!"aggregate".equals(json.string("action"))) {
            throw new io.yunyu.contract.json.JsonException("Member 'action' must be aggregate.");
        }
        Map<String, Set<ColumnUse>> columns = new LinkedHashMap<>();
        JsonObject column = json.object("column");
        for (String name : column.asMap().keySet()) {
            EnumSet<ColumnUse> uses = EnumSet.noneOf(ColumnUse.class);
            for (String use : column.strings(name)) {
                uses.add(JsonObject.of(Map.of("use", use)).enumValue("use", ColumnUse.class));
            }
            columns.put(name, uses);
        }
        return new Permission(
                json.string("target"),
                columns,
                json.has("element") ? Optional.of(ElementTerms.parse(json.object("element"))) : Optional.empty());
    }
}
