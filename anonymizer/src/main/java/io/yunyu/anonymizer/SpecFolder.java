package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.InputException;
import java.nio.file.Path;
import org.jspecify.annotations.Nullable;

/** Where the files lie that a specification names, if it may name any. */
final class SpecFolder {
    /** For a specification that somebody else sent: it opens no file of this machine. */
    static final SpecFolder NONE = new SpecFolder(null);

    private final @Nullable Path folder;

    private SpecFolder(@Nullable Path folder) {
        this.folder = folder;
    }

    static SpecFolder of(Path folder) {
        return new SpecFolder(folder);
    }

    /** @throws InputException if no file may be named */
    Path resolve(String name) {
        if (folder == null) {
            throw new InputException(
                    "This specification may name no files. Give a hierarchy's rows in it, under 'rows', or a builder;"
                            + " select a subset by an attribute's values.");
        }
        return folder.resolve(name);
    }
}
