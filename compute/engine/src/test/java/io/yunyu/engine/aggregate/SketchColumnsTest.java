package io.yunyu.engine.aggregate;

import static org.apache.spark.sql.functions.col;
import static org.apache.spark.sql.functions.lit;
import static org.apache.spark.sql.functions.xxhash64;
import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.engine.session.SharedSession;
import java.util.List;
import org.apache.spark.sql.Dataset;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.RowFactory;
import org.apache.spark.sql.SparkSession;
import org.apache.spark.sql.types.DataTypes;
import org.apache.spark.sql.types.StructType;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What a family's guard remembers of earlier versions of this program must not become worthless. */
class SketchColumnsTest {
    private static final long FIRST = 0x0123456789abcdefL;
    private static final long LAST = -0x0123456789abcdefL;

    /** By XXH64 of 8 bytes (4 for a float) at a time, seed 42, written down apart from this program and from Spark. */
    private static final List<Row> EXPECTED = List.of(
            RowFactory.create(7L, -8055818340449734167L, -4677778897237986912L, 3413829330583977804L),
            RowFactory.create(-1L, 6439633410839567116L, -2799719160427512919L, -6141226618629633073L));

    @ParameterizedTest
    @ValueSource(strings = {"compiled loop", "compiled rows", "interpreted"})
    void hash_ofUnitsRowsAndFloats_isTheNumberOfEveryVersion(String how) {
        SparkSession spark = SharedSession.spark().newSession();
        spark.conf().set("spark.sql.codegen.wholeStage", how.equals("compiled loop"));
        long[] keys = {FIRST, LAST};
        Dataset<Row> hashed = units(spark, how.equals("interpreted"))
                .select(
                        col("u"),
                        SketchColumns.hash(keys, col("u")),
                        SketchColumns.hash(keys, col("u"), col("r")),
                        SketchColumns.hash(keys, col("u"), col("s").cast("float")));

        assertThat(hashed.collectAsList()).containsExactlyElementsOf(EXPECTED);
    }

    @ParameterizedTest
    @CsvSource({"0,0", "7,-8", "-1,0", "-9223372036854775808,9223372036854775807"})
    void hash_withAnyKeys_isThatOfTheNumbersThemselves(long first, long last) {
        Dataset<Row> numbers = SharedSession.spark().newSession().range(20).toDF("u");
        long equal = numbers.filter(SketchColumns.hash(new long[] {first, last}, col("u"))
                        .equalTo(xxhash64(lit(first), col("u"), lit(last))))
                .count();

        assertThat(equal).isEqualTo(20);
    }

    /** @param constant of rows that Spark computes with while it plans */
    private static Dataset<Row> units(SparkSession spark, boolean constant) {
        if (constant) {
            StructType schema = new StructType()
                    .add("u", DataTypes.LongType)
                    .add("r", DataTypes.LongType)
                    .add("s", DataTypes.DoubleType);
            return spark.createDataFrame(
                    List.of(RowFactory.create(7L, 3L, 1.5), RowFactory.create(-1L, 3L, 1.5)), schema);
        }
        return spark.range(0, 2, 1, 1)
                .select(
                        col("id").multiply(-8L).plus(7L).as("u"),
                        col("id").mod(1L).plus(3L).as("r"),
                        col("id").mod(1L).plus(1.5).as("s"));
    }
}
