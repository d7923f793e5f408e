package io.yunyu.engine.encryption;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.WeakHashMap;
import org.apache.hadoop.fs.FileStatus;
import org.apache.hadoop.fs.Path;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.catalyst.InternalRow;
import org.apache.spark.sql.catalyst.expressions.Expression;
import org.apache.spark.sql.delta.DeltaLog;
import org.apache.spark.sql.delta.Snapshot;
import org.apache.spark.sql.delta.actions.AddFile;
import org.apache.spark.sql.execution.datasources.FileIndex;
import org.apache.spark.sql.execution.datasources.HadoopFsRelation;
import org.apache.spark.sql.execution.datasources.PartitionDirectory;
import org.apache.spark.sql.types.StructType;
import scala.Option;
import scala.collection.immutable.Seq;
import scala.jdk.javaapi.CollectionConverters;

/**
 * The files of one version of a table. They are listed once, by a job of Spark's, and serve every query on that version;
 * Delta's own scan lists them for each query anew.
 */
public final class TableFiles implements FileIndex {
    private static final Seq<Expression> EVERY_FILE =
            CollectionConverters.asScala(List.<Expression>of()).toSeq();
    private static final long BLOCK = 1L << 27;
    /** Of the snapshots that Delta keeps. */
    private static final Map<Snapshot, TableFiles> LISTED = Collections.synchronizedMap(new WeakHashMap<>());

    private final Path root;
    private final List<FileStatus> files;

    private TableFiles(Path root, List<FileStatus> files) {
        this.root = root;
        this.files = List.copyOf(files);
    }

    /** Lists the files of the latest version, so that a query on it finds them in memory. */
    public static void list(SparkSession spark, java.nio.file.Path table) {
        of(DeltaLog.forTable(spark, table.toString()).update(false, Option.empty(), Option.empty()));
    }

    /** Every column of a version, physical names. */
    static Dataset<Row> read(SparkSession spark, java.nio.file.Path table, long version) {
        DeltaLog log = DeltaLog.forTable(spark, table.toString());
        Snapshot latest = log.update(false, Option.empty(), Option.empty());
        Snapshot snapshot =
                latest.version() == version ? latest : log.getSnapshotAt(version, Option.empty(), Option.empty(), true);
        return spark.baseRelationToDataFrame(HadoopFsRelation.apply(
                of(snapshot),
                new StructType(),
                snapshot.schema().asNullable(),
                Option.empty(),
                log.fileFormat(snapshot.protocol(), snapshot.metadata()),
                scala.collection.immutable.Map$.MODULE$.empty(),
                spark));
    }

    private static TableFiles of(Snapshot snapshot) {
        TableFiles known = LISTED.get(snapshot);
        if (known != null) {
            return known;
        }
        if (!snapshot.metadata().partitionColumns().isEmpty()) {
            throw new IllegalStateException("A table with partitions was not written by this platform.");
        }
        List<FileStatus> files = new ArrayList<>();
        for (AddFile file : CollectionConverters.asJava(
                snapshot.filesForScan(EVERY_FILE, false).files())) {
            if (file.deletionVector() != null) {
                throw new IllegalStateException("A table with deletion vectors was not written by this platform.");
            }
            files.add(new FileStatus(
                    file.size(), false, 0, BLOCK, file.modificationTime(), file.absolutePath(snapshot.deltaLog())));
        }
        TableFiles listed = new TableFiles(snapshot.deltaLog().dataPath(), files);
        LISTED.put(snapshot, listed);
        return listed;
    }

    @Override
    public Seq<Path> rootPaths() {
        return CollectionConverters.asScala(List.of(root)).toSeq();
    }

    @Override
    public Seq<PartitionDirectory> listFiles(Seq<Expression> partitionFilters, Seq<Expression> dataFilters) {
        return CollectionConverters.asScala(
                        List.of(PartitionDirectory.apply(InternalRow.empty(), files.toArray(FileStatus[]::new))))
                .toSeq();
    }

    @Override
    public String[] inputFiles() {
        return files.stream().map(file -> file.getPath().toString()).toArray(String[]::new);
    }

    @Override
    public void refresh() {
        // A version does not change.
    }

    @Override
    public long sizeInBytes() {
        return files.stream().mapToLong(FileStatus::getLen).sum();
    }

    @Override
    public StructType partitionSchema() {
        return new StructType();
    }
}
