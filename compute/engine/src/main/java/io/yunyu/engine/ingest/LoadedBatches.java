package io.yunyu.engine.ingest;

import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.file.DurableFiles;
import io.yunyu.contract.job.AttributeSpec;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.job.IngestReport;
import io.yunyu.contract.job.Source;
import io.yunyu.contract.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.SetTransaction;
import scala.jdk.javaapi.CollectionConverters;

/**
 * Which batches make up a table's content. What says so are Delta's own transaction ids, committed with the rows: one
 * for each way of loading a batch ({@link BatchLoad#transactionId}), whose version numbers all loads of the table in
 * their order. The content is the last replacing load and whatever was appended since.
 *
 * <p>Beside it, in {@code _batches}, lies each load's report (counts, reasons, columns; no value but those of a
 * profile that the order permits to be told), written before the
 * commit, so that every committed load has one.
 */
final class LoadedBatches {
    private static final Set<PosixFilePermission> READABLE = PosixFilePermissions.fromString("rw-r--r--");

    private final Path table;
    private final Optional<Snapshot> snapshot;
    /** The last load by each transaction id. */
    private final List<BatchLoad> loads;

    /** Reads the table's state as it is now. */
    LoadedBatches(SparkSession spark, Path table) {
        this.table = table;
        this.snapshot = snapshot(spark, table);
        this.loads = snapshot.map(LoadedBatches::loads).orElse(List.of());
    }

    /** The load that an order asks for, were it to be done now. */
    BatchLoad next(IngestOrder order, String batchDigest) {
        String declared = Json.write(Json.object(
                "synthetic",
                order.allowSyntheticRegions(),
                "format",
                order.source() instanceof Source.Csv csv
                        ? csv.delimiter()
                        : order.source().getClass().getSimpleName(),
                "attributes",
                order.attributes().stream().map(AttributeSpec::toJson).toList(),
                "profileMinUnits",
                order.profileMinUnits().orElse(null)));
        long last = loads.stream().mapToLong(BatchLoad::number).max().orElse(0);
        return new BatchLoad(
                order.replace(), batchDigest, ContentDigest.of(declared).substring("sha256:".length()), last + 1);
    }

    /** The table's state before this load, or empty if there is none yet. */
    Optional<Snapshot> snapshot() {
        return snapshot;
    }

    /** The report of the load that makes the asked one needless, since it would change nothing. */
    Optional<IngestReport> earlier(BatchLoad asked) {
        List<BatchLoad> content = content();
        return content.stream()
                .filter(load -> load.batchDigest().equals(asked.batchDigest()))
                .filter(load -> !asked.replace()
                        || (content.size() == 1 && load.declaration().equals(asked.declaration())))
                .findFirst()
                .map(load -> {
                    IngestReport report = read(load);
                    return new IngestReport(
                            versionOf(load).orElseThrow(),
                            load.batchDigest(),
                            true,
                            report.rowsRead(),
                            report.rowsLoaded(),
                            report.problems(),
                            report.attributes(),
                            report.profile());
                });
    }

    /** Names of the columns that a load of the table's content found to have high cardinality. */
    Set<String> columnsOfHighCardinality() {
        Set<String> names = new HashSet<>();
        for (BatchLoad load : content()) {
            read(load).attributes().stream()
                    .filter(AttributeSpec::highCardinality)
                    .forEach(a -> names.add(a.name()));
        }
        return names;
    }

    /** The version whose commit is the load. The log is kept for good, so it is there. */
    OptionalLong versionOf(BatchLoad load) {
        String marker = "\"appId\":\"" + load.transactionId() + "\",\"version\":" + load.number() + ",";
        try (Stream<Path> files = Files.list(table.resolve("_delta_log"))) {
            List<Path> commits = files.filter(f -> f.getFileName().toString().matches("[0-9]{20}\\.json"))
                    .sorted(Comparator.reverseOrder())
                    .toList();
            for (Path commit : commits) {
                try (Stream<String> actions = Files.lines(commit)) {
                    if (actions.anyMatch(action -> action.contains(marker))) {
                        return OptionalLong.of(
                                Long.parseLong(commit.getFileName().toString().substring(0, 20)));
                    }
                }
            }
            return OptionalLong.empty();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** Must come before the commit. Atomic; overwrites what an interrupted load left. */
    void write(BatchLoad load, IngestReport report) {
        Path directory = table.resolve("_batches");
        Path target = file(load);
        Path part = target.resolveSibling("." + target.getFileName() + ".tmp");
        try {
            Files.createDirectories(directory);
            Files.deleteIfExists(part);
            DurableFiles.create(part, Json.bytes(report.toJson()), READABLE);
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
            DurableFiles.forceDirectory(directory);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private List<BatchLoad> content() {
        long from = loads.stream()
                .filter(BatchLoad::replace)
                .mapToLong(BatchLoad::number)
                .max()
                .orElse(0);
        return loads.stream().filter(load -> load.number() >= from).toList();
    }

    private static Optional<Snapshot> snapshot(SparkSession spark, Path table) {
        if (!Files.isDirectory(table.resolve("_delta_log"))) {
            return Optional.empty();
        }
        DeltaLog.clearCache();
        Snapshot snapshot =
                DeltaLog.forTable(spark, table.toString()).update(false, scala.Option.empty(), scala.Option.empty());
        return snapshot.version() < 0 ? Optional.empty() : Optional.of(snapshot);
    }

    private static List<BatchLoad> loads(Snapshot snapshot) {
        List<BatchLoad> loads = new ArrayList<>();
        for (SetTransaction transaction : CollectionConverters.asJava(snapshot.setTransactions())) {
            BatchLoad.parse(transaction.appId(), transaction.version()).ifPresent(loads::add);
        }
        return List.copyOf(loads);
    }

    private IngestReport read(BatchLoad load) {
        try {
            return IngestReport.parse(Json.parseObject(Files.readAllBytes(file(load))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(BatchLoad load) {
        return table.resolve("_batches")
                .resolve(load.number() + "-" + load.batchDigest().replace(':', '-') + ".json");
    }
}
