package io.yunyu.bench;

import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/** Stock Spark on unencrypted tables. */
final class PlainSide implements WorkerMain.Side {
    private final SparkSession spark;
    private final Path directory;

    PlainSide(Path directory) {
        this.directory = directory;
        this.spark = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.sql.shuffle.partitions", "4")
                .config("spark.driver.host", "localhost")
                .config("spark.sql.extensions", "io.delta.sql.DeltaSparkSessionExtension")
                .config("spark.sql.catalog.spark_catalog", "org.apache.spark.sql.delta.catalog.DeltaCatalog")
                .config("spark.databricks.delta.snapshotPartitions", "2")
                .getOrCreate();
    }

    @Override
    public void prepare(long rows, long rowsPerUnit) {
        BenchData.visits(spark, rows, rowsPerUnit).write().mode("overwrite").parquet(path("plain-visits"));
        spark.read().parquet(path("plain-visits")).createOrReplaceTempView("visits");
    }

    @Override
    public void query(String person, int dimensions) {
        spark.sql(BenchData.visitsBy(dimensions, person)).collectAsList();
    }

    @Override
    public void write(long rows) {
        BenchData.wide(spark, rows).write().format("delta").mode("overwrite").save(path("plain-wide"));
    }

    @Override
    public void scan() {
        spark.read()
                .format("delta")
                .load(path("plain-wide"))
                .write()
                .format("noop")
                .mode("overwrite")
                .save();
    }

    private String path(String name) {
        return directory.resolve(name).toString();
    }
}
