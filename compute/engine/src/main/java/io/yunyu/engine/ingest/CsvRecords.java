package io.yunyu.engine.ingest;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/**
 * The records in a piece of delimited text (RFC 4180): quotes around a value, doubled inside; records end with LF or
 * CRLF. Empty lines are no records unless a record has one column only. What breaks the rules is flagged, not repaired.
 */
final class CsvRecords implements Iterator<SourceRecord> {
    static final String FIELD_COUNT = "FIELD_COUNT";
    static final String QUOTING = "QUOTING";
    static final String ENCODING = "ENCODING";

    private final byte[] bytes;
    private final byte[] delimiter;
    private final int columns;
    private int at;
    private @Nullable String malformed;

    /** @param columns expected number of values, or 0 to take what comes */
    CsvRecords(byte[] bytes, int from, byte[] delimiter, int columns) {
        this.bytes = bytes;
        this.at = from;
        this.delimiter = delimiter;
        this.columns = columns;
        skipEmptyLines();
    }

    @Override
    public boolean hasNext() {
        return at < bytes.length;
    }

    @Override
    public SourceRecord next() {
        if (!hasNext()) {
            throw new NoSuchElementException();
        }
        malformed = null;
        List<@Nullable String> fields = new ArrayList<>(Math.max(columns, 8));
        do {
            fields.add(field());
        } while (!endOfRecord());
        skipEmptyLines();
        if (columns > 0 && fields.size() != columns && malformed == null) {
            malformed = FIELD_COUNT;
        }
        return new SourceRecord(fields.toArray(String[]::new), malformed);
    }

    /** Bytes consumed so far. */
    int position() {
        return at;
    }

    private @Nullable String field() {
        return at < bytes.length && bytes[at] == '"' ? quoted() : plain();
    }

    private @Nullable String plain() {
        int start = at;
        while (at < bytes.length && bytes[at] != '\n' && !isDelimiter()) {
            at++;
        }
        int end = at;
        boolean lineEnds = at >= bytes.length || bytes[at] == '\n';
        if (lineEnds && end > start && bytes[end - 1] == '\r') {
            end--;
        }
        return text(bytes, start, end);
    }

    private @Nullable String quoted() {
        int start = ++at;
        boolean doubled = false;
        while (at < bytes.length && (bytes[at] != '"' || (at + 1 < bytes.length && bytes[at + 1] == '"'))) {
            if (bytes[at] == '"') {
                doubled = true;
                at++;
            }
            at++;
        }
        String value = text(bytes, start, Math.min(at, bytes.length));
        at++;
        if (at < bytes.length && bytes[at] == '\r' && (at + 1 == bytes.length || bytes[at + 1] == '\n')) {
            at++;
        }
        if (at < bytes.length && bytes[at] != '\n' && !isDelimiter()) {
            malformed = QUOTING;
            plain();
        }
        return value != null && doubled ? value.replace("\"\"", "\"") : value;
    }

    /** Consumes the delimiter or line break after a value. */
    private boolean endOfRecord() {
        if (at >= bytes.length) {
            return true;
        }
        if (bytes[at] == '\n') {
            at++;
            return true;
        }
        at += delimiter.length;
        return false;
    }

    private boolean isDelimiter() {
        if (bytes[at] != delimiter[0]) {
            return false;
        }
        for (int i = 1; i < delimiter.length; i++) {
            if (at + i >= bytes.length || bytes[at + i] != delimiter[i]) {
                return false;
            }
        }
        return true;
    }

    private void skipEmptyLines() {
        while (columns != 1 && at < bytes.length) {
            if (bytes[at] == '\n') {
                at++;
            } else if (bytes[at] == '\r' && at + 1 < bytes.length && bytes[at + 1] == '\n') {
                at += 2;
            } else {
                return;
            }
        }
    }

    private @Nullable String text(byte[] from, int start, int end) {
        if (end <= start) {
            return null;
        }
        String text = new String(from, start, end - start, StandardCharsets.UTF_8);
        if (text.indexOf('\uFFFD') >= 0) {
            malformed = ENCODING;
        }
        return text;
    }
}
