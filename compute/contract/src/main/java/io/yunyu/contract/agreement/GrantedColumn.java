package io.yunyu.contract.agreement;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.EnumSet;
import java.util.Map;
import java.util.Set;

/**
 * A column of a granted table as the developer may know it. Hidden columns are listed with no use, so that a refusal
 * can name them.
 *
 * @param type as in {@code AttributeSpec}
 */
public record GrantedColumn(String name, String type, Set<ColumnUse> uses) {
    public GrantedColumn {
        uses = Set.copyOf(uses);
    }

    Map<String, Object> toJson() {
        return Json.object(
                "name",
                name,
                "type",
                type,
                "uses",
                uses.stream().map(Enum::name).sorted().toList());
    }

    static GrantedColumn parse(JsonObject json) {
        json.onlyMembers(Set.of("name", "type", "uses"));
        EnumSet<ColumnUse> uses = EnumSet.noneOf(ColumnUse.class);
        json.strings("uses")
                .forEach(u -> uses.add(JsonObject.of(Map.of("uses", u)).enumValue("uses", ColumnUse.class)));
        return new GrantedColumn(json.string("name"), json.string("type"), uses);
    }
}
