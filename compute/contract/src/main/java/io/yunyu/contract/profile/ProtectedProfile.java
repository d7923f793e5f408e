package io.yunyu.contract.profile;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/**
 * What the catalog tells of a dataset's values so that made-up data resemble it; made inside the domain when a batch is
 * loaded, and only if the provider's signed order permits it. It holds no row count, no identifier, and no value that
 * fewer than {@code minUnits} units of the sample have.
 *
 * @param minUnits least number of units of the sample behind every band
 * @param rhoMicros what the profile costs each unit in zCDP, in millionths of rho
 * @param deltaPicos and in delta, in millionths of millionths
 * @param recordsPerUnit how many records units have; ranges
 * @param columns bands by column; a column without bands that may be told is absent
 */
public record ProtectedProfile(
        int minUnits, long rhoMicros, long deltaPicos, List<Band> recordsPerUnit, Map<String, List<Band>> columns) {
    public ProtectedProfile {
        if (minUnits < 1 || rhoMicros < 0 || deltaPicos < 0) {
            throw new JsonException("A profile's rules are out of range.");
        }
        recordsPerUnit = List.copyOf(recordsPerUnit);
        Map<String, List<Band>> copy = new TreeMap<>();
        columns.forEach((name, bands) -> copy.put(name, List.copyOf(bands)));
        columns = Collections.unmodifiableMap(copy);
    }

    public Map<String, Object> toJson() {
        Map<String, Object> byColumn = new TreeMap<>();
        columns.forEach((name, bands) -> byColumn.put(name, json(bands)));
        return Json.object(
                "minUnits",
                minUnits,
                "rhoMicros",
                rhoMicros,
                "deltaPicos",
                deltaPicos,
                "recordsPerUnit",
                json(recordsPerUnit),
                "columns",
                byColumn);
    }

    public static ProtectedProfile parse(JsonObject json) {
        json.onlyMembers(Set.of("minUnits", "rhoMicros", "deltaPicos", "recordsPerUnit", "columns"));
        JsonObject columns = json.object("columns");
        Map<String, List<Band>> byColumn = new TreeMap<>();
        columns.asMap().keySet().forEach(name -> byColumn.put(name, bands(columns, name)));
        return new ProtectedProfile(
                json.intValue("minUnits"),
                json.longValue("rhoMicros"),
                json.longValue("deltaPicos"),
                bands(json, "recordsPerUnit"),
                byColumn);
    }

    private static List<Map<String, Object>> json(List<Band> bands) {
        return bands.stream().map(Band::toJson).toList();
    }

    private static List<Band> bands(JsonObject json, String name) {
        return json.objects(name).stream().map(Band::parse).toList();
    }
}
