package io.yunyu.anonymizer;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Checks documents against the keywords of JSON Schema that this module's schemas use; an unknown keyword is an error. */
final class SchemaCheck {
    private final JsonObject root;
    private final List<String> violations = new ArrayList<>();

    private SchemaCheck(JsonObject root) {
        this.root = root;
    }

    /** @param schema name of a resource beside the anonymizer's classes */
    static List<String> violations(String schema, JsonObject document) throws IOException {
        try (InputStream in = AnonymizationSpec.class.getResourceAsStream(schema)) {
            SchemaCheck check =
                    new SchemaCheck(Json.parseObject(Objects.requireNonNull(in).readAllBytes()));
            check.check("", document.asMap(), check.root);
            return check.violations;
        }
    }

    private void check(String path, @org.jspecify.annotations.Nullable Object value, JsonObject schema) {
        if (value == null) {
            expect(allowsNull(schema), path, "is null");
            return;
        }
        for (String keyword : schema.asMap().keySet()) {
            switch (keyword) {
                case "$ref" -> check(path, value, referenced(schema.string("$ref")));
                case "type" -> expect(isOfType(value, schema.string("type")), path, "is no " + schema.string("type"));
                case "enum" -> expect(schema.strings("enum").contains(value), path, "is not in the enumeration");
                case "const" -> expect(schema.string("const").equals(value), path, "is not the constant");
                case "oneOf" -> expect(matches(value, schema) == 1, path, "matches not exactly one alternative");
                case "minimum" -> expect(number(value).compareTo(schema.decimal("minimum")) >= 0, path, "is too small");
                case "maximum" -> expect(number(value).compareTo(schema.decimal("maximum")) <= 0, path, "is too great");
                case "exclusiveMinimum" ->
                    expect(number(value).compareTo(schema.decimal("exclusiveMinimum")) > 0, path, "is too small");
                case "exclusiveMaximum" ->
                    expect(number(value).compareTo(schema.decimal("exclusiveMaximum")) < 0, path, "is too great");
                case "minItems" ->
                    expect(((List<?>) value).size() >= schema.intValue("minItems"), path, "is too short");
                case "maxItems" -> expect(((List<?>) value).size() <= schema.intValue("maxItems"), path, "is too long");
                case "minLength" ->
                    expect(((String) value).length() >= schema.intValue("minLength"), path, "is too short");
                case "maxLength" ->
                    expect(((String) value).length() <= schema.intValue("maxLength"), path, "is too long");
                case "items" -> items(path, value, schema.object("items"));
                case "required" -> required(path, value, schema);
                case "properties" -> members(path, value, schema);
                case "additionalProperties" -> {
                    if (!schema.has("properties")) {
                        members(path, value, schema);
                    }
                }
                case "$schema", "$defs", "title", "description", "default" -> {}
                default -> throw new IllegalArgumentException("Keyword " + keyword + " is not checked.");
            }
        }
    }

    private boolean allowsNull(JsonObject schema) {
        return schema.has("$ref")
                ? allowsNull(referenced(schema.string("$ref")))
                : schema.has("oneOf")
                        ? schema.objects("oneOf").stream().anyMatch(this::allowsNull)
                        : schema.string("type").equals("null");
    }

    private JsonObject referenced(String reference) {
        return root.object("$defs").object(reference.substring("#/$defs/".length()));
    }

    private int matches(Object value, JsonObject schema) {
        int matches = 0;
        for (JsonObject alternative : schema.objects("oneOf")) {
            SchemaCheck check = new SchemaCheck(root);
            try {
                check.check("", value, alternative);
            } catch (ClassCastException e) {
                continue;
            }
            matches += check.violations.isEmpty() ? 1 : 0;
        }
        return matches;
    }

    private void items(String path, Object value, JsonObject schema) {
        if (value instanceof List<?> list) {
            for (int i = 0; i < list.size(); i++) {
                check(path + "[" + i + "]", list.get(i), schema);
            }
        }
    }

    private void required(String path, Object value, JsonObject schema) {
        if (value instanceof Map<?, ?> map) {
            schema.strings("required").forEach(name -> expect(map.containsKey(name), path, "lacks " + name));
        }
    }

    private void members(String path, Object value, JsonObject schema) {
        JsonObject known = schema.has("properties") ? schema.object("properties") : JsonObject.of(Map.of());
        Object others = schema.asMap().get("additionalProperties");
        if (value instanceof Map<?, ?> map) {
            map.forEach((name, member) -> {
                String at = path + "/" + name;
                if (known.has(String.valueOf(name))) {
                    check(at, member, known.object(String.valueOf(name)));
                } else if (others instanceof Map<?, ?>) {
                    check(at, member, schema.object("additionalProperties"));
                } else {
                    expect(!Boolean.FALSE.equals(others), at, "is not known");
                }
            });
        }
    }

    private static boolean isOfType(Object value, String type) {
        return switch (type) {
            case "object" -> value instanceof Map;
            case "array" -> value instanceof List;
            case "string" -> value instanceof String;
            case "boolean" -> value instanceof Boolean;
            case "null" -> false;
            case "integer" -> value instanceof Long;
            case "number" -> value instanceof Long || value instanceof BigDecimal;
            default -> throw new IllegalArgumentException(type);
        };
    }

    private static BigDecimal number(Object value) {
        return value instanceof Long whole ? BigDecimal.valueOf(whole) : (BigDecimal) value;
    }

    private void expect(boolean holds, String path, String otherwise) {
        if (!holds) {
            violations.add(path + " " + otherwise);
        }
    }
}
