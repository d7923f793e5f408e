package io.yunyu.api.engine;

import java.security.SecureRandom;
import java.util.HexFormat;

/** Fresh ids: they cannot be guessed, and sort by nothing. */
public final class Ids {
    private static final SecureRandom RANDOM = new SecureRandom();

    private Ids() {}

    /** Such as {@code job-3f…}, with 96 random bits. */
    public static String fresh(String prefix) {
        byte[] bytes = new byte[12];
        RANDOM.nextBytes(bytes);
        return prefix + "-" + HexFormat.of().formatHex(bytes);
    }
}
