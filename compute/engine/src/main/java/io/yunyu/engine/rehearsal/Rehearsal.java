package io.yunyu.engine.rehearsal;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ColumnUse;
import io.yunyu.contract.agreement.GrantedColumn;
import io.yunyu.contract.agreement.GrantedTable;
import io.yunyu.contract.agreement.Permission;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.AttributeRole;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.Source;
import io.yunyu.engine.aggregate.AggregateExit;
import io.yunyu.engine.channel.EventSink;
import io.yunyu.engine.channel.SealKeys;
import io.yunyu.engine.encryption.Keyring;
import io.yunyu.engine.guard.MemoryGuard;
import io.yunyu.engine.ingest.Ingest;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.BooleanSupplier;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;

/**
 * Checks, queries and loads small tables that are made up, with keys that are made up, so that the classes which real jobs
 * need are loaded and their code is compiled: an engine that waits for its job then answers it sooner, and one that ends
 * after it can leave a class archive for later engines to start from. Touches its scratch directory only, and leaves
 * neither keys nor tables behind in the engine.
 */
public final class Rehearsal {
    private static final String DATASET = "rehearsal";
    private static final String CONDITION =
            " WHERE day >= '2025-01-01' AND town IN ('" + String.join("', '", RehearsalTable.TOWNS) + "')";
    /**
     * The usual forms of a statistic, the most usual first. The code that Spark generates for one is used again by every
     * later query of as many text columns and the same measures, whatever they are called.
     */
    private static final List<String> FORMS = List.of(
            form("count(DISTINCT person) AS persons, avg(fee) AS fee", CONDITION, "town", "trade"),
            form("avg(fee) AS fee", "", "town"),
            form("avg(fee) AS fee", "", "town", "trade"),
            form("sum(fee) AS fee", "", "town", "trade"),
            form("count(DISTINCT person) AS persons", "", "town", "trade"),
            form("count(DISTINCT person) AS persons", "", "town"),
            form("avg(fee) AS fee", "", "town", "trade", "band"));

    private static final Instant BEGIN = Instant.EPOCH;
    private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");
    private static final int CHECKS = 4;
    /** Of the batch that is loaded. */
    private static final int RECORDS = 1600;

    private static final int PERSONS = 800;
    private static final Map<String, Set<ColumnUse>> USES = Map.of(
            "town", Set.of(ColumnUse.GROUP_BY, ColumnUse.FILTER),
            "trade", Set.of(ColumnUse.GROUP_BY),
            "band", Set.of(ColumnUse.GROUP_BY),
            "day", Set.of(ColumnUse.FILTER),
            "fee", Set.of(ColumnUse.MEASURE),
            "person", Set.of());

    /** How much is rehearsed. */
    public enum Scope {
        /** What the check of a query needs. */
        CHECK,
        /** And a query on an encrypted table. */
        QUERY,
        /** And the load of a batch: everything an engine can be asked for. */
        ALL
    }

    private final SparkSession spark;
    private final Path directory;
    private final RehearsalKeys keys = new RehearsalKeys();
    private final EventSink silent = new SilentSink();

    private Rehearsal(SparkSession spark, Path directory) {
        this.spark = spark;
        this.directory = directory;
    }

    /**
     * Goes step by step, and stops before the next one when the job is there.
     *
     * @return whether every step was taken and done
     */
    public static boolean run(SparkSession spark, Path scratch, Scope scope, BooleanSupplier jobWaits)
            throws IOException {
        Path directory = Files.createDirectories(
                Files.createTempDirectory(scratch, "rehearsal").resolve(DATASET));
        Files.createDirectories(problems(directory));
        Rehearsal rehearsal = new Rehearsal(spark, directory);
        try {
            boolean done = rehearsal.steps(scope, jobWaits);
            return done && (scope != Scope.ALL || rehearsal.load());
        } finally {
            Keyring.close(directory);
            Keyring.close(problems(directory));
            DeltaLog.clearCache();
            SparkSession.setActiveSession(spark);
        }
    }

    private boolean steps(Scope scope, BooleanSupplier jobWaits) {
        // A query is checked as well: only where there is none, the check is all there is to get ready.
        for (int i = 0; i < (scope == Scope.QUERY ? 0 : CHECKS); i++) {
            if (jobWaits.getAsBoolean() || !check()) {
                return false;
            }
        }
        if (scope == Scope.CHECK) {
            return true;
        }
        if (jobWaits.getAsBoolean()) {
            return false;
        }
        RehearsalTable.write(spark, directory, DATASET, keys);
        for (String sql : FORMS) {
            if (jobWaits.getAsBoolean() || !query(sql)) {
                return false;
            }
        }
        return true;
    }

    private static String form(String values, String condition, String... keys) {
        String by = String.join(", ", keys);
        return "SELECT " + by + ", count(*) AS n, " + values + " FROM rehearsal" + condition + " GROUP BY " + by
                + " HAVING count(*) > 1 ORDER BY n DESC";
    }

    /** In a session of its own, as every step: a query seals the session it runs in, and the job's must stay as it was. */
    private boolean check() {
        EngineJob.CheckJob job = new EngineJob.CheckJob(
                DATASET, FORMS.get(0), grant(0, agreement()).toText());
        return AggregateExit.check(spark.newSession(), job).status() == EngineResult.Status.DONE;
    }

    private boolean query(String sql) {
        return AggregateExit.run(spark.newSession(), queryJob(sql), keys, new MemoryGuard(), piece -> {}, silent)
                        .status()
                == EngineResult.Status.DONE;
    }

    private boolean load() throws IOException {
        Path source = Files.writeString(directory.resolveSibling("in.csv"), records());
        Path table = directory.resolveSibling("loaded");
        Files.createDirectories(table);
        Files.createDirectories(problems(table));
        return new Ingest(spark.newSession(), keys, silent, LocalDate.of(2026, 1, 1))
                .run(ingest(source, table))
                .ingest()
                .isPresent();
    }

    private static Path problems(Path table) {
        return table.resolveSibling(table.getFileName() + ".problems");
    }

    private static String records() {
        StringBuilder csv = new StringBuilder("person,town,day,fee\n");
        for (int i = 0; i < RECORDS; i++) {
            // Some rows are bad, so that the way of bad rows is gone too.
            csv.append("p")
                    .append(i % PERSONS)
                    .append(',')
                    .append(RehearsalTable.TOWNS.get(i % RehearsalTable.TOWNS.size()));
            csv.append(",2025-0")
                    .append(1 + i % 2)
                    .append("-0")
                    .append(1 + i % 9)
                    .append(i % 50 == 7 ? ",none\n" : ",12.50\n");
        }
        return csv.toString();
    }

    private static EngineJob.IngestJob ingest(Path source, Path table) {
        List<AttributeSpec> columns = List.of(
                column("person", "STRING"),
                column("town", "STRING"),
                column("day", "DATE"),
                column("fee", "DECIMAL(12,2)"));
        IngestOrder order = new IngestOrder(
                DATASET,
                "演练",
                "Rehearsal",
                "p",
                "ed25519:p",
                DATASET,
                "person",
                "CONDITIONAL",
                "ORIGINAL",
                LocalDate.of(2025, 12, 31),
                true,
                true,
                new Source.Csv("in.csv", ","),
                columns);
        return new EngineJob.IngestJob(
                DATASET,
                order.toText(),
                new Signature("ed25519:p", ""),
                source.toString(),
                table.toString(),
                Optional.empty());
    }

    private static AttributeSpec column(String name, String type) {
        return new AttributeSpec(name, type, AttributeRole.QUASI_IDENTIFIER, 2, Optional.empty(), false, name, name);
    }

    private static String agreement() {
        return new Agreement(
                        "a",
                        "p",
                        "d",
                        "ed25519:p",
                        "ed25519:d",
                        DATASET,
                        BEGIN,
                        END,
                        10,
                        List.of(new Permission(DATASET, USES)))
                .toText();
    }

    private static AccessGrant grant(long version, String agreement) {
        List<GrantedColumn> columns = new ArrayList<>();
        USES.forEach((name, uses) -> columns.add(new GrantedColumn(name, type(name), uses)));
        GrantedTable granted = new GrantedTable(DATASET, DATASET, version, DATASET, "person", columns);
        return new AccessGrant(
                "g",
                "a",
                ContentDigest.of(agreement.getBytes(StandardCharsets.UTF_8)),
                "d",
                DATASET,
                BEGIN,
                END,
                new ProtectionRules(10, 10, 5, 3, 2, 1000, DATASET),
                List.of(granted));
    }

    private EngineJob.SqlJob queryJob(String sql) {
        String agreement = agreement();
        return new EngineJob.SqlJob(
                DATASET,
                sql,
                agreement,
                List.of(),
                grant(0, agreement).toText(),
                Map.of(DATASET, directory.toString()),
                SealKeys.generate().sealTo(),
                1L << 22);
    }

    private static String type(String column) {
        return column.equals("fee") ? "DECIMAL(12,2)" : column.equals("day") ? "DATE" : "STRING";
    }
}
