package io.yunyu.anonymizer.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.Reader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;

/** Splits delimited text into records without building a string per field. A record is bounded, so that a broken file cannot take the memory. */
final class DelimitedScanner implements Closeable {
    /** Longest record, in characters. */
    static final int MAX_RECORD_LENGTH = 1 << 20;

    private final String file;
    private final Reader reader;
    private final char delimiter;
    private final char[] buffer = new char[1 << 16];
    private int at;
    private int filled;
    private char[] text = new char[1024];
    private int length;
    private int[] ends = new int[64];
    private int fields;
    private long line;
    private long nextLine = 1;

    DelimitedScanner(Path path, DelimitedFormat format) throws IOException {
        this.file = String.valueOf(path.getFileName());
        this.delimiter = format.delimiter();
        this.reader = new InputStreamReader(
                Files.newInputStream(path),
                StandardCharsets.UTF_8.newDecoder().onMalformedInput(CodingErrorAction.REPORT));
        if (peek() == '\uFEFF') {
            at++;
        }
    }

    /** Moves to the next record that is not an empty line; false at the end. */
    boolean next() throws IOException {
        while (peek() >= 0) {
            line = nextLine;
            length = 0;
            fields = 0;
            scanRecord();
            if (fields > 1 || length > 0) {
                return true;
            }
        }
        return false;
    }

    int fields() {
        return fields;
    }

    char[] text() {
        return text;
    }

    int start(int field) {
        return field == 0 ? 0 : ends[field - 1];
    }

    int length(int field) {
        return ends[field] - start(field);
    }

    String field(int field) {
        return new String(text, start(field), length(field));
    }

    InputException error(String what) {
        return new InputException("File '" + file + "', line " + line + ": " + what);
    }

    private void scanRecord() throws IOException {
        while (true) {
            int c = read();
            if (c == '"' && length == start(fields)) {
                quoted();
                c = read();
                if (c >= 0 && c != delimiter && c != '\n' && c != '\r') {
                    throw error("text after a closing quote in field " + (fields + 1) + ".");
                }
            }
            if (c == delimiter) {
                endField();
            } else if (c < 0 || c == '\n' || c == '\r') {
                endField();
                if (c == '\r' && peek() == '\n') {
                    at++;
                }
                nextLine++;
                return;
            } else {
                append((char) c);
                plain();
            }
        }
    }

    /** Takes characters up to the next delimiter or line end, as far as the buffer holds them. */
    private void plain() {
        char[] from = buffer;
        int start = at;
        int end = Math.min(filled, start + text.length - length);
        int i = start;
        while (i < end && from[i] != delimiter && from[i] != '\n' && from[i] != '\r') {
            i++;
        }
        System.arraycopy(from, start, text, length, i - start);
        length += i - start;
        at = i;
    }

    private void quoted() throws IOException {
        while (true) {
            int c = read();
            if (c < 0) {
                throw error("the quote opened in field " + (fields + 1) + " is never closed.");
            }
            if (c == '"') {
                if (peek() != '"') {
                    return;
                }
                at++;
            } else if (c == '\n') {
                nextLine++;
            }
            append((char) c);
        }
    }

    private void append(char c) {
        if (length == text.length) {
            if (length >= MAX_RECORD_LENGTH) {
                throw error("the record is longer than " + MAX_RECORD_LENGTH + " characters.");
            }
            text = Arrays.copyOf(text, 2 * length);
        }
        text[length++] = c;
    }

    private void endField() {
        if (fields == ends.length) {
            ends = Arrays.copyOf(ends, 2 * fields);
        }
        ends[fields++] = length;
    }

    private int peek() throws IOException {
        if (at == filled) {
            try {
                filled = Math.max(0, reader.read(buffer));
            } catch (CharacterCodingException e) {
                throw new InputException("File '" + file + "', near line " + nextLine + ": not valid UTF-8.", e);
            }
            at = 0;
        }
        return filled == 0 ? -1 : buffer[at];
    }

    private int read() throws IOException {
        int c = peek();
        if (c >= 0) {
            at++;
        }
        return c;
    }

    @Override
    public void close() throws IOException {
        reader.close();
    }
}
