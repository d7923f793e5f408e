package io.yunyu.contract.json;

import java.math.BigDecimal;
import java.math.BigInteger;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * JSON as it crosses a wall: a strict reader and a canonical writer.
 *
 * <p>Values are {@code Map<String, Object>}, {@code List<Object>}, {@code String}, {@code Long}, {@code BigDecimal},
 * {@code Boolean} and {@code null}. The canonical form (after RFC 8785) sorts members by UTF-16 code units, writes no
 * white space and escapes only what must be escaped, so equal documents have equal bytes and can be signed. Numbers
 * that are not integers are written as plain decimals without trailing zeros; binary floating point is refused, since
 * its text form is where canonical writers differ.
 *
 * <p>The reader refuses duplicate members, nesting deeper than {@value #MAX_DEPTH}, text after the value and anything
 * RFC 8259 does not allow. Its errors name positions, never content.
 */
public final class Json {
    static final int MAX_DEPTH = 64;

    private Json() {}

    /** Parses one JSON value. @throws JsonException if the text is not exactly one well-formed value */
    public static @Nullable Object parse(String text) {
        return new JsonReader(text).document();
    }

    /** Parses UTF-8 bytes. @throws JsonException also for malformed UTF-8 */
    public static @Nullable Object parse(byte[] utf8) {
        try {
            return parse(StandardCharsets.UTF_8
                    .newDecoder()
                    .onMalformedInput(CodingErrorAction.REPORT)
                    .decode(ByteBuffer.wrap(utf8))
                    .toString());
        } catch (CharacterCodingException e) {
            throw new JsonException("The document is not valid UTF-8.");
        }
    }

    /** Parses an object. @throws JsonException if the value is of another kind */
    public static JsonObject parseObject(byte[] utf8) {
        return JsonObject.of(parse(utf8));
    }

    /** Parses an object. @throws JsonException if the value is of another kind */
    public static JsonObject parseObject(String text) {
        return JsonObject.of(parse(text));
    }

    /** The canonical text of a value. @throws JsonException for a value JSON cannot hold or for binary floating point */
    public static String write(@Nullable Object value) {
        StringBuilder out = new StringBuilder();
        write(value, out, 0);
        return out.toString();
    }

    /** The canonical UTF-8 bytes of a value: what gets signed and digested. */
    public static byte[] bytes(@Nullable Object value) {
        return write(value).getBytes(StandardCharsets.UTF_8);
    }

    /** An object from alternating names and values; members whose value is null are left out. */
    public static Map<String, Object> object(@Nullable Object... namesAndValues) {
        Map<String, Object> members = new LinkedHashMap<>();
        for (int i = 0; i < namesAndValues.length; i += 2) {
            Object value = namesAndValues[i + 1];
            if (value != null) {
                members.put(String.valueOf(namesAndValues[i]), value);
            }
        }
        return members;
    }

    private static void write(@Nullable Object value, StringBuilder out, int depth) {
        if (depth > MAX_DEPTH) {
            throw new JsonException("The document nests deeper than " + MAX_DEPTH + " levels.");
        }
        if (value == null || value instanceof Boolean) {
            out.append(value);
        } else if (value instanceof String s) {
            quote(s, out);
        } else if (value instanceof Enum<?> e) {
            quote(e.name(), out);
        } else if (value instanceof Integer || value instanceof Long || value instanceof BigInteger) {
            out.append(value);
        } else if (value instanceof BigDecimal d) {
            out.append(d.signum() == 0 ? "0" : d.stripTrailingZeros().toPlainString());
        } else if (value instanceof Map<?, ?> members) {
            writeObject(members, out, depth);
        } else if (value instanceof Collection<?> items) {
            writeArray(new ArrayList<>(items), out, depth);
        } else {
            throw new JsonException("A value of type " + value.getClass().getSimpleName() + " has no canonical JSON.");
        }
    }

    private static void writeObject(Map<?, ?> members, StringBuilder out, int depth) {
        TreeMap<String, Object> sorted = new TreeMap<>();
        members.forEach((name, member) -> sorted.put(String.valueOf(name), member));
        out.append('{');
        String separator = "";
        for (Map.Entry<String, Object> member : sorted.entrySet()) {
            out.append(separator);
            quote(member.getKey(), out);
            out.append(':');
            write(member.getValue(), out, depth + 1);
            separator = ",";
        }
        out.append('}');
    }

    private static void writeArray(List<?> items, StringBuilder out, int depth) {
        out.append('[');
        String separator = "";
        for (Object item : items) {
            out.append(separator);
            write(item, out, depth + 1);
            separator = ",";
        }
        out.append(']');
    }

    private static void quote(String text, StringBuilder out) {
        out.append('"');
        for (int i = 0; i < text.length(); i++) {
            char c = text.charAt(i);
            switch (c) {
                case '"' -> out.append("\\\"");
                case '\\' -> out.append("\\\\");
                case '\b' -> out.append("\\b");
                case '\f' -> out.append("\\f");
                case '\n' -> out.append("\\n");
                case '\r' -> out.append("\\r");
                case '\t' -> out.append("\\t");
                default -> {
                    if (c < 0x20) {
                        out.append(String.format("\\u%04x", (int) c));
                    } else {
                        out.append(c);
                    }
                }
            }
        }
        out.append('"');
    }
}
