package io.yunyu.program;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.Channels;
import org.apache.spark.connect.proto.DataType;
import org.apache.spark.connect.proto.ExecutePlanResponse;
import org.apache.spark.sql.connect.common.DataTypeProtoConverter;
import org.apache.spark.sql.types.StructType;
import org.apache.spark.sql.util.ArrowUtils;
import org.sparkproject.com.google.protobuf.ByteString;
import org.sparkproject.org.apache.arrow.memory.BufferAllocator;
import org.sparkproject.org.apache.arrow.memory.RootAllocator;
import org.sparkproject.org.apache.arrow.vector.VectorSchemaRoot;
import org.sparkproject.org.apache.arrow.vector.ipc.ArrowStreamWriter;

/** The answer to every action: the columns, and no row. Clients cannot do with the schema alone. */
final class NoRows {
    private NoRows() {}

    static ExecutePlanResponse.ArrowBatch of(DataType schema, String timeZone) {
        StructType struct = (StructType) DataTypeProtoConverter.toCatalystType(schema);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (BufferAllocator allocator = new RootAllocator();
                VectorSchemaRoot root =
                        VectorSchemaRoot.create(ArrowUtils.toArrowSchema(struct, timeZone, true, false), allocator);
                ArrowStreamWriter writer = new ArrowStreamWriter(root, null, Channels.newChannel(bytes))) {
            writer.start();
            writer.writeBatch();
            writer.end();
        } catch (IOException e) {
            throw new UncheckedIOException("Nothing could be written to memory.", e);
        }
        return ExecutePlanResponse.ArrowBatch.newBuilder()
                .setRowCount(0)
                .setData(ByteString.copyFrom(bytes.toByteArray()))
                .build();
    }
}
