package io.yunyu.system.egress;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.Base64;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The byte strings by which a text gives itself away, by the name of the form. */
final class Forms {
    private final Map<String, byte[]> forms = new LinkedHashMap<>();

    private Forms() {}

    static Map<String, byte[]> of(String text) {
        Forms all = new Forms();
        all.written("plain", text);
        all.written("lower case", text.toLowerCase(Locale.ROOT));
        all.written("reversed", new StringBuilder(text).reverse().toString());
        if (text.matches("[1-9][0-9]{5,17}")) {
            all.binary(Long.parseLong(text));
        }
        return all.forms;
    }

    private void written(String how, String text) {
        byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
        add(how, bytes);
        add(how + ", UTF-16LE", text.getBytes(StandardCharsets.UTF_16LE));
        add(how + ", UTF-16BE", text.getBytes(StandardCharsets.UTF_16BE));
        add(how + ", hex", HexFormat.of().formatHex(bytes));
        add(how + ", HEX", HexFormat.of().withUpperCase().formatHex(bytes));
        add(how + ", percent", HexFormat.of().withUpperCase().withPrefix("%").formatHex(bytes));
        StringBuilder json = new StringBuilder();
        text.chars().forEach(c -> json.append(String.format("\\u%04x", c)));
        add(how + ", JSON escapes", json.toString());
        for (int offset = 0; offset < 3; offset++) {
            add(how + ", base64 at " + offset, base64(Base64.getEncoder(), bytes, offset));
            add(how + ", base64url at " + offset, base64(Base64.getUrlEncoder(), bytes, offset));
        }
    }

    private void binary(long number) {
        ByteBuffer eight = ByteBuffer.allocate(Long.BYTES);
        add("64 bits, big-endian", eight.putLong(0, number).array().clone());
        eight.order(ByteOrder.LITTLE_ENDIAN);
        add("64 bits, little-endian", eight.putLong(0, number).array().clone());
    }

    /** The characters that depend on these bytes alone, whatever stands before and after them. */
    private static String base64(Base64.Encoder encoder, byte[] bytes, int offset) {
        byte[] placed = new byte[offset + bytes.length];
        System.arraycopy(bytes, 0, placed, offset, bytes.length);
        int from = (offset * 8 + 5) / 6;
        int to = placed.length * 8 / 6;
        return encoder.encodeToString(placed).substring(from, to);
    }

    private void add(String form, String text) {
        add(form, text.getBytes(StandardCharsets.UTF_8));
    }

    /** A form that looks as an earlier one is that one. */
    private void add(String form, byte[] bytes) {
        if (forms.values().stream().noneMatch(known -> java.util.Arrays.equals(known, bytes))) {
            forms.put(form, bytes);
        }
    }
}
