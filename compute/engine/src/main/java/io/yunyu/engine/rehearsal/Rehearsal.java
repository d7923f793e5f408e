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
import org.apache.spark.sql.SparkSession;

/**
 * Loads and queries a small table that is made up, with keys that are made up, so that the classes which real jobs need
 * are loaded: an engine that ends after it can leave a class archive for later engines to start from. Touches its
 * scratch directory only.
 */
public final class Rehearsal {
    private static final String DATASET = "rehearsal";
    private static final Instant BEGIN = Instant.EPOCH;
    private static final Instant END = Instant.parse("2100-01-01T00:00:00Z");
    private static final Map<String, Set<ColumnUse>> USES = Map.of(
            "town", Set.of(ColumnUse.GROUP_BY, ColumnUse.FILTER),
            "day", Set.of(ColumnUse.FILTER),
            "fee", Set.of(ColumnUse.MEASURE),
            "person", Set.of());

    private Rehearsal() {}

    /** @return whether both jobs were done */
    public static boolean run(SparkSession spark, Path scratch, EventSink events) throws IOException {
        RehearsalKeys keys = new RehearsalKeys();
        Path directory = Files.createTempDirectory(scratch, "rehearsal");
        Path source = Files.writeString(directory.resolve("in.csv"), records());
        Path table = Files.createDirectories(directory.resolve(DATASET));
        Files.createDirectories(directory.resolve(DATASET + ".problems"));
        EngineResult loaded = new Ingest(spark, keys, events, LocalDate.of(2026, 1, 1)).run(ingest(source, table));
        if (loaded.ingest().isEmpty()) {
            return false;
        }
        EngineJob.SqlJob query = query(table, loaded.ingest().get().tableVersion());
        EngineResult queried = AggregateExit.run(spark, query, keys, piece -> {}, events);
        return queried.status() == EngineResult.Status.DONE;
    }

    private static String records() {
        StringBuilder csv = new StringBuilder("person,town,day,fee\n");
        for (int i = 0; i < 400; i++) {
            // Some rows are bad, so that the way of bad rows is gone too.
            csv.append("p").append(i % 200).append(i % 2 == 0 ? ",north,2025-01-0" : ",south,2025-02-0");
            csv.append(1 + i % 9).append(i % 50 == 7 ? ",none\n" : ",12.50\n");
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

    private static EngineJob.SqlJob query(Path table, long version) {
        String agreement = new Agreement(
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
        List<GrantedColumn> columns = new ArrayList<>();
        USES.forEach((name, uses) -> columns.add(new GrantedColumn(name, type(name), uses)));
        GrantedTable granted = new GrantedTable(DATASET, DATASET, version, DATASET, "person", columns);
        AccessGrant grant = new AccessGrant(
                "g",
                "a",
                ContentDigest.of(agreement.getBytes(StandardCharsets.UTF_8)),
                "d",
                DATASET,
                BEGIN,
                END,
                new ProtectionRules(10, 10, 5, 3, 2, 1000, DATASET),
                List.of(granted));
        return new EngineJob.SqlJob(
                DATASET,
                "SELECT town, count(*) AS n, count(DISTINCT person) AS persons, avg(fee) AS fee FROM rehearsal"
                        + " WHERE day >= '2025-01-01' AND town IN ('north', 'south') GROUP BY town HAVING count(*) > 1 ORDER BY n DESC",
                agreement,
                List.of(),
                grant.toText(),
                Map.of(DATASET, table.toString()),
                SealKeys.generate().sealTo(),
                1L << 22);
    }

    private static String type(String column) {
        return column.equals("fee") ? "DECIMAL(12,2)" : column.equals("day") ? "DATE" : "STRING";
    }
}
