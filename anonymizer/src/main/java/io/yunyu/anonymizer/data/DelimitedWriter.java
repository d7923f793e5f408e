package io.yunyu.anonymizer.data;

import java.io.Closeable;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/**
 * Writes delimited text, UTF-8, each record ended by a line feed. Cells that come often can be encoded once and written as
 * bytes.
 */
public final class DelimitedWriter implements Closeable {
    private final OutputStream out;
    private final DelimitedFormat format;
    private final byte[] delimiter;
    private final StringBuilder line = new StringBuilder();
    private final byte[] buffer = new byte[1 << 16];
    private int filled;
    private boolean inRecord;

    /** @param path overwritten if it exists */
    public DelimitedWriter(Path path, DelimitedFormat format) throws IOException {
        this.out = Files.newOutputStream(path);
        this.format = format;
        this.delimiter = String.valueOf(format.delimiter()).getBytes(StandardCharsets.UTF_8);
    }

    public void write(List<String> cells) throws IOException {
        writeRecord(encodeRecord(cells));
    }

    /** A cell as it stands in the file, quoted where it must be. */
    public byte[] encode(String cell) {
        line.setLength(0);
        format.append(line, cell);
        return line.toString().getBytes(StandardCharsets.UTF_8);
    }

    /** A record as it stands in the file, its line feed included. */
    public byte[] encodeRecord(List<String> cells) {
        line.setLength(0);
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                line.append(format.delimiter());
            }
            format.append(line, cells.get(i));
        }
        return line.append('\n').toString().getBytes(StandardCharsets.UTF_8);
    }

    /** @param record of {@link #encodeRecord} */
    public void writeRecord(byte[] record) throws IOException {
        put(record);
    }

    /** Writes the next cell of a record. @param cell of {@link #encode} */
    public void writeCell(byte[] cell) throws IOException {
        if (inRecord) {
            put(delimiter);
        }
        inRecord = true;
        put(cell);
    }

    /** Ends the record of the cells written since the last one. */
    public void endRecord() throws IOException {
        inRecord = false;
        if (filled == buffer.length) {
            flush();
        }
        buffer[filled++] = '\n';
    }

    private void put(byte[] bytes) throws IOException {
        if (bytes.length > buffer.length - filled) {
            flush();
            if (bytes.length > buffer.length) {
                out.write(bytes);
                return;
            }
        }
        System.arraycopy(bytes, 0, buffer, filled, bytes.length);
        filled += bytes.length;
    }

    private void flush() throws IOException {
        out.write(buffer, 0, filled);
        filled = 0;
    }

    /** Writes what is left, and closes the file. */
    @Override
    public void close() throws IOException {
        try (out) {
            flush();
        }
    }
}
