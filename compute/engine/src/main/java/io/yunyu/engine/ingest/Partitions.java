package io.yunyu.engine.ingest;

import java.io.IOException;
import java.io.Serializable;
import java.io.UncheckedIOException;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;
import java.util.NoSuchElementException;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.api.java.JavaSparkContext;

/** Cuts a text file into partitions of whole records, in file order. */
final class Partitions {
    /** Text per partition of a large file: one file of the table each. */
    private static final long BYTES = 64L << 20;

    private Partitions() {}

    /** Opens a piece of the file on an executor. */
    interface Opener extends Serializable {
        Iterator<SourceRecord> open(ByteRange range) throws IOException;
    }

    static JavaRDD<SourceRecord> of(JavaSparkContext spark, List<ByteRange> ranges, Opener opener) {
        long bytes = ranges.stream().mapToLong(ByteRange::length).sum();
        int groups = (int) Math.max(spark.defaultParallelism(), bytes / BYTES);
        List<List<ByteRange>> grouped = ByteRange.grouped(ranges, groups);
        return spark.parallelize(grouped, grouped.size()).flatMap(group -> new Chained(group.iterator(), opener));
    }

    /** One piece in memory at a time. */
    private static final class Chained implements Iterator<SourceRecord> {
        private final Iterator<ByteRange> ranges;
        private final Opener opener;
        private Iterator<SourceRecord> current = Collections.emptyIterator();

        Chained(Iterator<ByteRange> ranges, Opener opener) {
            this.ranges = ranges;
            this.opener = opener;
        }

        @Override
        public boolean hasNext() {
            while (!current.hasNext() && ranges.hasNext()) {
                try {
                    current = opener.open(ranges.next());
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            }
            return current.hasNext();
        }

        @Override
        public SourceRecord next() {
            if (!hasNext()) {
                throw new NoSuchElementException();
            }
            return current.next();
        }
    }
}
