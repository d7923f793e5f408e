package io.yunyu.engine.ingest;

import io.yunyu.contract.job.IngestReport;
import io.yunyu.contract.json.Json;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.stream.Stream;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;

/**
 * Which batches a table holds. What says so is Delta's own transaction id, committed with the rows. Beside it, in
 * {@code _batches}, lies each batch's report (counts, reasons, columns; no value), written before the commit, so that
 * every committed batch has one.
 */
final class LoadedBatches {
    private final SparkSession spark;
    private final Path table;

    LoadedBatches(SparkSession spark, Path table) {
        this.spark = spark;
        this.table = table;
    }

    static String transactionId(String batchDigest) {
        return "ingest:" + batchDigest;
    }

    /** The table's state, or empty if there is none yet. */
    Optional<Snapshot> snapshot() {
        if (!Files.isDirectory(table.resolve("_delta_log"))) {
            return Optional.empty();
        }
        DeltaLog.clearCache();
        Snapshot snapshot =
                DeltaLog.forTable(spark, table.toString()).update(false, scala.Option.empty(), scala.Option.empty());
        return snapshot.version() < 0 ? Optional.empty() : Optional.of(snapshot);
    }

    /** The report of an earlier load of the same batch. */
    Optional<IngestReport> earlier(String batchDigest) {
        Optional<Snapshot> snapshot = snapshot();
        if (snapshot.isEmpty() || !snapshot.get().transactions().contains(transactionId(batchDigest))) {
            return Optional.empty();
        }
        long version = versionOf(batchDigest).orElse(snapshot.get().version());
        IngestReport report = read(batchDigest);
        return Optional.of(new IngestReport(
                version,
                batchDigest,
                true,
                report.rowsRead(),
                report.rowsLoaded(),
                report.problems(),
                report.attributes()));
    }

    /** The version whose commit carries the batch. The log is kept for good, so it is there. */
    OptionalLong versionOf(String batchDigest) {
        String marker = "\"appId\":\"" + transactionId(batchDigest) + "\"";
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
    void write(IngestReport report) {
        Path target = file(report.batchDigest());
        Path part = target.resolveSibling("." + target.getFileName() + ".tmp");
        try {
            Files.createDirectories(target.getParent());
            Files.write(part, Json.bytes(report.toJson()));
            try (FileChannel channel = FileChannel.open(part, StandardOpenOption.WRITE)) {
                channel.force(true);
            }
            Files.move(part, target, StandardCopyOption.ATOMIC_MOVE);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private IngestReport read(String batchDigest) {
        try {
            return IngestReport.parse(Json.parseObject(Files.readAllBytes(file(batchDigest))));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private Path file(String batchDigest) {
        return table.resolve("_batches").resolve(batchDigest.replace(':', '-') + ".json");
    }
}
