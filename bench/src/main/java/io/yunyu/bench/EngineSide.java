package io.yunyu.bench;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.engine.aggregate.AggregateExit;
import io.yunyu.engine.channel.EventSink;
import io.yunyu.engine.channel.SealKeys;
import io.yunyu.engine.channel.TableKeys;
import io.yunyu.engine.encryption.ColumnNames;
import io.yunyu.engine.encryption.EncryptedTables;
import io.yunyu.engine.encryption.Keyring;
import io.yunyu.engine.guard.MemoryGuard;
import io.yunyu.engine.policy.PlanBarrier;
import io.yunyu.engine.session.EngineSession;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SaveMode;
import org.apache.spark.sql.SparkSession;

/** The engine's own session, encrypted tables and the aggregate exit, from the text of the query to the sealed candidate. */
final class EngineSide implements WorkerMain.Side {
    private final Path directory;
    private final SparkSession spark;
    /** Of its own, since the exit seals the session it runs in: a sealed one writes no tables. */
    private final SparkSession queries;

    private final BenchVault vault = new BenchVault();
    private final String reviewKey = SealKeys.generate().sealTo();
    private long visitsVersion;
    private long wideVersion;

    EngineSide(Path directory) {
        this.directory = directory;
        this.spark = EngineSession.start(
                Runtime.getRuntime().availableProcessors(), directory.resolve("engine-scratch"), PlanBarrier::install);
        this.queries = spark.newSession();
    }

    @Override
    public void prepare(long rows, long rowsPerUnit) {
        store("visits", BenchData.visits(spark, rows, rowsPerUnit));
        visitsVersion = version("visits");
    }

    @Override
    public void query(String person, int dimensions) {
        EngineJob.SqlJob job = job(BenchData.visitsBy(dimensions, person));
        EngineResult result = AggregateExit.run(queries, job, vault, new MemoryGuard(), piece -> {}, new Silent());
        if (result.status() != EngineResult.Status.DONE) {
            throw new IllegalStateException("The benchmark's query was not answered: " + result.problem());
        }
    }

    @Override
    public void write(long rows) {
        store("wide", BenchData.wide(spark, rows));
        wideVersion = version("wide");
    }

    @Override
    public void scan() {
        Path table = directory.resolve("wide");
        Keyring.openForReading(table, "wide", vault);
        List<String> columns = new ArrayList<>(List.of(BenchData.WIDE));
        EncryptedTables.read(spark, columns, table, wideVersion)
                .write()
                .format("noop")
                .mode("overwrite")
                .save();
    }

    private void store(String dataset, Dataset<Row> rows) {
        Path table = directory.resolve(dataset);
        List<String> columns = new ArrayList<>(List.of(rows.columns()));
        columns.addAll(List.of(ColumnNames.FOOTER, ColumnNames.LOG));
        TableKeys keys = vault.newTableKeys(dataset, columns);
        Keyring.openForWriting(table, dataset, vault, keys);
        try {
            String[] physical =
                    List.of(rows.columns()).stream().map(ColumnNames::physical).toArray(String[]::new);
            rows.toDF(physical).write().format("delta").mode(SaveMode.Overwrite).save(table.toString());
        } finally {
            Keyring.close(table);
        }
    }

    private long version(String dataset) {
        Keyring.openForReading(directory.resolve(dataset), dataset, vault);
        return org.apache.spark.sql.delta.DeltaLog.forTable(
                        spark, directory.resolve(dataset).toString())
                .update(false, scala.Option.empty(), scala.Option.empty())
                .version();
    }

    private EngineJob.SqlJob job(String sql) {
        Map<String, Set<ColumnUse>> uses = new LinkedHashMap<>();
        BenchData.DIMENSIONS.forEach(dimension -> uses.put(dimension.name(), Set.of(ColumnUse.GROUP_BY)));
        uses.put("fee", Set.of(ColumnUse.MEASURE));
        uses.put("id_no", Set.of());
        Agreement agreement = new Agreement(
                "bench",
                "p",
                "d",
                "ed25519:p",
                "ed25519:d",
                "benchmark",
                Instant.EPOCH,
                Instant.parse("2100-01-01T00:00:00Z"),
                10,
                List.of(new Permission("visits", uses)));
        List<GrantedColumn> columns = new ArrayList<>();
        uses.forEach((name, allowed) ->
                columns.add(new GrantedColumn(name, name.equals("fee") ? "DECIMAL(12,2)" : "STRING", allowed)));
        AccessGrant grant = new AccessGrant(
                "g",
                "bench",
                digest(agreement.toText()),
                "d",
                "benchmark",
                agreement.validFrom(),
                agreement.validUntil(),
                new ProtectionRules(10, 10, 5, 3, 2, 20_000, "bench"),
                List.of(new GrantedTable("visits", "visits", visitsVersion, "person", "id_no", columns)));
        return new EngineJob.SqlJob(
                "bench",
                sql,
                agreement.toText(),
                List.of(),
                grant.toText(),
                Map.of("visits", directory.resolve("visits").toString()),
                reviewKey,
                1L << 24);
    }

    private static String digest(String text) {
        try {
            return "sha256:"
                    + HexFormat.of()
                            .formatHex(
                                    MessageDigest.getInstance("SHA-256").digest(text.getBytes(StandardCharsets.UTF_8)));
        } catch (java.security.NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
        }
    }

    private static final class Silent implements EventSink {
        @Override
        public void happened(EngineEvent event) {
            // Progress is not what is measured.
        }

        @Override
        public void happened(EngineEvent event, long n) {
            // Progress is not what is measured.
        }
    }
}
