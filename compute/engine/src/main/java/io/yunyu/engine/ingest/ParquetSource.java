package io.yunyu.engine.ingest;

import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.api.java.JavaRDD;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;
import org.apache.spark.sql.types.ArrayType;
import org.apache.spark.sql.types.BinaryType;
import org.apache.spark.sql.types.DataType;
import org.apache.spark.sql.types.MapType;
import org.apache.spark.sql.types.StructField;
import org.apache.spark.sql.types.StructType;

/** A provider's own Parquet file, not encrypted. Nested values come in as JSON text, binary ones in base64. */
final class ParquetSource implements RecordSource {
    private final Dataset<Row> rows;
    private final String digest;
    private final List<String> columns;

    ParquetSource(SparkSession spark, Path file) {
        this.digest = RecordScan.digestOf(file);
        this.rows = open(spark, file);
        this.columns = List.of(rows.columns());
    }

    @Override
    public List<String> columns() {
        return columns;
    }

    @Override
    public String digest() {
        return digest;
    }

    @Override
    public JavaRDD<SourceRecord> records() {
        int width = columns.size();
        // One file is cut front to back, so the order of partitions is the order of rows.
        return rows.toJavaRDD().map(row -> {
            String[] fields = new String[width];
            for (int i = 0; i < width; i++) {
                String value = row.getString(i);
                fields[i] = value == null || value.isEmpty() ? null : value;
            }
            return new SourceRecord(fields, null);
        });
    }

    private static Dataset<Row> open(SparkSession spark, Path file) {
        Dataset<Row> raw;
        try {
            raw = spark.read().parquet(file.toString());
        } catch (Exception e) {
            // Spark's own text quotes the file's first bytes.
            throw SourceProblems.malformed("The source file is not a Parquet file that can be read.");
        }
        List<Column> texts = new ArrayList<>();
        for (StructField field : raw.schema().fields()) {
            texts.add(text(functions.col("`" + field.name().replace("`", "``") + "`"), field.dataType())
                    .as(field.name()));
        }
        return raw.select(texts.toArray(Column[]::new));
    }

    private static Column text(Column column, DataType type) {
        if (type instanceof StructType || type instanceof ArrayType || type instanceof MapType) {
            return functions.to_json(column);
        }
        return type instanceof BinaryType ? functions.base64(column) : column.cast("string");
    }
}
