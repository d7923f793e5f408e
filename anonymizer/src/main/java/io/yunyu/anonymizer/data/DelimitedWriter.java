package io.yunyu.anonymizer.data;

import java.io.BufferedWriter;
import java.io.Closeable;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** Writes delimited text, UTF-8, each record ended by a line feed. */
public final class DelimitedWriter implements Closeable {
    private final BufferedWriter out;
    private final DelimitedFormat format;
    private final StringBuilder line = new StringBuilder();

    /** @param path overwritten if it exists */
    public DelimitedWriter(Path path, DelimitedFormat format) throws IOException {
        this.out = Files.newBufferedWriter(path, StandardCharsets.UTF_8);
        this.format = format;
    }

    public void write(List<String> cells) throws IOException {
        line.setLength(0);
        for (int i = 0; i < cells.size(); i++) {
            if (i > 0) {
                line.append(format.delimiter());
            }
            format.append(line, cells.get(i));
        }
        out.append(line).append('\n');
    }

    @Override
    public void close() throws IOException {
        out.close();
    }
}
