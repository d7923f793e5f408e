import org.apache.spark.sql.SparkSession;

/** Asks for an allowed table first, then for rows, and does not handle the refusal. */
public class RowReader {
    public static void main(String[] arguments) {
        SparkSession spark = SparkSession.builder().getOrCreate();
        spark.table("census").groupBy("town").count().write().saveAsTable("towns");
        spark.sql("SELECT town, age FROM census").collectAsList();
    }
}
