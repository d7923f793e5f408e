package io.yunyu.engine.ingest;

import java.io.Serializable;
import org.jspecify.annotations.Nullable;

/** One record of a source as text, in the order of the source's columns; an empty or absent value is null. */
final class SourceRecord implements Serializable {
    private static final long serialVersionUID = 1L;

    final @Nullable String[] fields;
    /** Why the record could not be taken apart, or null. */
    final @Nullable String malformed;

    SourceRecord(@Nullable String[] fields, @Nullable String malformed) {
        this.fields = fields;
        this.malformed = malformed;
    }
}
