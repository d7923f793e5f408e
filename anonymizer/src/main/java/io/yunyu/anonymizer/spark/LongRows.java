package io.yunyu.anonymizer.spark;

import java.util.Arrays;
import java.util.Iterator;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.DataTypes;

/** Brings rows of integers to the driver, some thousand at a time, without an object per row. */
final class LongRows {
    private static final int BLOCK_ROWS = 1 << 13;

    private LongRows() {}

    /** Receives one row: {@code width} numbers from {@code at} on. */
    interface Visitor {
        void visit(long[] block, int at);
    }

    /** @param width number of columns, each {@code bigint} or {@code int} */
    static void forEach(Dataset<Row> rows, int width, Visitor visitor) {
        boolean[] isInt = new boolean[width];
        for (int i = 0; i < width; i++) {
            DataType type = rows.schema().fields()[i].dataType();
            isInt[i] = type.equals(DataTypes.IntegerType);
        }
        Iterator<long[]> blocks = rows.queryExecution()
                .toRdd()
                .toJavaRDD()
                .mapPartitions(part -> blocks(part, isInt))
                .toLocalIterator();
        while (blocks.hasNext()) {
            long[] block = blocks.next();
            for (int at = 0; at < block.length; at += width) {
                visitor.visit(block, at);
            }
        }
    }

    private static Iterator<long[]> blocks(Iterator<InternalRow> rows, boolean[] isInt) {
        return new Iterator<>() {
            @Override
            public boolean hasNext() {
                return rows.hasNext();
            }

            @Override
            public long[] next() {
                long[] block = new long[BLOCK_ROWS * isInt.length];
                int at = 0;
                while (at < block.length && rows.hasNext()) {
                    InternalRow row = rows.next();
                    for (int i = 0; i < isInt.length; i++) {
                        block[at++] = isInt[i] ? row.getInt(i) : row.getLong(i);
                    }
                }
                return Arrays.copyOf(block, at);
            }
        };
    }
}
