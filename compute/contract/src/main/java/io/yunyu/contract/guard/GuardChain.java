package io.yunyu.contract.guard;

import io.yunyu.contract.encoding.ContentDigest;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/**
 * Links of the guard's chain. Each entry's link is the digest of the link before and of the entry's sealed bytes, so that
 * an entry that is dropped, changed or moved changes every link after it.
 */
public final class GuardChain {
    /** Most bytes of one sealed entry: its base64 form fits into a frame. */
    public static final int MAX_ENTRY_BYTES = 512 << 10;

    /** Most bytes that one job may add. */
    public static final int MAX_JOB_BYTES = 64 << 20;

    private GuardChain() {}

    /** The link before the first entry of a family's chain, {@code sha256:…}. */
    public static String start(String family) {
        return ContentDigest.of("yunyu/guard/1\n" + family);
    }

    /** The link of an entry that follows {@code before}. */
    public static String link(String before, byte[] sealed) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        bytes.writeBytes(before.getBytes(StandardCharsets.US_ASCII));
        bytes.write('\n');
        bytes.writeBytes(sealed);
        return ContentDigest.of(bytes.toByteArray());
    }
}
