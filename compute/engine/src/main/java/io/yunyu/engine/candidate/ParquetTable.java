package io.yunyu.engine.candidate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.math.BigInteger;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.OutputFile;
import org.apache.parquet.io.PositionOutputStream;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.LogicalTypeAnnotation.TimeUnit;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Type;
import org.apache.parquet.schema.Types;
import org.jspecify.annotations.Nullable;

/**
 * The protected table as a plain Parquet file, written in memory. It bears its own configuration, not Spark's: protected
 * cells are for release and must not pass the factory that encrypts original records.
 */
final class ParquetTable {
    private ParquetTable() {}

    /** The file's bytes: the same for the same table, uncompressed. */
    static byte[] write(ProtectedTable table) {
        MessageType schema = new MessageType(
                "table", table.columns().stream().map(ParquetTable::field).toList());
        Memory file = new Memory();
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(file)
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                .build()) {
            SimpleGroupFactory groups = new SimpleGroupFactory(schema);
            for (List<@Nullable Object> row : table.rows()) {
                Group group = groups.newGroup();
                for (int c = 0; c < row.size(); c++) {
                    Object value = row.get(c);
                    if (value != null) {
                        add(group, c, table.columns().get(c), value);
                    }
                }
                writer.write(group);
            }
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return file.bytes.toByteArray();
    }

    /** A file whose columns are all text, written record by record. */
    static Text text(List<String> names) {
        return new Text(names);
    }

    /** A file being written in memory. */
    static final class Text {
        private final Memory file = new Memory();
        private final SimpleGroupFactory groups;
        private final ParquetWriter<Group> writer;

        private Text(List<String> names) {
            MessageType schema = new MessageType(
                    "table",
                    names.stream()
                            .map(name -> field(new ProtectedTable.Column(name, ProtectedTable.Type.STRING, 0, 0, true)))
                            .toList());
            groups = new SimpleGroupFactory(schema);
            try {
                writer = ExampleParquetWriter.builder(file)
                        .withConf(new PlainParquetConfiguration())
                        .withType(schema)
                        .withCompressionCodec(CompressionCodecName.UNCOMPRESSED)
                        .build();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        void add(List<? extends @Nullable String> cells) {
            Group group = groups.newGroup();
            for (int i = 0; i < cells.size(); i++) {
                String cell = cells.get(i);
                if (cell != null) {
                    group.add(i, cell);
                }
            }
            try {
                writer.write(group);
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
        }

        byte[] close() {
            try {
                writer.close();
            } catch (IOException e) {
                throw new UncheckedIOException(e);
            }
            return file.bytes.toByteArray();
        }
    }

    private static Type field(ProtectedTable.Column column) {
        return switch (column.type()) {
            case STRING -> optional(PrimitiveTypeName.BINARY, LogicalTypeAnnotation.stringType(), column);
            case LONG -> Types.optional(PrimitiveTypeName.INT64).named(column.name());
            case DOUBLE -> Types.optional(PrimitiveTypeName.DOUBLE).named(column.name());
            case BOOLEAN -> Types.optional(PrimitiveTypeName.BOOLEAN).named(column.name());
            case DATE -> optional(PrimitiveTypeName.INT32, LogicalTypeAnnotation.dateType(), column);
            case TIMESTAMP ->
                optional(PrimitiveTypeName.INT64, LogicalTypeAnnotation.timestampType(false, TimeUnit.MICROS), column);
            case DECIMAL ->
                Types.optional(PrimitiveTypeName.FIXED_LEN_BYTE_ARRAY)
                        .length(16)
                        .as(LogicalTypeAnnotation.decimalType(column.scale(), column.precision()))
                        .named(column.name());
        };
    }

    private static PrimitiveType optional(
            PrimitiveTypeName type, LogicalTypeAnnotation logical, ProtectedTable.Column column) {
        return Types.optional(type).as(logical).named(column.name());
    }

    private static void add(Group group, int at, ProtectedTable.Column column, Object value) {
        switch (column.type()) {
            case STRING -> group.add(at, (String) value);
            case LONG -> group.add(at, (long) (Long) value);
            case DOUBLE -> group.add(at, (double) (Double) value);
            case BOOLEAN -> group.add(at, (boolean) (Boolean) value);
            case DATE -> group.add(at, (int) ((LocalDate) value).toEpochDay());
            case TIMESTAMP -> group.add(at, micros((LocalDateTime) value));
            case DECIMAL -> group.add(at, Binary.fromConstantByteArray(fixed((BigDecimal) value)));
        }
    }

    static long micros(LocalDateTime time) {
        return time.toEpochSecond(ZoneOffset.UTC) * 1_000_000 + time.getNano() / 1000;
    }

    /** Big-endian two's complement of the unscaled value in 16 bytes. */
    private static byte[] fixed(BigDecimal value) {
        BigInteger unscaled = value.unscaledValue();
        byte[] shortest = unscaled.toByteArray();
        byte[] fixed = new byte[16];
        java.util.Arrays.fill(fixed, 0, 16 - shortest.length, (byte) (unscaled.signum() < 0 ? -1 : 0));
        System.arraycopy(shortest, 0, fixed, 16 - shortest.length, shortest.length);
        return fixed;
    }

    /** A file that is only in memory. */
    private static final class Memory implements OutputFile {
        private final ByteArrayOutputStream bytes = new ByteArrayOutputStream();

        @Override
        public PositionOutputStream create(long blockSizeHint) {
            return new PositionOutputStream() {
                @Override
                public long getPos() {
                    return bytes.size();
                }

                @Override
                public void write(int b) {
                    bytes.write(b);
                }

                @Override
                public void write(byte[] b, int offset, int length) {
                    bytes.write(b, offset, length);
                }
            };
        }

        @Override
        public PositionOutputStream createOrOverwrite(long blockSizeHint) {
            return create(blockSizeHint);
        }

        @Override
        public boolean supportsBlockSize() {
            return false;
        }

        @Override
        public long defaultBlockSize() {
            return 0;
        }
    }
}
