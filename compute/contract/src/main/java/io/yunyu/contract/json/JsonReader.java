package io.yunyu.contract.json;

import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Recursive-descent reader of RFC 8259, without its optional leniencies. */
final class JsonReader {
    private static final Pattern NUMBER = Pattern.compile("-?(0|[1-9][0-9]*)(\\.[0-9]+)?([eE][+-]?[0-9]{1,3})?");
    private static final int MAX_NUMBER_LENGTH = 400;

    private final String text;
    private int at;
    private int depth;

    JsonReader(String text) {
        this.text = text;
    }

    @Nullable
    Object document() {
        Object value = value();
        skipSpace();
        if (at < text.length()) {
            throw error("text after the end of the value");
        }
        return value;
    }

    private @Nullable Object value() {
        skipSpace();
        return switch (peek()) {
            case '{' -> object();
            case '[' -> array();
            case '"' -> string();
            case 't' -> word("true", true);
            case 'f' -> word("false", false);
            case 'n' -> word("null", null);
            default -> number();
        };
    }

    private Map<String, Object> object() {
        enter();
        Map<String, Object> members = new LinkedHashMap<>();
        skipSpace();
        if (!take('}')) {
            do {
                skipSpace();
                if (peek() != '"') {
                    throw error("a member name must be a string");
                }
                String name = string();
                skipSpace();
                expect(':');
                if (members.containsKey(name)) {
                    throw error("the same member twice");
                }
                members.put(name, value());
                skipSpace();
            } while (take(','));
            expect('}');
        }
        depth--;
        return members;
    }

    private List<Object> array() {
        enter();
        List<Object> items = new ArrayList<>();
        skipSpace();
        if (!take(']')) {
            do {
                items.add(value());
                skipSpace();
            } while (take(','));
            expect(']');
        }
        depth--;
        return items;
    }

    private void enter() {
        at++;
        if (++depth > Json.MAX_DEPTH) {
            throw error("nested deeper than " + Json.MAX_DEPTH + " levels");
        }
    }

    private String string() {
        StringBuilder out = new StringBuilder();
        at++;
        while (true) {
            char c = peek();
            at++;
            if (c == '"') {
                return wellFormed(out.toString());
            } else if (c < 0x20) {
                throw error("a control character inside a string");
            } else if (c != '\\') {
                out.append(c);
            } else {
                out.append(escape());
            }
        }
    }

    private char escape() {
        char c = peek();
        at++;
        return switch (c) {
            case '"', '\\', '/' -> c;
            case 'b' -> '\b';
            case 'f' -> '\f';
            case 'n' -> '\n';
            case 'r' -> '\r';
            case 't' -> '\t';
            case 'u' -> {
                if (at + 4 > text.length() || !text.substring(at, at + 4).matches("[0-9a-fA-F]{4}")) {
                    throw error("a broken \\u escape");
                }
                at += 4;
                yield (char) Integer.parseInt(text.substring(at - 4, at), 16);
            }
            default -> throw error("an unknown escape");
        };
    }

    private String wellFormed(String s) {
        for (int i = 0; i < s.length(); i++) {
            char c = s.charAt(i);
            if (Character.isHighSurrogate(c) && i + 1 < s.length() && Character.isLowSurrogate(s.charAt(i + 1))) {
                i++;
            } else if (Character.isSurrogate(c)) {
                throw error("half a surrogate pair");
            }
        }
        return s;
    }

    private Object number() {
        Matcher matcher = NUMBER.matcher(text).region(at, Math.min(text.length(), at + MAX_NUMBER_LENGTH));
        if (!matcher.lookingAt()) {
            throw error("no JSON value");
        }
        at = matcher.end();
        String token = matcher.group();
        if (matcher.group(2) == null && matcher.group(3) == null && token.length() <= 19) {
            try {
                return Long.parseLong(token);
            } catch (NumberFormatException outOfLongRange) {
                return new BigDecimal(token);
            }
        }
        return new BigDecimal(token);
    }

    private @Nullable Object word(String word, @Nullable Object value) {
        if (!text.startsWith(word, at)) {
            throw error("no JSON value");
        }
        at += word.length();
        return value;
    }

    private char peek() {
        if (at >= text.length()) {
            throw error("the text ends too early");
        }
        return text.charAt(at);
    }

    private boolean take(char c) {
        if (at < text.length() && text.charAt(at) == c) {
            at++;
            return true;
        }
        return false;
    }

    private void expect(char c) {
        if (!take(c)) {
            throw error("expected '" + c + "'");
        }
    }

    private void skipSpace() {
        while (at < text.length() && " \t\r\n".indexOf(text.charAt(at)) >= 0) {
            at++;
        }
    }

    private JsonException error(String what) {
        return new JsonException("Not valid JSON at character " + at + ": " + what + ".");
    }
}
