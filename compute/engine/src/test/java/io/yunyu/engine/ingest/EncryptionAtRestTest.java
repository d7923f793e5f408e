package io.yunyu.engine.ingest;

import static io.yunyu.engine.ingest.IngestFixture.DATASET;
import static io.yunyu.engine.ingest.IngestFixture.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestReport;
import io.yunyu.engine.channel.KeyAccessDenied;
import io.yunyu.engine.encryption.EncryptedTables;
import io.yunyu.engine.encryption.Keyring;
import io.yunyu.engine.session.EngineSession;
import io.yunyu.engine.session.SharedSession;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class EncryptionAtRestTest {
    private static final AttributeSpec[] COLUMNS = {
        column("person", "STRING"), column("name", "STRING"), column("fee", "LONG"), column("ward.no 1", "STRING")
    };

    private static final String CHECKPOINT_INTERVAL = "spark.databricks.delta.properties.defaults.checkpointInterval";

    private IngestFixture fixture;

    @BeforeEach
    void fixture(@TempDir Path directory) {
        fixture = new IngestFixture(directory);
    }

    @AfterEach
    void usualCheckpoints() {
        SharedSession.spark().conf().set(CHECKPOINT_INTERVAL, EngineSession.CHECKPOINT_INTERVAL);
    }

    @Test
    void load_moreBatchesThanACheckpoint_leavesNoPlantedTextAtRest() throws IOException {
        SharedSession.spark().conf().set(CHECKPOINT_INTERVAL, 2);
        long version = 0;
        for (int batch = 0; batch < 4; batch++) {
            version = fixture.loadCsv(
                            "person,name,fee,ward.no 1\nCANARYUNIT" + batch + ",CANARYNAME" + batch + ",77553311,w\n"
                                    + "CANARYUNITB,CANARYNAMEB" + batch + ",123,w\nCANARYBAD,CANARYBAD,CANARYFEE,w\n",
                            COLUMNS)
                    .tableVersion();
        }
        List<Path> files = fixture.filesAtRest();
        assertThat(files).anyMatch(f -> f.toString().contains(".checkpoint."));
        for (Path file : files) {
            String bytes = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
            assertThat(file.toString()).doesNotContain("CANARY");
            assertThat(bytes.contains("CANARY")).as("%s", file.getFileName()).isFalse();
            assertThat(bytes.contains("77553311")).as("%s", file.getFileName()).isFalse();
            if (file.toString().endsWith(".parquet")) {
                assertThat(bytes)
                        .as("%s", file.getFileName())
                        .startsWith("PARE")
                        .endsWith("PARE");
            }
        }
        assertThat(fixture.read(version, "person", "name", "fee").count()).isEqualTo(8);
        assertThat(fixture.problems().count()).isEqualTo(4);
    }

    @Test
    void read_columnWithoutKey_isRefusedAndOthersStayReadable() throws IOException {
        IngestReport report = threeRows();
        assertThat(fixture.read(report.tableVersion(), "fee", "ward.no 1").collectAsList())
                .hasSize(3);
        Keyring.openForReading(fixture.table, DATASET, fixture.sqlVault());
        assertThatThrownBy(() -> EncryptedTables.read(
                                SharedSession.spark(), List.of("name"), fixture.table, report.tableVersion())
                        .collectAsList())
                .hasStackTraceContaining(KeyAccessDenied.class.getName())
                .hasStackTraceContaining("column 'name' is not granted");
    }

    @Test
    void read_withoutAnyKey_isRefused() throws IOException {
        IngestReport report = threeRows();
        Keyring.openForReading(fixture.table, DATASET, fixture.sqlVault());
        assertThatThrownBy(() -> EncryptedTables.read(
                                SharedSession.spark(), List.of("fee"), fixture.table, report.tableVersion())
                        .collectAsList())
                .hasStackTraceContaining(KeyAccessDenied.class.getName());
        Keyring.close(fixture.table);
        assertThatThrownBy(() -> EncryptedTables.read(
                                SharedSession.spark(), List.of("fee"), fixture.table, report.tableVersion())
                        .collectAsList())
                .isInstanceOf(Exception.class);
    }

    @Test
    void read_fileOfAnotherDataset_isRefused() throws IOException {
        IngestReport report = threeRows();
        fixture.vault.grant("other", "__footer", "__log", "__unit", "fee");
        Keyring.openForReading(fixture.table, "other", fixture.sqlVault());
        assertThatThrownBy(() -> EncryptedTables.read(
                                SharedSession.spark(), List.of("fee"), fixture.table, report.tableVersion())
                        .collectAsList())
                .isInstanceOf(Exception.class);
    }

    @Test
    void read_grantedColumns_schemaHasNoOther() throws IOException {
        IngestReport report = threeRows();
        assertThat(fixture.read(report.tableVersion(), "ward.no 1").columns()).containsExactly("ward.no 1", "__unit");
    }

    @Test
    void write_outsideEveryTable_isRefused(@TempDir Path elsewhere) {
        SparkSession spark = SharedSession.spark();
        Path plain = elsewhere.resolve("plain");
        assertThatThrownBy(() -> spark.range(3).write().parquet(plain.toString()))
                .hasStackTraceContaining("outside every registered table");
        Path delta = elsewhere.resolve("delta");
        assertThatThrownBy(() -> spark.range(3).write().format("delta").save(delta.toString()))
                .hasStackTraceContaining("outside every registered table");
        assertThat(plain.resolve("_SUCCESS")).doesNotExist();
    }

    @Test
    void write_tableOpenForReading_isRefused() throws IOException {
        threeRows();
        Keyring.openForReading(fixture.table, DATASET, fixture.sqlVault());
        assertThatThrownBy(() -> SharedSession.spark()
                        .range(3)
                        .write()
                        .parquet(fixture.table.resolve("x").toString()))
                .hasStackTraceContaining("open for reading only");
    }

    private IngestReport threeRows() throws IOException {
        return fixture.loadCsv("person,name,fee,ward.no 1\na,x,1,w\nb,y,2,w\nc,z,3,w\n", COLUMNS);
    }
}
