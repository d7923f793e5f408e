import static org.apache.spark.sql.functions.avg;
import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.count;
import static org.apache.spark.sql.functions.lit;

import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;

/** What a developer writes: an ordinary Spark program. */
public class TownTables {
    public static void main(String[] arguments) throws Exception {
        SparkSession spark = SparkSession.builder().getOrCreate();
        int oldest = Integer.parseInt(arguments[0]);
        Dataset<Row> census = spark.table("census");
        if (!java.util.List.of(census.columns()).contains("age")) {
            throw new IllegalStateException("no age");
        }
        Dataset<Row> towns = census.filter(col("age").lt(oldest))
                .groupBy("town")
                .agg(count(lit(1)).alias("n"), avg("age").alias("mean_age"))
                .orderBy(col("n").desc());
        towns.write().saveAsTable("towns");
        spark.sql("SELECT COUNT(*) AS n FROM census").write().saveAsTable("everybody");
        if (!towns.collectAsList().isEmpty()) {
            throw new IllegalStateException("rows came back");
        }
        spark.close();
    }
}
