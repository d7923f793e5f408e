package io.yunyu.engine.candidate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.container.CanonicalContainer;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.candidate.ProtectedTable.Column;
import io.yunyu.engine.candidate.ProtectedTable.Type;
import java.io.File;
import java.math.BigDecimal;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.apache.arrow.memory.RootAllocator;
import org.apache.arrow.vector.FieldVector;
import org.apache.arrow.vector.VectorSchemaRoot;
import org.apache.arrow.vector.ipc.ArrowFileReader;
import org.apache.arrow.vector.util.ByteArrayReadableSeekableByteChannel;
import org.apache.hadoop.conf.Configuration;
import org.apache.parquet.example.data.Group;
import org.apache.parquet.hadoop.ParquetReader;
import org.apache.parquet.hadoop.example.GroupReadSupport;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CandidateTest {
    private static final ProtectedTable TABLE = new ProtectedTable(
            List.of(
                    new Column("县", Type.STRING, 0, 0, true),
                    new Column("month", Type.TIMESTAMP, 0, 0, true),
                    new Column("day", Type.DATE, 0, 0, true),
                    new Column("urgent", Type.BOOLEAN, 0, 0, true),
                    new Column("n", Type.LONG, 0, 0, false),
                    new Column("n", Type.DECIMAL, 22, 2, false),
                    new Column("mean", Type.DOUBLE, 0, 0, false)),
            List.of(
                    row(
                            "昆明, \"五华\"",
                            LocalDateTime.of(2026, 3, 1, 0, 0),
                            LocalDate.of(1969, 12, 31),
                            true,
                            12L,
                            new BigDecimal("-12345678901234567.89"),
                            0.1),
                    row(null, null, null, null, null, null, null)));

    private static List<Object> row(Object... values) {
        return new ArrayList<>(Arrays.asList(values));
    }

    @Test
    void csv_quotesAndMarksSuppressedColumns() {
        assertThat(new String(TextTables.csv(TABLE), StandardCharsets.UTF_8))
                .isEqualTo("县,month,day,urgent,n,n_2,mean,suppressed\r\n"
                        + "\"昆明, \"\"五华\"\"\",2026-03-01T00:00:00,1969-12-31,true,12,-12345678901234567.89,0.1,\r\n"
                        + ",,,,,,,n n_2 mean\r\n");
    }

    @Test
    void columns_sameNames_becomeUnique() {
        ProtectedTable table = new ProtectedTable(
                List.of(
                        new Column("N", Type.LONG, 0, 0, false),
                        new Column("n", Type.LONG, 0, 0, false),
                        new Column("suppressed", Type.LONG, 0, 0, false)),
                List.of());

        assertThat(table.columns()).extracting(Column::name).containsExactly("N", "n_2", "suppressed_2");
    }

    @Test
    void json_listsSuppressedCellsByPosition() {
        assertThat(new String(TextTables.json(TABLE), StandardCharsets.UTF_8))
                .contains("\"suppressed\":[[1,4],[1,5],[1,6]]")
                .contains("{\"label\":false,\"name\":\"n_2\",\"type\":\"DECIMAL\"}")
                .contains("12,-12345678901234567.89,0.1]");
    }

    @Test
    void parquet_readsBackAsWritten(@TempDir Path dir) throws Exception {
        File file = Files.write(dir.resolve("table.parquet"), ParquetTable.write(TABLE))
                .toFile();
        try (ParquetReader<Group> reader = ParquetReader.builder(
                        new GroupReadSupport(), new org.apache.hadoop.fs.Path(file.toURI()))
                .withConf(new Configuration(false))
                .build()) {
            Group first = reader.read();
            assertThat(first.getString("县", 0)).isEqualTo("昆明, \"五华\"");
            assertThat(first.getInteger("day", 0)).isEqualTo(-1);
            assertThat(first.getLong("month", 0))
                    .isEqualTo(Instant.parse("2026-03-01T00:00:00Z").toEpochMilli() * 1000);
            assertThat(first.getLong("n", 0)).isEqualTo(12);
            assertThat(new BigDecimal(
                            new java.math.BigInteger(first.getBinary("n_2", 0).getBytes()), 2))
                    .isEqualTo(new BigDecimal("-12345678901234567.89"));
            assertThat(first.getDouble("mean", 0)).isEqualTo(0.1);
            Group second = reader.read();
            assertThat(second.getFieldRepetitionCount("n")).isZero();
            assertThat(reader.read()).isNull();
        }
        assertThat(ByteBuffer.wrap(ParquetTable.write(TABLE), 0, 4))
                .as("plain, not encrypted (PARE)")
                .isEqualTo(ByteBuffer.wrap("PAR1".getBytes(StandardCharsets.US_ASCII)));
    }

    @Test
    void arrow_readsBackAsWritten() throws Exception {
        try (RootAllocator allocator = new RootAllocator();
                ArrowFileReader reader = new ArrowFileReader(
                        new ByteArrayReadableSeekableByteChannel(ArrowTable.write(TABLE)), allocator)) {
            assertThat(reader.loadNextBatch()).isTrue();
            VectorSchemaRoot root = reader.getVectorSchemaRoot();
            List<String> first = new ArrayList<>();
            for (FieldVector vector : root.getFieldVectors()) {
                first.add(String.valueOf(vector.getObject(0)));
                assertThat(vector.isNull(1)).isTrue();
            }
            assertThat(first)
                    .containsExactly(
                            "昆明, \"五华\"", "2026-03-01T00:00", "-1", "true", "12", "-12345678901234567.89", "0.1");
            assertThat(root.getRowCount()).isEqualTo(2);
        }
    }

    @Test
    void of_sameArgumentsSameBytes_otherSaltOtherDigest() {
        Candidate one = candidate(TABLE, new byte[32]);

        assertThat(candidate(TABLE, new byte[32]).bytes()).isEqualTo(one.bytes());
        byte[] salt = new byte[32];
        salt[0] = 1;
        assertThat(candidate(TABLE, salt).digest()).isNotEqualTo(one.digest());
        assertThat(CanonicalContainer.read(one.bytes())).hasSize(6);
    }

    @Test
    void of_emptyTable_hasAllFiles() {
        ProtectedTable empty = new ProtectedTable(TABLE.columns(), List.of());

        assertThat(CanonicalContainer.read(candidate(empty, new byte[32]).bytes()))
                .hasSize(6);
    }

    @Test
    void seal_unreadableReviewKey_isAProblemOfTheRequest() {
        for (String key : List.of("", "hpke:", "hpke:AAAA", "hpke:not base64!", "ed25519:AAAA")) {
            assertThatThrownBy(() -> ReviewSeal.to(key)).as(key).isInstanceOf(ProblemException.class);
        }
    }

    private static Candidate candidate(ProtectedTable table, byte[] salt) {
        AccessGrant grant = new AccessGrant(
                "g",
                "a",
                "sha256:0",
                "d",
                "p",
                Instant.EPOCH,
                Instant.EPOCH.plusSeconds(1),
                new ProtectionRules(10, 10, 5, 3, 2, 10, "v"),
                List.of(new GrantedTable("t", "ds", 3, "f", "u", List.of())));
        return Candidate.of(
                "j", "SELECT 1", grant, grant.tables(), table, new DisclosureReport(1, 1, Map.of(), List.of()), salt);
    }
}
