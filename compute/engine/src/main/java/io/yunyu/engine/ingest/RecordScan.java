package io.yunyu.engine.ingest;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * One pass over a text file's bytes: its digest, and places where it can be cut between records. A line break inside
 * quotes is no such place, which only somebody who reads from the start can know; so the pass that digests also cuts,
 * and the parsing after it can run in parallel.
 */
final class RecordScan {
    static final int MAX_RECORD_BYTES = 1 << 22;
    private static final int CHUNK_BYTES = 1 << 22;

    private enum State {
        FIELD_START,
        PLAIN,
        QUOTED,
        QUOTE_IN_QUOTED
    }

    private final MessageDigest sha256 = sha256();
    private final byte @Nullable [] delimiter;
    private final List<ByteRange> ranges = new ArrayList<>();
    private State state = State.FIELD_START;
    private int delimiterMatched;
    private long position;
    private long rangeStart;
    private long recordStart;
    private long records;

    private RecordScan(byte @Nullable [] delimiter) {
        this.delimiter = delimiter;
    }

    /**
     * Scans a file.
     *
     * @param delimiter UTF-8 bytes of the delimiter of a file with quoting, or null if a line break always ends a record
     */
    static RecordScan of(Path file, byte @Nullable [] delimiter) {
        RecordScan scan = new RecordScan(delimiter);
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 20];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                scan.sha256.update(buffer, 0, n);
                if (delimiter == null) {
                    scan.lines(buffer, n);
                } else {
                    scan.quotedRecords(buffer, n);
                }
            }
        } catch (IOException e) {
            throw SourceProblems.unreadable("The source file cannot be read. Check that it is there and readable.");
        }
        scan.end();
        return scan;
    }

    /** {@code sha256:…} of a file's bytes, for formats that are not cut here. */
    static String digestOf(Path file) {
        MessageDigest digest = sha256();
        try (InputStream in = Files.newInputStream(file)) {
            byte[] buffer = new byte[1 << 20];
            for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
                digest.update(buffer, 0, n);
            }
        } catch (IOException e) {
            throw SourceProblems.unreadable("The source file cannot be read. Check that it is there and readable.");
        }
        return text(digest);
    }

    /** {@code sha256:…} of a document. */
    static String digestOf(byte[] document) {
        MessageDigest digest = sha256();
        digest.update(document);
        return text(digest);
    }

    String digest() {
        return text(sha256);
    }

    /** Consecutive ranges that cover the file. */
    List<ByteRange> ranges() {
        return List.copyOf(ranges);
    }

    private void lines(byte[] buffer, int n) {
        for (int i = 0; i < n; i++) {
            position++;
            if (buffer[i] == '\n') {
                recordEnd();
            }
        }
        boundRecord();
    }

    private void quotedRecords(byte[] buffer, int n) {
        State s = state;
        byte last = lastDelimiterByte();
        for (int i = 0; i < n; i++) {
            byte b = buffer[i];
            position++;
            switch (s) {
                case QUOTED -> s = b == '"' ? State.QUOTE_IN_QUOTED : State.QUOTED;
                case QUOTE_IN_QUOTED -> s = b == '"' ? State.QUOTED : plain(b, last);
                case FIELD_START -> s = b == '"' ? State.QUOTED : plain(b, last);
                case PLAIN -> s = plain(b, last);
            }
            if (b == '\n' && s == State.FIELD_START) {
                recordEnd();
            }
        }
        state = s;
        boundRecord();
    }

    /** UTF-8 keeps characters apart, so matching the delimiter's bytes in sequence is matching the character. */
    private State plain(byte b, byte last) {
        if (b == '\n') {
            delimiterMatched = 0;
            return State.FIELD_START;
        }
        byte[] d = delimiter;
        if (d == null || d.length == 1) {
            return b == last && d != null ? State.FIELD_START : State.PLAIN;
        }
        delimiterMatched = b == d[delimiterMatched] ? delimiterMatched + 1 : b == d[0] ? 1 : 0;
        if (delimiterMatched == d.length) {
            delimiterMatched = 0;
            return State.FIELD_START;
        }
        return State.PLAIN;
    }

    private byte lastDelimiterByte() {
        byte[] d = delimiter;
        return d == null ? 0 : d[d.length - 1];
    }

    private void recordEnd() {
        records++;
        recordStart = position;
        if (position - rangeStart >= CHUNK_BYTES) {
            cut();
        }
    }

    private void boundRecord() {
        if (position - recordStart > MAX_RECORD_BYTES) {
            throw SourceProblems.malformed("The record at line or record " + (records + 1)
                    + " of the file is longer than " + MAX_RECORD_BYTES
                    + " bytes. Check for a quote that is never closed there.");
        }
    }

    private void end() {
        if (state == State.QUOTED) {
            throw SourceProblems.malformed("The file ends inside a quoted value that begins in record " + (records + 1)
                    + " of the file. Close the quote or complete the file.");
        }
        if (position > rangeStart) {
            cut();
        }
    }

    private void cut() {
        ranges.add(new ByteRange(rangeStart, (int) (position - rangeStart)));
        rangeStart = position;
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("Every Java platform has SHA-256.", e);
        }
    }

    private static String text(MessageDigest digest) {
        return "sha256:" + HexFormat.of().formatHex(digest.digest());
    }
}
