package io.yunyu.engine.rehearsal;

import io.yunyu.contract.json.Json;
import io.yunyu.engine.encryption.ColumnNames;
import io.yunyu.engine.encryption.Keyring;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.IntStream;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroupFactory;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.hadoop.util.HadoopOutputFile;
import org.apache.parquet.schema.LogicalTypeAnnotation;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.PrimitiveType.PrimitiveTypeName;
import org.apache.parquet.schema.Types;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;

/**
 * A made-up table as an ingest leaves it: encrypted files and the first version of a log. Made without Spark's and Delta's
 * writers, which a query has no use for and which take longer to load than the query takes.
 */
final class RehearsalTable {
    static final List<String> TOWNS = names("town", 10);
    private static final List<String> TRADES = names("trade", 6);
    private static final List<String> BANDS = names("band", 2);
    /**
     * So many that each cell of any of the queries has more units than its threshold, and that the loops over them are
     * compiled in an engine of small tables.
     */
    private static final int RECORDS = 3200;

    private static final int PERSONS = 1600;
    private static final int FILES = 2;

    private static final StructType COLUMNS = new StructType()
            .add("person", DataTypes.StringType)
            .add("town", DataTypes.StringType)
            .add("trade", DataTypes.StringType)
            .add("band", DataTypes.StringType)
            .add("day", DataTypes.DateType)
            .add("fee", DataTypes.createDecimalType(12, 2))
            .add(ColumnNames.UNIT, DataTypes.LongType);

    private static final MessageType FILE = Types.buildMessage()
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("person")
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("town")
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("trade")
            .optional(PrimitiveTypeName.BINARY)
            .as(LogicalTypeAnnotation.stringType())
            .named("band")
            .optional(PrimitiveTypeName.INT32)
            .as(LogicalTypeAnnotation.dateType())
            .named("day")
            .optional(PrimitiveTypeName.INT64)
            .as(LogicalTypeAnnotation.decimalType(2, 12))
            .named("fee")
            .optional(PrimitiveTypeName.INT64)
            .named(ColumnNames.UNIT)
            .named("spark_schema");

    private RehearsalTable() {}

    /** Writes the table's version 0 into an empty directory; the keyring then has its keys. */
    static void write(SparkSession spark, Path directory, String dataset, RehearsalKeys keys) {
        List<String> columns = new ArrayList<>(List.of(COLUMNS.fieldNames()));
        columns.addAll(List.of(ColumnNames.FOOTER, ColumnNames.LOG));
        Keyring.openForWriting(directory, dataset, keys, keys.newTableKeys(dataset, columns));
        Configuration configuration = ((org.apache.spark.sql.classic.SparkSession) spark)
                .sessionState()
                .newHadoopConf();
        List<Map<String, Object>> actions = new ArrayList<>(List.of(
                Map.of("protocol", Json.object("minReaderVersion", 1, "minWriterVersion", 2)),
                Map.of("metaData", metadata(dataset))));
        try {
            for (int file = 0; file < FILES; file++) {
                String name = "part-" + file + ".parquet";
                write(configuration, directory.resolve(name), file);
                actions.add(Map.of("add", added(name, Files.size(directory.resolve(name)))));
            }
            StringBuilder log = new StringBuilder();
            actions.forEach(action -> log.append(new String(Json.bytes(action), StandardCharsets.UTF_8))
                    .append('\n'));
            Files.writeString(
                    Files.createDirectories(directory.resolve("_delta_log")).resolve("00000000000000000000.json"), log);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static void write(Configuration configuration, Path path, int file) throws IOException {
        HadoopOutputFile target = HadoopOutputFile.fromPath(new org.apache.hadoop.fs.Path(path.toUri()), configuration);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(target)
                .withConf(configuration)
                .withType(FILE)
                .withCompressionCodec(CompressionCodecName.SNAPPY)
                .build()) {
            SimpleGroupFactory groups = new SimpleGroupFactory(FILE);
            for (int i = file; i < RECORDS; i += FILES) {
                writer.write(record(groups.newGroup(), i));
            }
        }
    }

    private static Group record(Group group, int i) {
        group.add("person", "p" + i % PERSONS);
        group.add("town", TOWNS.get(i % TOWNS.size()));
        group.add("trade", TRADES.get(i / TOWNS.size() % TRADES.size()));
        group.add("band", BANDS.get(i / (TOWNS.size() * TRADES.size()) % BANDS.size()));
        group.add("day", (int) LocalDate.of(2025, 1 + i % 2, 1 + i % 9).toEpochDay());
        group.add("fee", 1000L + i % 50);
        group.add(ColumnNames.UNIT, (long) i % PERSONS);
        return group;
    }

    private static Map<String, Object> metadata(String dataset) {
        return Json.object(
                "id", dataset,
                "format", Json.object("provider", "parquet", "options", Map.of()),
                "schemaString", COLUMNS.json(),
                "partitionColumns", List.of(),
                "configuration", Map.of(),
                "createdTime", 0L);
    }

    private static Map<String, Object> added(String name, long bytes) {
        return Json.object(
                "path",
                name,
                "partitionValues",
                Map.of(),
                "size",
                bytes,
                "modificationTime",
                0L,
                "dataChange",
                true,
                "stats",
                "{\"numRecords\":" + RECORDS / FILES + "}");
    }

    private static List<String> names(String of, int count) {
        return IntStream.range(0, count).mapToObj(i -> of + " " + i).toList();
    }
}
