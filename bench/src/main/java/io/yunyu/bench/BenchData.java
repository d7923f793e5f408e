package io.yunyu.bench;

import org.apache.spark.sql.Column;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.functions;

/** Rows for the benchmarks: a function of the row number, so that both sides have the same without sharing a file. */
final class BenchData {
    static final long SEED = 7;

    private BenchData() {}

    /**
     * One row per visit: {@code id_no} (18 characters), {@code prefecture} (16 values), {@code dept} (20), {@code fee}
     * (decimal), and {@code __unit}.
     *
     * @param rowsPerUnit rows of one person, spread over the table
     */
    static Dataset<Row> visits(SparkSession spark, long rows, long rowsPerUnit) {
        Column id = functions.col("id");
        Column person = functions.pmod(
                functions.xxhash64(id, functions.lit(SEED)), functions.lit(Math.max(1, rows / rowsPerUnit)));
        return spark.range(0, rows, 1, 4)
                .select(
                        functions.lpad(person.cast("string"), 18, "5301992000").as("id_no"),
                        functions
                                .pmod(functions.xxhash64(id, functions.lit(1)), functions.lit(16))
                                .cast("string")
                                .as("prefecture"),
                        functions
                                .pmod(functions.xxhash64(id, functions.lit(2)), functions.lit(20))
                                .cast("string")
                                .as("dept"),
                        functions
                                .pmod(functions.xxhash64(id, functions.lit(3)), functions.lit(100_000))
                                .cast("decimal(12,2)")
                                .divide(functions.lit(100))
                                .cast("decimal(12,2)")
                                .as("fee"),
                        functions.xxhash64(person).as("__unit"));
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
