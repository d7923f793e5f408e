package io.yunyu.bench;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * A table on disk while it is measured. One that is there already is used and stays, so that writing it need not fall into
 * the time in which a machine is kept quiet.
 */
record TableFile(Path path, boolean own) implements AutoCloseable {
    /** Writes a table. */
    interface Maker {
        void write(Path file) throws IOException;
    }

    static TableFile of(Path path, Maker maker) throws IOException {
        boolean own = !Files.exists(path);
        if (own) {
            maker.write(path);
        }
        return new TableFile(path, own);
    }

    @Override
    public void close() throws IOException {
        if (own) {
            Files.delete(path);
        }
    }
}
