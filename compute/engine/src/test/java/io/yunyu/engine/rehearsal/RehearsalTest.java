package io.yunyu.engine.rehearsal;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.engine.aggregate.AggregateExit;
import io.yunyu.engine.channel.SealKeys;
import io.yunyu.engine.guard.MemoryGuard;
import io.yunyu.engine.ingest.IngestFixture;
import io.yunyu.engine.session.SharedSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.metrics.source.CodegenMetrics;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

@SuppressWarnings("NullAway.Init")
final class RehearsalTest {
    private static final Map<String, Set<ColumnUse>> USES = Map.of(
            "county", Set.of(ColumnUse.GROUP_BY),
            "clinic", Set.of(ColumnUse.GROUP_BY),
            "cost", Set.of(ColumnUse.MEASURE));

    @TempDir
    private static Path directory;

    private static IngestFixture fixture;
    private static long version;

    private final SparkSession spark = SharedSession.spark();

    @BeforeAll
    static void rehearse() throws Exception {
        SparkSession spark = SharedSession.spark();
        assertThat(Rehearsal.run(spark, directory, Rehearsal.Scope.QUERY, () -> false))
                .isTrue();
        fixture = new IngestFixture(directory);
        version = load(fixture);
        TableLogs.read(spark.newSession(), List.of(fixture.table), () -> false);
    }

    /** Its guard has another key than the rehearsal's, as every family has. */
    @ParameterizedTest
    @ValueSource(
            strings = {
                "SELECT county, clinic, count(*) AS n, avg(cost) AS cost FROM visits GROUP BY county, clinic",
                "SELECT county, clinic, count(*) AS n, sum(cost) AS total FROM visits GROUP BY county, clinic",
                "SELECT clinic, count(*) AS n FROM visits GROUP BY clinic ORDER BY n"
            })
    void run_thenAQueryOfAUsualFormOnAnotherTable_generatesNoCodeOfItsOwn(String sql) {
        assertThat(generatedFor(sql)).isZero();
    }

    /** What reads the columns goes by their order in the table; what is made of them by that in the query. */
    @Test
    void run_thenAQueryOfColumnsInAnotherOrder_generatesOnlyWhatReadsThem() {
        String sql = "SELECT clinic, county, count(*) AS n, sum(cost) AS total FROM visits GROUP BY clinic, county";
        assertThat(generatedFor(sql)).isBetween(1L, 2L);
    }

    private long generatedFor(String sql) {
        long before = generated();
        EngineResult result = AggregateExit.run(
                spark.newSession(),
                job(sql),
                fixture.channel.vaultOf(job(sql)),
                new MemoryGuard(),
                piece -> {},
                new SilentSink());

        assertThat(result.status()).as(String.valueOf(result.problem())).isEqualTo(EngineResult.Status.DONE);
        return generated() - before;
    }

    private static long generated() {
        return CodegenMetrics.METRIC_COMPILATION_TIME().getCount();
    }

    /** Or its queries would not go the way of a job's. */
    @Test
    void run_ofQueries_readsEncryptedFiles() throws Exception {
        try (Stream<Path> files = Files.walk(directory)) {
            List<Path> parquet = files.filter(
                            file -> file.toString().matches(".*/rehearsal\\d+/rehearsal/[^/]*\\.parquet"))
                    .toList();
            assertThat(parquet).hasSize(2).allSatisfy(file -> {
                byte[] bytes = Files.readAllBytes(file);
                assertThat(new String(bytes, 0, 4, StandardCharsets.US_ASCII)).isEqualTo("PARE");
                assertThat(new String(bytes, StandardCharsets.ISO_8859_1)).doesNotContain("town 3");
            });
        }
    }

    @Test
    void run_jobWaits_stopsBeforeTheNextStep() throws Exception {
        assertThat(Rehearsal.run(spark, directory, Rehearsal.Scope.QUERY, () -> true))
                .isFalse();
    }

    private static long load(IngestFixture fixture) throws Exception {
        StringBuilder csv = new StringBuilder("person,county,clinic,cost\n");
        for (int i = 0; i < 600; i++) {
            csv.append("p" + i + ",county " + i % 3 + ",clinic " + i % 5 + "," + i % 40 + ".50\n");
        }
        return fixture.loadCsv(
                        csv.toString(),
                        IngestFixture.column("person", "STRING"),
                        IngestFixture.column("county", "STRING"),
                        IngestFixture.column("clinic", "STRING"),
                        IngestFixture.column("cost", "DECIMAL(12,2)"))
                .tableVersion();
    }

    private static EngineJob.SqlJob job(String sql) {
        fixture.vault.grant("visits", "__footer", "__log", "__unit", "county", "clinic", "cost");
        Instant from = Instant.EPOCH;
        Instant until = Instant.parse("2100-01-01T00:00:00Z");
        String agreement = new Agreement(
                        "a",
                        "p",
                        "d",
                        "ed25519:p",
                        "ed25519:d",
                        "purpose",
                        from,
                        until,
                        10,
                        List.of(new Permission("visits", USES)))
                .toText();
        List<GrantedColumn> columns = new ArrayList<>();
        USES.forEach((name, uses) ->
                columns.add(new GrantedColumn(name, name.equals("cost") ? "DECIMAL(12,2)" : "STRING", uses)));
        AccessGrant grant = new AccessGrant(
                "g",
                "a",
                ContentDigest.of(agreement),
                "d",
                "purpose",
                from,
                until,
                new ProtectionRules(10, 10, 5, 3, 2, 1000, "visits"),
                List.of(new GrantedTable("visits", "visits", version, "persons", "person", columns)));
        return new EngineJob.SqlJob(
                "job-2",
                sql,
                agreement,
                List.of(),
                grant.toText(),
                Map.of("visits", fixture.table.toString()),
                SealKeys.generate().sealTo(),
                1L << 22);
    }
}
