package io.yunyu.engine.ingest;

import static io.yunyu.engine.ingest.IngestFixture.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestReport;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.zonky.test.db.postgres.embedded.EmbeddedPostgres;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.Optional;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class JdbcIngestTest {
    private static final AttributeSpec[] COLUMNS = {
        column("person", "STRING"), column("fee", "DECIMAL(12,2)"), column("at", "TIMESTAMP"), column("ok", "BOOLEAN")
    };

    private static EmbeddedPostgres postgres;
    private static UnixRelay relay;

    @BeforeAll
    static void database(@TempDir Path directory) throws IOException, SQLException {
        postgres = EmbeddedPostgres.builder().start();
        relay = new UnixRelay(directory.resolve("pg.sock"), postgres.getPort());
        try (Connection connection = postgres.getPostgresDatabase().getConnection();
                Statement statement = connection.createStatement()) {
            statement.execute("CREATE TABLE visits AS SELECT 'p' || (i % 5000) AS person, CASE WHEN i % 10000 = 77 THEN"
                    + " 1234567890123.5 ELSE i / 4.0 END AS fee, timestamptz '2026-01-01 00:00:00+00' + i * interval '1"
                    + " second' AS at, i % 2 = 0 AS ok, repeat('x', 60) AS unused FROM generate_series(1, 60000) i");
            statement.execute("CREATE VIEW visits_view AS SELECT * FROM visits WHERE fee < 3");
        }
    }

    @AfterAll
    static void stop() throws IOException {
        relay.close();
        postgres.close();
    }

    @Test
    void load_table_readsPartitionsThroughTheSocket(@TempDir Path directory) {
        IngestFixture fixture = new IngestFixture(directory);
        IngestReport report = load(fixture, "public.visits", "first", "postgres");
        assertThat(report.rowsRead()).isEqualTo(60_000);
        assertThat(report.problems()).containsOnlyKeys("TYPE fee").containsValue(6L);
        assertThat(fixture.problems().collectAsList())
                .extracting(r -> r.getLong(0))
                .containsExactly(77L, 10_077L, 20_077L, 30_077L, 40_077L, 50_077L);
        Row first = fixture.read(report.tableVersion(), "fee", "at", "ok")
                .orderBy("fee")
                .first();
        assertThat(first.getDecimal(0)).isEqualByComparingTo("0.25");
        assertThat(first.getTimestamp(1).toInstant()).hasToString("2026-01-01T00:00:01Z");
        assertThat(first.getBoolean(2)).isFalse();
        assertThat(load(fixture, "public.visits", "first", "postgres").alreadyLoaded())
                .isTrue();
    }

    @Test
    void load_view_isReadByOneTask(@TempDir Path directory) {
        IngestFixture fixture = new IngestFixture(directory);
        assertThat(load(fixture, "visits_view", "v", "postgres").rowsLoaded()).isEqualTo(11);
    }

    @Test
    void load_unknownTable_isUnreadable(@TempDir Path directory) {
        IngestFixture fixture = new IngestFixture(directory);
        assertThatThrownBy(() -> load(fixture, "absent", "a", "postgres"))
                .isInstanceOfSatisfying(ProblemException.class, e -> {
                    assertThat(e.problem().code()).isEqualTo(ProblemCode.SOURCE_UNREADABLE);
                    assertThat(e.problem().detail()).contains("no table");
                });
    }

    private static IngestReport load(IngestFixture fixture, String table, String batch, String user) {
        Source source = new Source.Jdbc("db.example", 5432, "postgres", table, user, batch);
        return fixture.load(source, relay.socket(), Optional.of("postgres"), COLUMNS);
    }
}
