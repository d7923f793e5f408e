package io.yunyu.contract.encoding;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.regex.Pattern;

/** SHA-256 of content, written {@code sha256:<64 lower-case hex digits>}. */
public final class ContentDigest {
    private static final Pattern FORM = Pattern.compile("sha256:[0-9a-f]{64}");

    private ContentDigest() {}

    public static String of(byte[] content) {
        return "sha256:" + HexFormat.of().formatHex(sha256(content));
    }

    /** The digest of the text's UTF-8 bytes. */
    public static String of(String text) {
        return of(text.getBytes(StandardCharsets.UTF_8));
    }

    public static boolean isDigest(String text) {
        return FORM.matcher(text).matches();
    }

    /** SHA-256 of the parts, one after the other. */
    public static byte[] sha256(byte[]... parts) {
        try {
            MessageDigest digest = MessageDigest.getInstance("SHA-256");
            for (byte[] part : parts) {
                digest.update(part);
            }
            return digest.digest();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }
}
