package io.yunyu.bench;

import io.yunyu.anonymizer.AnonymizationReport;
import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.spark.GroupLimits;
import io.yunyu.anonymizer.spark.SparkAnonymization;
import io.yunyu.anonymizer.spark.SparkAnonymizer;
import io.yunyu.anonymizer.spark.SparkRecords;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.nio.file.Path;
import org.apache.spark.sql.SparkSession;

/**
 * De-identification on Spark as a process of its own, on all processors of this machine: from a Parquet file to released
 * records in delimited text.
 *
 * <p>Arguments: input, specification, output directory, most tuples that come to the driver. Prints the seconds of search
 * and the answer.
 */
final class SparkMondrian {
    private SparkMondrian() {}

    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "localhost")
                .config("spark.driver.bindAddress", "127.0.0.1")
                .config("spark.sql.shuffle.partitions", "16")
                .getOrCreate();
        spark.sparkContext().setLogLevel("ERROR");
        GroupLimits limits = new GroupLimits(
                Long.parseLong(args[3]), GroupLimits.DEFAULT.values(), GroupLimits.DEFAULT.sharedTuples());
        SparkAnonymization found = SparkAnonymizer.anonymize(
                SparkRecords.of(spark.read().parquet(args[0])), AnonymizationSpec.parse(Path.of(args[1])), limits);
        found.release().write().option("sep", ";").option("header", "true").csv(args[2]);
        JsonObject report =
                Json.parseObject(AnonymizationReport.of(found.result()).toJson());
        // Attribute risks need the tuples.
        System.out.println("answered " + report.object("search").decimal("seconds") + " "
                + AnonymizeSides.answer(report) + (report.has("attributeRisks") ? "" : ", cut on Spark"));
        Runtime.getRuntime().halt(0);
    }
}
