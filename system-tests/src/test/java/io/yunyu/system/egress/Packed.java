package io.yunyu.system.egress;

import java.io.ByteArrayOutputStream;
import java.util.Base64;
import java.util.HexFormat;
import java.util.function.BiConsumer;
import java.util.zip.DataFormatException;
import java.util.zip.Inflater;

/** Takes out of bytes what is packed in them, wherever it begins. */
final class Packed {
    private static final int LONGEST = 64 << 20;
    /** Shorter runs are words. */
    private static final int SHORTEST_RUN = 24;

    private static final int GZIP_HEADER = 10;
    private static final int ZIP_HEADER = 30;

    private Packed() {}

    /** @param member told how it was packed, and what it is */
    static void members(byte[] bytes, BiConsumer<String, byte[]> member) {
        Inflater raw = new Inflater(true);
        Inflater zlib = new Inflater(false);
        try {
            for (int i = 0; i + 6 < bytes.length; i++) {
                switch (bytes[i]) {
                    case 0x1f -> {
                        if (bytes[i + 1] == (byte) 0x8b && bytes[i + 2] == 8) {
                            inflate(raw, bytes, afterGzipHeader(bytes, i), "gzip", member);
                        }
                    }
                    case 0x78 -> {
                        if ((0x7800 | bytes[i + 1] & 0xff) % 31 == 0 && (bytes[i + 1] & 0x20) == 0) {
                            inflate(zlib, bytes, i, "zlib", member);
                        }
                    }
                    case 'P' -> {
                        if (bytes[i + 1] == 'K'
                                && bytes[i + 2] == 3
                                && bytes[i + 3] == 4
                                && i + ZIP_HEADER < bytes.length) {
                            int data = i + ZIP_HEADER + two(bytes, i + 26) + two(bytes, i + 28);
                            inflate(raw, bytes, data, "zip", member);
                        }
                    }
                    default -> {
                        // Nothing begins here.
                    }
                }
            }
        } finally {
            raw.end();
            zlib.end();
        }
        runs(bytes, member);
    }

    private static int two(byte[] bytes, int at) {
        return bytes[at] & 0xff | (bytes[at + 1] & 0xff) << 8;
    }

    /** RFC 1952, section 2.3. */
    private static int afterGzipHeader(byte[] bytes, int at) {
        int flags = bytes[at + 3];
        int to = at + GZIP_HEADER;
        if ((flags & 4) != 0 && to + 1 < bytes.length) {
            to += 2 + two(bytes, to);
        }
        for (int mask : new int[] {8, 16}) {
            if ((flags & mask) != 0) {
                while (to < bytes.length && bytes[to] != 0) {
                    to++;
                }
                to++;
            }
        }
        return (flags & 2) != 0 ? to + 2 : to;
    }

    /** As much as can be unpacked: a member that is cut off, or damaged later on, has a beginning. */
    private static void inflate(
            Inflater inflater, byte[] bytes, int at, String how, BiConsumer<String, byte[]> member) {
        if (at >= bytes.length) {
            return;
        }
        inflater.reset();
        inflater.setInput(bytes, at, bytes.length - at);
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        byte[] buffer = new byte[1 << 13];
        try {
            int length;
            while (out.size() < LONGEST && (length = inflater.inflate(buffer)) > 0) {
                out.write(buffer, 0, length);
            }
        } catch (DataFormatException noMoreOfIt) {
            // What came before is looked at.
        }
        if (out.size() > 0) {
            member.accept(how, out.toByteArray());
        }
    }

    /** Runs of text that may be base64 or hexadecimal, read from each place where a group can begin. */
    private static void runs(byte[] bytes, BiConsumer<String, byte[]> member) {
        int from = 0;
        for (int i = 0; i <= bytes.length; i++) {
            if (i == bytes.length || !isBase64(bytes[i])) {
                if (i - from >= SHORTEST_RUN) {
                    run(bytes, from, i, member);
                }
                from = i + 1;
            }
        }
    }

    private static void run(byte[] bytes, int from, int to, BiConsumer<String, byte[]> member) {
        byte[] text = new byte[to - from];
        boolean hex = true;
        for (int i = 0; i < text.length; i++) {
            byte b = bytes[from + i];
            text[i] = b == '-' ? (byte) '+' : b == '_' ? (byte) '/' : b;
            hex &= Character.digit(b, 16) >= 0;
        }
        for (int skip = 0; skip < 4; skip++) {
            int length = (text.length - skip) / 4 * 4;
            byte[] group = java.util.Arrays.copyOfRange(text, skip, skip + length);
            member.accept("base64", Base64.getDecoder().decode(group));
        }
        for (int skip = 0; hex && skip < 2; skip++) {
            int length = (text.length - skip) / 2 * 2;
            member.accept(
                    "hex",
                    HexFormat.of()
                            .parseHex(new String(text, skip, length, java.nio.charset.StandardCharsets.US_ASCII)));
        }
    }

    private static boolean isBase64(byte b) {
        return b >= 'A' && b <= 'Z'
                || b >= 'a' && b <= 'z'
                || b >= '0' && b <= '9'
                || b == '+'
                || b == '/'
                || b == '-'
                || b == '_';
    }
}
