package io.yunyu.engine.aggregate;

import static io.yunyu.contract.agreement.ColumnUse.FILTER;
import static io.yunyu.contract.agreement.ColumnUse.GROUP_BY;
import static io.yunyu.contract.agreement.ColumnUse.MEASURE;
import static io.yunyu.engine.ingest.IngestFixture.column;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.engine.channel.FakeChannel;
import io.yunyu.engine.channel.FakeVault;
import io.yunyu.engine.channel.KeyAccessDenied;
import io.yunyu.engine.ingest.IngestFixture;
import java.io.ByteArrayOutputStream;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The exit over a table that was ingested and encrypted as in production. */
class EncryptedExitTest {
    private static final String SQL =
            "SELECT county, count(DISTINCT person) AS n FROM visits WHERE county = 'north' GROUP BY county";

    private final FakeVault vault = new FakeVault();
    private final FakeChannel channel = new FakeChannel(vault);

    @TempDir
    Path directory;

    @BeforeEach
    void ingest() throws Exception {
        StringBuilder csv = new StringBuilder("person,name,county,age\n");
        for (int i = 0; i < 200; i++) {
            csv.append("P").append(i % 100).append(",CANARY").append(i).append(i % 2 == 0 ? ",north," : ",south,");
            csv.append(20 + i % 100 % 40).append('\n');
        }
        load(csv.toString());
    }

    private void load(String csv) throws Exception {
        new IngestFixture(directory, vault)
                .loadCsv(
                        csv,
                        column("person", "STRING"),
                        column("name", "STRING"),
                        column("county", "STRING"),
                        column("age", "LONG"));
    }

    private Path table() {
        return directory.resolve("tables").resolve("visits");
    }

    @Test
    void run_encryptedTable_asksKeysOfUsedColumnsOnly() {
        // Not granted: age is in the agreement but not in this query, person and name are hidden.
        vault.grant("visits", "__footer", "__log", "__unit", "county");
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();

        EngineResult result = run("SELECT county, count(DISTINCT person) AS n FROM visits GROUP BY county", sealed);

        assertThat(result.status()).isEqualTo(EngineResult.Status.DONE);
        assertThat(result.report().orElseThrow().cells()).isEqualTo(2);
        assertThat(result.report().orElseThrow().suppressedCells()).isZero();
        assertThat(sealed.size()).isGreaterThan(1000);
        assertThat(sealed.toString(java.nio.charset.StandardCharsets.ISO_8859_1))
                .doesNotContain("CANARY", "county");
    }

    @Test
    void run_vaultRefusesAColumn_endsWithoutOutput() {
        vault.grant("visits", "__footer", "__log", "__unit", "county");
        ByteArrayOutputStream sealed = new ByteArrayOutputStream();

        assertThatThrownBy(() -> run("SELECT county, avg(age) FROM visits GROUP BY county", sealed))
                .satisfies(e -> assertThat(causes(e)).anyMatch(c -> c.contains(KeyAccessDenied.class.getSimpleName())));
        assertThat(sealed.size()).isZero();
    }

    /** One has 100 persons whom the query is about, the other three whom it is not. */
    @Test
    void run_tablesThatDifferInDataOnly_tellTheSameProgress(@TempDir Path other) throws Exception {
        EncryptedExitTest few = new EncryptedExitTest();
        few.directory = other;
        few.load("person,name,county,age\nP1,A,south,20\nP2,B,south,30\nP3,C,south,40\n");
        List<String> progress = progress();
        assertThat(progress)
                .startsWith("QUERY_CHECKED", "KEYS_RECEIVED", "TENTH_READ 1", "TENTH_READ 2")
                .containsSubsequence("TENTH_READ 10", "CELLS_COMPUTED", "CANDIDATE_SEALED")
                .hasSize(15);
        assertThat(few.progress()).isEqualTo(progress);
    }

    private List<String> progress() {
        vault.grant("visits", "__footer", "__log", "__unit", "county");
        channel.events().clear();
        assertThat(run(SQL, new ByteArrayOutputStream()).status()).isEqualTo(EngineResult.Status.DONE);
        return List.copyOf(channel.events());
    }

    private static List<String> causes(Throwable thrown) {
        List<String> causes = new java.util.ArrayList<>();
        for (Throwable at = thrown; at != null; at = at.getCause()) {
            causes.add(at.toString());
        }
        return causes;
    }

    private EngineResult run(String sql, ByteArrayOutputStream sealed) {
        GrantedTable granted = new GrantedTable(
                "visits",
                "visits",
                latestVersion(),
                "persons",
                "person",
                List.of(
                        new GrantedColumn("person", "STRING", Set.of()),
                        new GrantedColumn("name", "STRING", Set.of()),
                        new GrantedColumn("county", "STRING", Set.of(GROUP_BY, FILTER)),
                        new GrantedColumn("age", "LONG", Set.of(MEASURE))));
        AccessGrant loose = ExitFixture.grant(Visits.RULES, granted);
        Agreement agreement = ExitFixture.agreement(loose);
        AccessGrant grant = new AccessGrant(
                "grant-1",
                agreement.uid(),
                ExitFixture.digest(agreement.toText()),
                "developer",
                loose.purpose(),
                loose.validFrom(),
                loose.validUntil(),
                Visits.RULES,
                List.of(granted));
        EngineJob.SqlJob job = new EngineJob.SqlJob(
                "job-2",
                sql,
                agreement.toText(),
                List.of(),
                grant.toText(),
                Map.of("visits", table().toString()),
                ExitFixture.reviewKey(),
                1_000_000);
        SparkSession session = ExitFixture.session(2);
        return AggregateExit.run(
                session, job, channel.vaultOf(job), channel.vaultOf(job), sealed::writeBytes, channel.sink());
    }

    private long latestVersion() {
        String[] log = table().resolve("_delta_log").toFile().list((d, n) -> n.endsWith(".json"));
        return java.util.Arrays.stream(log)
                .mapToLong(n -> Long.parseLong(n.substring(0, n.indexOf('.'))))
                .max()
                .orElseThrow();
    }
}
