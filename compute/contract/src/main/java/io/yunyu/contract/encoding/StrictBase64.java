package io.yunyu.contract.encoding;

import io.yunyu.contract.json.JsonException;
import java.util.Base64;

/**
 * Base64 (RFC 4648 section 4, padded) with exactly one text per content. The JDK's decoder lets the spare bits of the
 * last character differ; where a text is not itself under a digest, that would be a byte that can be changed unnoticed.
 */
public final class StrictBase64 {
    private StrictBase64() {}

    public static String encode(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }

    /** @throws JsonException if the text is not what {@link #encode} writes; {@code what} names it */
    public static byte[] decode(String text, String what) {
        try {
            byte[] bytes = Base64.getDecoder().decode(text);
            if (encode(bytes).equals(text)) {
                return bytes;
            }
        } catch (IllegalArgumentException e) {
            // Falls through to the one refusal: why it is not base64 helps nobody.
        }
        throw new JsonException(what + " must be padded base64 in its canonical form.");
    }

    /** As {@link #decode(String, String)}, of exactly {@code length} bytes. */
    public static byte[] decode(String text, int length, String what) {
        byte[] bytes = decode(text, what);
        if (bytes.length != length) {
            throw new JsonException(what + " must be base64 of " + length + " bytes.");
        }
        return bytes;
    }
}
