package io.yunyu.engine.ingest;

import java.util.List;
import org.apache.spark.api.java.JavaRDD;

/**
 * A batch on its way in. Every format comes down to records of text, so that one set of checks serves all.
 *
 * <p>Records come in source order: by partition, then within the partition; and in the same order each time.
 */
interface RecordSource extends AutoCloseable {
    /** The source's columns, unique. */
    List<String> columns();

    /** {@code sha256:…} of the source's bytes, or of the document that names the extract. */
    String digest();

    /** The records, distributed. */
    JavaRDD<SourceRecord> records();

    @Override
    default void close() {}
}
