package io.yunyu.engine.cluster;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Collection;
import java.util.HexFormat;
import java.util.List;

/** Secrets in the forms in which they could be left somewhere: as they are, reversed, in base64 at each offset, in hexadecimal. */
final class Traces {
    private static final int OFFSETS = 3;

    private final List<String> forms = new ArrayList<>();

    private Traces() {}

    static Traces ofTexts(Collection<String> texts) {
        return ofBytes(
                texts.stream().map(t -> t.getBytes(StandardCharsets.UTF_8)).toList());
    }

    static Traces ofBytes(Collection<byte[]> secrets) {
        Traces traces = new Traces();
        secrets.forEach(traces::add);
        return traces;
    }

    private void add(byte[] secret) {
        String plain = latin(secret);
        forms.add(plain);
        forms.add(new StringBuilder(plain).reverse().toString());
        forms.add(HexFormat.of().formatHex(secret));
        forms.add(HexFormat.of().withUpperCase().formatHex(secret));
        for (int offset = 0; offset < OFFSETS; offset++) {
            byte[] shifted = new byte[offset + secret.length];
            System.arraycopy(secret, 0, shifted, offset, secret.length);
            // Only characters that depend on the secret alone.
            int from = (offset * 8 + 5) / 6;
            int to = shifted.length * 8 / 6;
            forms.add(Base64.getEncoder().encodeToString(shifted).substring(from, to));
        }
    }

    boolean in(byte[] content) {
        String text = latin(content);
        return forms.stream().anyMatch(text::contains);
    }

    private static String latin(byte[] bytes) {
        return new String(bytes, StandardCharsets.ISO_8859_1);
    }
}
