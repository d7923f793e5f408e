package io.yunyu.contract.agreement;

import io.yunyu.contract.dimension.ColumnDomain;
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
 * @param domain how finely its values may be named
 */
public record GrantedColumn(String name, String type, Set<ColumnUse> uses, ColumnDomain domain) {
    public GrantedColumn {
        uses = Set.copyOf(uses);
    }

    /** A column of which nothing is declared. */
    public GrantedColumn(String name, String type, Set<ColumnUse> uses) {
        this(name, type, uses, ColumnDomain.FREE);
    }

    Map<String, Object> toJson() {
        return Json.object(
                "name",
                name,
                "type",
                type,
                "uses",
                uses.stream().map(Enum::name).sorted().toList(),
                "domain",
                domain.equals(ColumnDomain.FREE) ? null : domain.toJson());
    }

    static GrantedColumn parse(JsonObject json) {
        json.onlyMembers(Set.of("name", "type", "uses", "domain"));
        EnumSet<ColumnUse> uses = EnumSet.noneOf(ColumnUse.class);
        json.strings("uses")
                .forEach(u -> uses.add(JsonObject.of(Map.of("uses", u)).enumValue("uses", ColumnUse.class)));
        return new GrantedColumn(
                json.string("name"),
                json.string("type"),
                uses,
                json.has("domain") ? ColumnDomain.parse(json.object("domain")) : ColumnDomain.FREE);
    }
}
