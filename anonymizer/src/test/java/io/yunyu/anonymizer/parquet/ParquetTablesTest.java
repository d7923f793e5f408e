package io.yunyu.anonymizer.parquet;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.data.MicrodataTable;
import java.io.IOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Consumer;
import org.apache.parquet.conf.PlainParquetConfiguration;
import org.apache.parquet.crypto.FileEncryptionProperties;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.example.data.simple.SimpleGroup;
import org.apache.parquet.hadoop.ParquetFileReader;
import org.apache.parquet.hadoop.ParquetWriter;
import org.apache.parquet.hadoop.example.ExampleParquetWriter;
import org.apache.parquet.hadoop.metadata.ColumnChunkMetaData;
import org.apache.parquet.hadoop.metadata.CompressionCodecName;
import org.apache.parquet.io.LocalInputFile;
import org.apache.parquet.io.LocalOutputFile;
import org.apache.parquet.io.api.Binary;
import org.apache.parquet.schema.MessageType;
import org.apache.parquet.schema.MessageTypeParser;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

class ParquetTablesTest {
    private static final String EVERY_TYPE =
            """
            message table {
              optional binary text (STRING);
              required int32 age;
              optional int64 big;
              optional int32 small (INTEGER(8,true));
              optional int64 unsigned (INTEGER(64,false));
              optional int32 cents (DECIMAL(9,2));
              optional fixed_len_byte_array(9) amount (DECIMAL(20,4));
              optional int32 born (DATE);
              optional boolean alive;
              optional double share;
              optional int64 seen (TIMESTAMP(MICROS,true));
            }
            """;

    @TempDir
    Path folder;

    @ParameterizedTest
    @EnumSource(
            value = CompressionCodecName.class,
            names = {"UNCOMPRESSED", "SNAPPY", "ZSTD", "GZIP"})
    void read_everyType_isTheTextOfACsvFile(CompressionCodecName codec) throws IOException {
        Path file = write(EVERY_TYPE, codec, rows -> {
            Group full = rows.next();
            full.append("text", "昆明")
                    .append("age", -7)
                    .append("big", Long.MAX_VALUE)
                    .append("small", -128);
            full.append("unsigned", -1L).append("cents", -5).append("amount", decimal("123456789012345678"));
            full.append("born", 19782).append("alive", true).append("share", 1e-7);
            full.append("seen", 1_700_000_000_500_000L);
            Group missing = rows.next();
            missing.append("age", 8);
        });

        MicrodataTable table = ParquetTables.read(file);

        assertThat(ParquetTables.isParquet(file)).isTrue();
        assertThat(row(table, 0))
                .containsExactly(
                        "昆明",
                        "-7",
                        "9223372036854775807",
                        "-128",
                        "18446744073709551615",
                        "-0.05",
                        "12345678901234.5678",
                        "2024-02-29",
                        "true",
                        "0.00000010",
                        "2023-11-14T22:13:20.500Z");
        assertThat(row(table, 1))
                .containsExactly("NULL", "8", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL", "NULL");
    }

    @Test
    void read_manyRowGroups_keepsRowsTogether() throws IOException {
        Random random = new Random(5);
        List<String> expected = new ArrayList<>();
        Path file = write(
                "message t { optional binary a (STRING); required int64 b; }", CompressionCodecName.SNAPPY, rows -> {
                    for (int i = 0; i < 20_000; i++) {
                        int value = random.nextInt(5000);
                        Group row = rows.next();
                        if (value % 7 != 0) {
                            row.append("a", "v" + value);
                        }
                        row.append("b", (long) value);
                        expected.add((value % 7 == 0 ? "NULL" : "v" + value) + " " + value);
                    }
                });

        MicrodataTable table = ParquetTables.read(file);

        assertThat(table.rowCount()).isEqualTo(20_000);
        for (int row = 0; row < table.rowCount(); row++) {
            assertThat(String.join(" ", row(table, row))).isEqualTo(expected.get(row));
        }
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            textBlock =
                    """
            required group place { required int32 x; } | column 'place': it is nested
            repeated int32 visits | column 'visits': it is nested
            optional group tags (LIST) { repeated group list { optional int32 element; } } | column 'tags': it is nested
            required binary photo | column 'photo': values of type BINARY have no text
            required int96 old | column 'old': values of type INT96 have no text
            required int64 t (TIME(MICROS,true)) | column 't': values of type INT64 (TIME(MICROS,true)) have no text
            """)
    void read_columnWithoutText_isRefusedByName(String field, String message) throws IOException {
        Path file = write(
                "message t { " + (field.endsWith("}") ? field : field + ";") + " }",
                CompressionCodecName.SNAPPY,
                rows -> {});

        assertThatThrownBy(() -> ParquetTables.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @ParameterizedTest
    @CsvSource({"true, is encrypted Parquet", "false, holds encrypted columns"})
    void read_encryptedFile_isRefused(boolean footer, String message) throws IOException {
        FileEncryptionProperties.Builder encryption =
                FileEncryptionProperties.builder("0123456789abcdef".getBytes(StandardCharsets.US_ASCII));
        FileEncryptionProperties properties = (footer ? encryption : encryption.withPlaintextFooter()).build();
        Path file = folder.resolve("encrypted.parquet");
        MessageType schema = MessageTypeParser.parseMessageType("message t { required int32 a; }");
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withEncryption(properties)
                .build()) {
            writer.write(new SimpleGroup(schema).append("a", 1));
        }

        assertThat(ParquetTables.isParquet(file)).isTrue();
        assertThatThrownBy(() -> ParquetTables.read(file))
                .isInstanceOf(InputException.class)
                .hasMessageContaining(message);
    }

    @Test
    void read_damagedAnywhere_isRefusedOrReadButNeverFailsOtherwise() throws IOException {
        Path file = write("message t { required binary a (STRING); }", CompressionCodecName.SNAPPY, rows -> {
            for (int i = 0; i < 300; i++) {
                rows.next().append("a", "canary" + i % 40);
            }
        });
        byte[] whole = Files.readAllBytes(file);
        Path damaged = folder.resolve("damaged.parquet");
        Random random = new Random(11);
        int refused = 0;
        for (int round = 0; round < 300; round++) {
            byte[] bytes = whole.clone();
            if (round % 3 == 0) {
                bytes = java.util.Arrays.copyOf(bytes, 4 + random.nextInt(bytes.length - 4));
            } else {
                bytes[4 + random.nextInt(bytes.length - 4)] ^= (byte) (1 << random.nextInt(8));
            }
            Files.write(damaged, bytes);
            try {
                ParquetTables.read(damaged);
            } catch (InputException e) {
                assertThat(e.getMessage()).contains("damaged.parquet").doesNotContain("canary");
                refused++;
            }
        }
        assertThat(refused).isGreaterThan(200);
    }

    @Test
    void isParquet_textOrAbsentFile_isNot() throws IOException {
        assertThat(ParquetTables.isParquet(Files.writeString(folder.resolve("a.parquet"), "PAR;town\n")))
                .isFalse();
        assertThat(ParquetTables.isParquet(folder.resolve("absent"))).isFalse();
        assertThat(ParquetTables.isParquet(folder)).isFalse();
    }

    private static List<String> row(MicrodataTable table, int row) {
        return table.columns().stream().map(column -> column.value(row)).toList();
    }

    /** Makes rows. */
    private static final class Rows {
        private final MessageType schema;
        private final List<Group> made = new ArrayList<>();

        Rows(MessageType schema) {
            this.schema = schema;
        }

        Group next() {
            made.add(new SimpleGroup(schema));
            return made.get(made.size() - 1);
        }
    }

    /** A dictionary for the first pages of a chunk, then values themselves; several chunks, each with a dictionary of its own. */
    @Test
    void read_dictionaryThatIsGivenUpWithinAChunk_givesTheValues() throws IOException {
        List<String> expected = new ArrayList<>();
        Path file = write(
                "message t { optional binary a (STRING); required double b; }",
                CompressionCodecName.SNAPPY,
                30_000,
                rows -> {
                    for (int i = 0; i < 36_000; i++) {
                        int value = i % 6_000 < 3_000 ? i % 5 + i / 6_000 : i;
                        Group row = rows.next();
                        if (i % 11 != 0) {
                            row.append("a", "value " + value);
                        }
                        row.append("b", value / 2.0);
                        expected.add((i % 11 == 0 ? "NULL" : "value " + value) + " "
                                + (value % 2 == 0 ? value / 2 + ".0" : value / 2 + ".5"));
                    }
                });

        MicrodataTable table = ParquetTables.read(file);

        List<String> read = new ArrayList<>();
        for (int row = 0; row < table.rowCount(); row++) {
            read.add(String.join(" ", row(table, row)));
        }
        assertThat(read).isEqualTo(expected);
        try (ParquetFileReader reader = ParquetFileReader.open(new LocalInputFile(file))) {
            assertThat(reader.getRowGroups()).hasSizeGreaterThan(1);
            assertThat(reader.getRowGroups().stream()
                            .flatMap(group -> group.getColumns().stream())
                            .map(ColumnChunkMetaData::getEncodingStats))
                    .anyMatch(stats -> stats.hasDictionaryEncodedPages() && stats.hasNonDictionaryEncodedPages());
        }
    }

    private Path write(String schemaText, CompressionCodecName codec, Consumer<Rows> fill) throws IOException {
        return write(schemaText, codec, 20_000, fill);
    }

    private Path write(String schemaText, CompressionCodecName codec, long rowGroupSize, Consumer<Rows> fill)
            throws IOException {
        MessageType schema = MessageTypeParser.parseMessageType(schemaText);
        Path file = folder.resolve("table-" + codec + ".parquet");
        Rows rows = new Rows(schema);
        fill.accept(rows);
        try (ParquetWriter<Group> writer = ExampleParquetWriter.builder(new LocalOutputFile(file))
                .withConf(new PlainParquetConfiguration())
                .withType(schema)
                .withCompressionCodec(codec)
                .withRowGroupSize(rowGroupSize)
                .withPageSize(2_000)
                .withDictionaryPageSize(4_000)
                .build()) {
            for (Group row : rows.made) {
                writer.write(row);
            }
        }
        return file;
    }

    private static Binary decimal(String unscaled) {
        byte[] digits = new BigInteger(unscaled).toByteArray();
        byte[] bytes = new byte[9];
        System.arraycopy(digits, 0, bytes, bytes.length - digits.length, digits.length);
        return Binary.fromConstantByteArray(bytes);
    }
}
