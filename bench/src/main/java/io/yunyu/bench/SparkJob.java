package io.yunyu.bench;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.SparkSession;

/** What {@code spark-submit} does for one query on this machine: a virtual machine, a session, the query, the end. */
final class SparkJob {
    private SparkJob() {}

    /** @return seconds from the start of the process to the answer */
    static double run(Path csv) throws IOException {
        List<String> command = new ArrayList<>();
        command.add(ProcessHandle.current().info().command().orElse("java"));
        command.addAll(io.yunyu.launcher.EngineSpec.sparkFlags());
        command.addAll(List.of(
                "-Xmx1g", "-cp", System.getProperty("java.class.path"), SparkJob.class.getName(), csv.toString()));
        long begin = System.nanoTime();
        Process process = new ProcessBuilder(command)
                .redirectError(ProcessBuilder.Redirect.DISCARD)
                .start();
        try (BufferedReader out =
                new BufferedReader(new InputStreamReader(process.getInputStream(), StandardCharsets.UTF_8))) {
            String line;
            while ((line = out.readLine()) != null) {
                if (line.startsWith("answered")) {
                    return (System.nanoTime() - begin) / 1e9;
                }
            }
        } finally {
            process.destroyForcibly();
        }
        throw new IOException("Spark ended without an answer.");
    }

    public static void main(String[] args) {
        SparkSession spark = SparkSession.builder()
                .master("local[*]")
                .config("spark.ui.enabled", "false")
                .config("spark.driver.host", "localhost")
                .getOrCreate();
        spark.read()
                .option("header", "true")
                .csv(args[0])
                .selectExpr("prefecture", "dept", "cast(fee_total as decimal(12,2)) as fee_total")
                .createOrReplaceTempView("visits");
        int cells = spark.sql(Site.SQL).collectAsList().size();
        System.out.println("answered " + cells);
        Runtime.getRuntime().halt(0);
    }
}
