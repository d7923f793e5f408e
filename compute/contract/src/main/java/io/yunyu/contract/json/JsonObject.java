package io.yunyu.contract.json;

import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/** A parsed JSON object with typed, checked access. Every error names the member and what was expected of it. */
public final class JsonObject {
    private final Map<String, Object> members;

    private JsonObject(Map<String, Object> members) {
        this.members = members;
    }

    /** Wraps a parsed value. @throws JsonException if it is not an object */
    @SuppressWarnings("unchecked")
    public static JsonObject of(@Nullable Object value) {
        if (!(value instanceof Map<?, ?> map)) {
            throw new JsonException("Expected a JSON object.");
        }
        return new JsonObject((Map<String, Object>) map);
    }

    /** Refuses members that the format does not know: a misspelt restriction must not be silently dropped. */
    public JsonObject onlyMembers(Set<String> known) {
        for (String name : members.keySet()) {
            if (!known.contains(name)) {
                throw new JsonException("Unknown member '" + shown(name) + "'; known are " + sorted(known) + ".");
            }
        }
        return this;
    }

    public boolean has(String name) {
        return members.get(name) != null;
    }

    /** The members as parsed, read-only. */
    public Map<String, Object> asMap() {
        return Collections.unmodifiableMap(members);
    }

    public String string(String name) {
        return typed(name, String.class, "a string");
    }

    public Optional<String> optionalString(String name) {
        return has(name) ? Optional.of(string(name)) : Optional.empty();
    }

    public long longValue(String name) {
        return typed(name, Long.class, "an integer");
    }

    public int intValue(String name) {
        long value = longValue(name);
        if (value != (int) value) {
            throw new JsonException("Member '" + name + "' must fit in 32 bits.");
        }
        return (int) value;
    }

    public boolean bool(String name) {
        return typed(name, Boolean.class, "true or false");
    }

    public boolean boolOr(String name, boolean absent) {
        return has(name) ? bool(name) : absent;
    }

    public BigDecimal decimal(String name) {
        Object value = members.get(name);
        if (value instanceof Long l) {
            return BigDecimal.valueOf(l);
        }
        return typed(name, BigDecimal.class, "a number");
    }

    public Instant instant(String name) {
        try {
            return Instant.parse(string(name));
        } catch (DateTimeParseException e) {
            throw new JsonException("Member '" + name + "' must be an instant such as 2026-11-23T08:00:00Z.");
        }
    }

    public LocalDate date(String name) {
        try {
            return LocalDate.parse(string(name));
        } catch (DateTimeParseException e) {
            throw new JsonException("Member '" + name + "' must be a date such as 2026-11-23.");
        }
    }

    public <E extends Enum<E>> E enumValue(String name, Class<E> type) {
        String value = string(name);
        for (E constant : type.getEnumConstants()) {
            if (constant.name().equals(value)) {
                return constant;
            }
        }
        throw new JsonException("Member '" + name + "' must be one of " + List.of(type.getEnumConstants()) + ".");
    }

    public JsonObject object(String name) {
        return of(typed(name, Map.class, "an object"));
    }

    public List<String> strings(String name) {
        return list(name, item -> {
            if (!(item instanceof String s)) {
                throw new JsonException("Member '" + name + "' must hold strings only.");
            }
            return s;
        });
    }

    public List<JsonObject> objects(String name) {
        return list(name, item -> {
            if (!(item instanceof Map<?, ?>)) {
                throw new JsonException("Member '" + name + "' must hold objects only.");
            }
            return of(item);
        });
    }

    /** A map from names to strings, in document order. */
    public Map<String, String> stringMap(String name) {
        JsonObject inner = object(name);
        Map<String, String> result = new LinkedHashMap<>();
        for (String key : inner.members.keySet()) {
            result.put(key, inner.string(key));
        }
        return result;
    }

    /** The items of an array member, each read by {@code read}. */
    public <T> List<T> list(String name, Function<@Nullable Object, T> read) {
        List<T> result = new ArrayList<>();
        for (Object item : typed(name, List.class, "an array")) {
            result.add(read.apply(item));
        }
        return Collections.unmodifiableList(result);
    }

    private <T> T typed(String name, Class<T> type, String expected) {
        Object value = members.get(name);
        if (value == null) {
            throw new JsonException("Member '" + name + "' is missing; it must be " + expected + ".");
        }
        if (!type.isInstance(value)) {
            throw new JsonException("Member '" + name + "' must be " + expected + ".");
        }
        return type.cast(value);
    }

    private static String shown(String name) {
        String plain = name.replaceAll("[^\\p{L}\\p{N}_.$-]", "?");
        return plain.length() <= 40 ? plain : plain.substring(0, 40) + "…";
    }

    private static List<String> sorted(Set<String> names) {
        return names.stream().sorted().toList();
    }
}
