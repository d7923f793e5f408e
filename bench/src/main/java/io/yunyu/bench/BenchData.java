package io.yunyu.bench;

import java.util.ArrayList;
import java.util.List;
import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Rows for the benchmarks: a function of the row number, so that both sides have the same without sharing a file. */
final class BenchData {
    static final long SEED = 7;

    /** What visits can be counted by, the first ones first. */
    static final List<Dimension> DIMENSIONS = List.of(
            new Dimension("prefecture", 16),
            new Dimension("dept", 20),
            new Dimension("sex", 2),
            new Dimension("age_band", 5),
            new Dimension("insurance", 3),
            new Dimension("emergency", 2));

    private BenchData() {}

    /** A column of texts, independent of the others and evenly spread. */
    record Dimension(String name, int values) {}

    /** The query of both sides. @param dimensions how many of {@link #DIMENSIONS} it groups by */
    static String visitsBy(int dimensions, String person) {
        String columns = String.join(
                ", ",
                DIMENSIONS.subList(0, dimensions).stream().map(Dimension::name).toList());
        return "SELECT " + columns + ", count(*) AS n, count(DISTINCT " + person
                + ") AS persons, sum(fee) AS fees FROM visits GROUP BY " + columns + " ORDER BY " + columns;
    }

    static int cells(int dimensions) {
        return DIMENSIONS.subList(0, dimensions).stream()
                .mapToInt(Dimension::values)
                .reduce(1, Math::multiplyExact);
    }

    /**
     * One row per visit: {@code id_no} (18 characters), the {@link #DIMENSIONS}, {@code fee} (decimal), and {@code __unit}.
     *
     * @param rowsPerUnit rows of one person, spread over the table
     */
    static Dataset<Row> visits(SparkSession spark, long rows, long rowsPerUnit) {
        Column id = functions.col("id");
        Column person = functions.pmod(
                functions.xxhash64(id, functions.lit(SEED)), functions.lit(Math.max(1, rows / rowsPerUnit)));
        List<Column> columns = new ArrayList<>();
        columns.add(functions.lpad(person.cast("string"), 18, "5301992000").as("id_no"));
        for (Dimension dimension : DIMENSIONS) {
            // A hash of the row and of the place in the list: the columns are independent of each other.
            int place = columns.size();
            columns.add(functions
                    .pmod(functions.xxhash64(id, functions.lit(place)), functions.lit(dimension.values()))
                    .cast("string")
                    .as(dimension.name()));
        }
        columns.add(functions
                .pmod(functions.xxhash64(id, functions.lit(-1)), functions.lit(100_000))
                .cast("decimal(12,2)")
                .divide(functions.lit(100))
                .cast("decimal(12,2)")
                .as("fee"));
        columns.add(functions.xxhash64(person).as("__unit"));
        return spark.range(0, rows, 1, 4).select(columns.toArray(Column[]::new));
    }

    /** The columns of {@link #wide} besides the unit key, which every encrypted table has. */
    static final String[] WIDE = {"b", "c", "d", "e", "f", "g", "h"};

    /** Eight columns: two numbers, four texts of low and high cardinality, a decimal and a date. */
    static Dataset<Row> wide(SparkSession spark, long rows) {
        Column id = functions.col("id");
        return spark.range(0, rows, 1, 4)
                .select(
                        functions.xxhash64(id).as("__unit"),
                        functions
                                .pmod(functions.xxhash64(id, functions.lit(4)), functions.lit(100))
                                .as("b"),
                        functions.hex(functions.xxhash64(id, functions.lit(5))).as("c"),
                        functions
                                .pmod(functions.xxhash64(id, functions.lit(6)), functions.lit(50))
                                .cast("string")
                                .as("d"),
                        functions.lpad(id.cast("string"), 18, "5301992000").as("e"),
                        functions
                                .pmod(functions.xxhash64(id, functions.lit(7)), functions.lit(2))
                                .cast("string")
                                .as("f"),
                        functions
                                .pmod(functions.xxhash64(id, functions.lit(8)), functions.lit(100_000))
                                .cast("decimal(12,2)")
                                .as("g"),
                        functions
                                .date_add(
                                        functions.lit("2025-01-01").cast("date"),
                                        functions
                                                .pmod(functions.xxhash64(id, functions.lit(9)), functions.lit(365))
                                                .cast("int"))
                                .as("h"));
    }
}
