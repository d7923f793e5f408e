package io.yunyu.engine.candidate;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigDecimal;
import java.nio.channels.Channels;
import java.nio.charset.StandardCharsets;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.List;
import org.apache.arrow.memory.BufferAllocator;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.BigIntVector;
import org.apache.arrow.vector.BitVector;
import org.apache.arrow.vector.DateDayVector;
import org.apache.arrow.vector.DecimalVector;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.Float8Vector;
import org.apache.arrow.vector.TimeStampMicroVector;
import org.apache.arrow.vector.VarCharVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileWriter;
import org.apache.arrow.vector.types.DateUnit;
import org.apache.arrow.vector.types.FloatingPointPrecision;
import org.apache.arrow.vector.types.TimeUnit;
import org.apache.arrow.vector.types.pojo.ArrowType;
import org.apache.arrow.vector.types.pojo.Field;
import org.apache.arrow.vector.types.pojo.FieldType;
import org.apache.arrow.vector.types.pojo.Schema;

/** The protected table as an Arrow IPC file of one record batch. */
final class ArrowTable {
    private ArrowTable() {}

    /** The file's bytes: the same for the same table. */
    static byte[] write(ProtectedTable table) {
        Schema schema = new Schema(table.columns().stream()
                .map(c -> new Field(c.name(), FieldType.nullable(type(c)), List.of()))
                .toList());
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root = VectorSchemaRoot.create(schema, allocator);
                ArrowFileWriter writer = new ArrowFileWriter(root, null, Channels.newChannel(bytes))) {
            for (int c = 0; c < table.columns().size(); c++) {
                fill(root.getVector(c), table, c);
            }
            root.setRowCount(table.rows().size());
            writer.start();
            writer.writeBatch();
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return bytes.toByteArray();
    }

    private static ArrowType type(ProtectedTable.Column column) {
        return switch (column.type()) {
            case STRING -> ArrowType.Utf8.INSTANCE;
            case LONG -> new ArrowType.Int(64, true);
            case DOUBLE -> new ArrowType.FloatingPoint(FloatingPointPrecision.DOUBLE);
            case BOOLEAN -> ArrowType.Bool.INSTANCE;
            case DATE -> new ArrowType.Date(DateUnit.DAY);
            case TIMESTAMP -> new ArrowType.Timestamp(TimeUnit.MICROSECOND, null);
            case DECIMAL -> new ArrowType.Decimal(column.precision(), column.scale(), 128);
        };
    }

    private static void fill(FieldVector vector, ProtectedTable table, int column) {
        vector.setInitialCapacity(table.rows().size());
        vector.allocateNew();
        for (int r = 0; r < table.rows().size(); r++) {
            Object value = table.rows().get(r).get(column);
            if (value == null) {
                vector.setNull(r);
            } else {
                set(vector, r, value);
            }
        }
        vector.setValueCount(table.rows().size());
    }

    private static void set(FieldVector vector, int row, Object value) {
        if (vector instanceof VarCharVector v) {
            v.setSafe(row, ((String) value).getBytes(StandardCharsets.UTF_8));
        } else if (vector instanceof BigIntVector v) {
            v.setSafe(row, (Long) value);
        } else if (vector instanceof Float8Vector v) {
            v.setSafe(row, (Double) value);
        } else if (vector instanceof BitVector v) {
            v.setSafe(row, (Boolean) value ? 1 : 0);
        } else if (vector instanceof DateDayVector v) {
            v.setSafe(row, (int) ((LocalDate) value).toEpochDay());
        } else if (vector instanceof TimeStampMicroVector v) {
            v.setSafe(row, ParquetTable.micros((LocalDateTime) value));
        } else {
            ((DecimalVector) vector).setSafe(row, (BigDecimal) value);
        }
    }
}
