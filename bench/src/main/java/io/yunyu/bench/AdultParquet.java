package io.yunyu.bench;

import java.io.IOException;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.conf.ParquetConfiguration;
import org.apache.parquet.hadoop.ParquetFileWriter;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.api.WriteSupport;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.io.api.RecordConsumer;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/** Writes the perturbed table as Parquet: columns of text under dictionaries, which takes a few bytes for each record. */
final class AdultParquet {
    private AdultParquet() {}

    static void write(AdultTables tables, long rows, Path file) throws IOException {
        try (ParquetWriter<String[]> writer = new Builder(file, tables.names())
                .withWriteMode(ParquetFileWriter.Mode.OVERWRITE)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build()) {
            tables.perturbed(rows, writer::write);
        }
    }

    private static final class Builder extends ParquetWriter.Builder<String[], Builder> {
        private final List<String> names;

        Builder(Path file, List<String> names) {
            super(new LocalOutputFile(file));
            this.names = names;
        }

        @Override
        protected Builder self() {
            return this;
        }

        @Override
        protected WriteSupport<String[]> getWriteSupport(Configuration configuration) {
            return new Records(names);
        }

        @Override
        protected WriteSupport<String[]> getWriteSupport(ParquetConfiguration configuration) {
            return new Records(names);
        }
    }

    /** Each value is turned to bytes once. */
    private static final class Records extends WriteSupport<String[]> {
        private final List<String> names;
        private final Map<String, Binary> encoded = new HashMap<>();
        private @Nullable RecordConsumer to;

        Records(List<String> names) {
            this.names = names;
        }

        @Override
        public WriteContext init(Configuration configuration) {
            return context();
        }

        @Override
        public WriteContext init(ParquetConfiguration configuration) {
            return context();
        }

        private WriteContext context() {
            Types.GroupBuilder<MessageType> schema = Types.buildMessage();
            for (String name : names) {
                schema = schema.required(PrimitiveTypeName.BINARY)
                        .as(LogicalTypeAnnotation.stringType())
                        .named(name);
            }
            return new WriteContext(schema.named("adult"), Map.of());
        }

        @Override
        public void prepareForWrite(RecordConsumer recordConsumer) {
            to = recordConsumer;
        }

        @Override
        public void write(String[] values) {
            RecordConsumer consumer = Objects.requireNonNull(to);
            consumer.startMessage();
            for (int i = 0; i < values.length; i++) {
                consumer.startField(names.get(i), i);
                consumer.addBinary(encoded.computeIfAbsent(values[i], Binary::fromString));
                consumer.endField(names.get(i), i);
            }
            consumer.endMessage();
        }
    }
}
