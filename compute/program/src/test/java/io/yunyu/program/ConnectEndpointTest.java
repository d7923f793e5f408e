package io.yunyu.program;

import static org.apache.spark.sql.functions.*;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.job.ProgramJob;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import org.apache.spark.api.java.function.MapFunction;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Encoders;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.api.java.UDF1;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.io.TempDir;

/** Spark's own client against the endpoint: what it is offered, as the SQL that leaves; and what it is not. */
class ConnectEndpointTest {
    @TempDir
    static Path dir;

    private static RecordingGuard guard;
    private static ConnectEndpoint endpoint;
    private static SparkSession spark;

    @BeforeAll
    static void open() throws Exception {
        guard = new RecordingGuard();
        List<ProgramJob.Table> granted = List.of(new ProgramJob.Table(
                "visits",
                List.of(new ProgramJob.Column("area", "string"), new ProgramJob.Column("fee", "decimal(10,2)"))));
        endpoint = ConnectEndpoint.open(new KeptTables(guard.channel(), granted), 0);
        System.setProperty("spark.remote", "sc://127.0.0.1:" + endpoint.port());
        spark = SparkSession.builder().getOrCreate();
    }

    @AfterAll
    static void close() throws Exception {
        spark.close();
        endpoint.close();
        guard.close();
        System.clearProperty("spark.remote");
    }

    @BeforeEach
    void forget() {
        guard.asked.clear();
    }

    private record Written(String name, Function<SparkSession, Dataset<Row>> plan, String sql) {}

    @TestFactory
    Stream<DynamicTest> save_plan_leavesAsOneSelect() {
        return Stream.of(
                        new Written(
                                "group",
                                s -> s.table("visits").groupBy("area").count(),
                                "SELECT `visits`.`area`, count(1) AS `count` FROM `visits` GROUP BY `visits`.`area`"),
                        new Written(
                                "filter",
                                s -> s.table("visits")
                                        .filter(col("fee")
                                                .geq(lit(new java.math.BigDecimal("1.50")))
                                                .and(col("area").isin("a'b", "c\\d"))
                                                .and(col("day").lt(lit(java.time.LocalDate.of(2026, 1, 31))))
                                                .and(col("x").isNotNull()))
                                        .groupBy(year(col("day")).as("y"))
                                        .agg(avg("fee").as("m"), sum("fee"), countDistinct("id")),
                                "SELECT year(`day`) AS `y`, avg(`fee`) AS `m`, sum(`fee`), count(DISTINCT `id`) FROM `visits`"
                                        + " WHERE (((((`fee` >= 1.50BD) AND (`area` IN ('a\\'b', 'c\\\\d'))) AND (`day` <"
                                        + " DATE '2026-01-31')) AND (`x` IS NOT NULL))) GROUP BY year(`day`)"),
                        new Written(
                                "above",
                                s -> s.table("visits")
                                        .groupBy("area")
                                        .agg(count(lit(1)).as("n"))
                                        .filter(col("n").gt(20))
                                        .select(col("area"), col("n").divide(2).as("half"))
                                        .orderBy(col("half").desc(), col("area"))
                                        .limit(7),
                                "SELECT `visits`.`area`, (count(1) / 2) AS `half` FROM `visits` GROUP BY `visits`.`area`"
                                        + " HAVING ((count(1) > 20)) ORDER BY `half` DESC NULLS LAST, `area` ASC NULLS FIRST"
                                        + " LIMIT 7"),
                        new Written(
                                "join",
                                s -> {
                                    Dataset<Row> v = s.table("visits");
                                    Dataset<Row> p = s.table("people");
                                    return v.filter("fee > 1")
                                            .join(p, v.col("id").equalTo(p.col("id")))
                                            .groupBy(p.col("sex"))
                                            .agg(sum(v.col("fee")));
                                },
                                "SELECT `people`.`sex`, sum(`visits`.`fee`) FROM `visits` JOIN `people` ON (`visits`.`id` ="
                                        + " `people`.`id`) WHERE (fee > 1) GROUP BY `people`.`sex`"),
                        new Written(
                                "using",
                                s -> s.table("visits")
                                        .as("v")
                                        .join(s.table("people").as("p"), "id")
                                        .groupBy("sex")
                                        .count(),
                                "SELECT `sex`, count(1) AS `count` FROM `visits` AS `v` JOIN `people` AS `p` ON `v`.`id` ="
                                        + " `p`.`id` GROUP BY `sex`"),
                        new Written(
                                "cube",
                                s -> s.table("visits").cube("area", "sex").count(),
                                "SELECT `visits`.`area`, `visits`.`sex`, count(1) AS `count` FROM `visits` GROUP BY"
                                        + " CUBE(`visits`.`area`, `visits`.`sex`)"),
                        new Written("text", s -> s.sql("SELECT 1 FROM visits"), "SELECT 1 FROM visits"),
                        // Not judged here: the policy on the other side knows what a path is.
                        new Written(
                                "path",
                                s -> s.table("parquet.`/data/x`").agg(count(lit(1))),
                                "SELECT count(1) FROM parquet.`/data/x`"))
                .map(w -> DynamicTest.dynamicTest(w.name(), () -> {
                    guard.asked.clear();
                    w.plan().apply(spark).write().saveAsTable(w.name());
                    assertThat(guard.asked).containsExactly("keep " + w.name() + " " + w.sql());
                }));
    }

    private record Refused(String name, Consumer<SparkSession> act, String says) {}

    @TestFactory
    Stream<DynamicTest> ask_whatIsNotOffered_isRefusedAndNothingLeaves() {
        return Stream.of(
                        new Refused(
                                "udf",
                                s -> s.udf().register("f", (UDF1<String, String>) x -> x, DataTypes.StringType),
                                "UDF"),
                        new Refused(
                                "map",
                                s -> s.table("visits")
                                        .map((MapFunction<Row, String>) Row::mkString, Encoders.STRING())
                                        .collectAsList(),
                                "function of the program's own"),
                        new Refused("artifact", s -> s.addArtifact(jar().toString()), "nothing can be added"),
                        new Refused("set", s -> s.conf().set("spark.sql.ansi.enabled", "false"), "Settings"),
                        new Refused("path", s -> s.read().parquet("/data/x").count(), "by their names"),
                        new Refused("range", s -> s.range(10).count(), "program's own"),
                        new Refused(
                                "local",
                                s -> s.createDataFrame(List.of(RowFactory.create(1)), new StructType().add("a", "int"))
                                        .count(),
                                "program's own"),
                        new Refused(
                                "view", s -> s.table("visits").createOrReplaceTempView("v"), "CREATE_DATAFRAME_VIEW"),
                        new Refused("explain", s -> s.table("visits").explain(), "EXPLAIN"),
                        new Refused("catalog", s -> s.catalog().listTables().collectAsList(), "CATALOG"),
                        new Refused("show", s -> s.table("visits").show(), "Rows do not come back"),
                        new Refused(
                                "write-path",
                                s -> s.table("visits").write().parquet("/tmp/x"),
                                "saveAsTable(name) alone"),
                        new Refused(
                                "write-option",
                                s -> s.table("visits")
                                        .write()
                                        .option("path", "/tmp/x")
                                        .saveAsTable("t"),
                                "saveAsTable(name) alone"),
                        new Refused(
                                "nested",
                                s -> s.table("visits")
                                        .groupBy("area")
                                        .count()
                                        .groupBy("count")
                                        .count()
                                        .collectAsList(),
                                "one SELECT"),
                        new Refused(
                                "outer-join",
                                s -> {
                                    Dataset<Row> v = s.table("visits");
                                    v.join(s.table("people"), v.col("id").equalTo(col("pid")), "left")
                                            .count();
                                },
                                "inner joins"),
                        new Refused(
                                "parameters",
                                s -> s.sql("SELECT :a FROM visits", Map.of("a", 1))
                                        .collectAsList(),
                                "Parameters"),
                        new Refused(
                                "deep", s -> s.table("visits").filter(deep(42)).count(), "nested"),
                        // Beyond what the protocol itself allows; the endpoint lives on, as the next test shows.
                        new Refused(
                                "deeper",
                                s -> s.table("visits").filter(deep(80)).count(),
                                "error"))
                .map(r -> DynamicTest.dynamicTest(r.name(), () -> {
                    guard.asked.clear();
                    assertThatThrownBy(() -> r.act().accept(spark)).hasMessageContaining(r.says());
                    assertThat(guard.asked).isEmpty();
                }));
    }

    private static org.apache.spark.sql.Column deep(int levels) {
        org.apache.spark.sql.Column condition = col("fee").gt(0);
        for (int i = 0; i < levels; i++) {
            condition = not(condition);
        }
        return condition;
    }

    private static Path jar() {
        try {
            // An empty archive is one all the same.
            byte[] bytes = new byte[22];
            bytes[0] = 'P';
            bytes[1] = 'K';
            bytes[2] = 5;
            bytes[3] = 6;
            return Files.write(dir.resolve("own.jar"), bytes);
        } catch (java.io.IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    @Test
    void collect_answersWithColumnsAndNoRow_andIsKept() {
        Dataset<Row> counted = spark.table("visits").groupBy().count();
        assertThat(counted.collectAsList()).isEmpty();
        assertThat(guard.asked).singleElement().asString().matches("keep result_[0-9]+ SELECT .* FROM `visits`");
    }

    @Test
    void schema_ofGrantedTable_needsNobody() {
        assertThat(spark.table("visits").schema().simpleString()).isEqualTo("struct<area:string,fee:decimal(10,2)>");
        assertThat(guard.asked).isEmpty();
    }

    @Test
    void plan_refusedByTheGuard_saysRuleAndWayOut() {
        assertThatThrownBy(() -> spark.table("visits")
                        .groupBy("forbidden")
                        .count()
                        .write()
                        .saveAsTable("no"))
                .hasMessageContaining("not-granted: Leave it out.");
    }
}
