package io.yunyu.engine.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.engine.encryption.Keyring;
import io.yunyu.engine.ingest.IngestFixture;
import io.yunyu.engine.session.EngineSession;
import io.yunyu.engine.session.SharedSession;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerJobStart;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class TableLogsTest {
    private static final AttributeSpec[] COLUMNS = {
        IngestFixture.column("person", "STRING"), IngestFixture.column("fee", "LONG")
    };
    private static final String CHECKPOINT_INTERVAL = "spark.databricks.delta.properties.defaults.checkpointInterval";

    private final SparkSession spark = SharedSession.spark();
    private IngestFixture fixture;

    @BeforeEach
    void fixture(@TempDir Path directory) {
        fixture = new IngestFixture(directory);
    }

    @AfterEach
    void usualCheckpoints() {
        spark.conf().set(CHECKPOINT_INTERVAL, EngineSession.CHECKPOINT_INTERVAL);
        DeltaLog.clearCache();
    }

    @Test
    void read_logWithoutCheckpoint_isThereForTheJobAndLaterVersionsAreSeen() throws IOException {
        long first = load(1);
        closed();
        assertThat(read()).isEqualTo(1);
        assertThat(fixture.read(first, "person", "fee").count()).isEqualTo(1);
        long second = load(2);
        assertThat(fixture.read(second, "person", "fee").count()).isEqualTo(2);
        assertThat(fixture.read(first, "person", "fee").count()).isEqualTo(1);
    }

    @Test
    void read_checkpointWithoutItsKey_leavesTheTableReadableForTheJob() throws IOException {
        spark.conf().set(CHECKPOINT_INTERVAL, 2);
        long version = 0;
        for (int batch = 1; batch <= 4; batch++) {
            version = load(batch);
        }
        closed();
        read();
        assertThat(fixture.read(version, "person", "fee").count()).isEqualTo(4);
    }

    @Test
    void read_jobWaits_readsNothing() throws IOException {
        load(1);
        closed();
        assertThat(TableLogs.read(spark.newSession(), List.of(fixture.table), () -> true))
                .isZero();
    }

    @Test
    void read_noTableThere_isNoError() {
        TableLogs.read(spark.newSession(), List.of(fixture.table), () -> false);
    }

    @Test
    void read_thenQuery_runsNoJobButItsOwn() throws Exception {
        long version = load(1);
        closed();
        read();
        AtomicInteger jobs = new AtomicInteger();
        SparkListener counter = new SparkListener() {
            @Override
            public void onJobStart(SparkListenerJobStart job) {
                jobs.incrementAndGet();
            }
        };
        spark.sparkContext().listenerBus().waitUntilEmpty();
        spark.sparkContext().addSparkListener(counter);
        try {
            assertThat(fixture.read(version, "fee").collectAsList()).hasSize(1);
            spark.sparkContext().listenerBus().waitUntilEmpty();
        } finally {
            spark.sparkContext().removeSparkListener(counter);
        }
        assertThat(jobs).hasValue(1);
    }

    @Test
    void read_versionThatIsNotThere_isAnError() throws IOException {
        long version = load(1);
        assertThatThrownBy(() -> fixture.read(version + 1, "fee")).isInstanceOf(Exception.class);
    }

    private int read() {
        return TableLogs.read(spark.newSession(), List.of(fixture.table), () -> false);
    }

    private long load(int batch) throws IOException {
        return fixture.loadCsv("person,fee\np" + batch + ",10\n", COLUMNS).tableVersion();
    }

    /** As in an engine that has been given no key yet. */
    private void closed() {
        Keyring.close(fixture.table);
        DeltaLog.clearCache();
    }
}
