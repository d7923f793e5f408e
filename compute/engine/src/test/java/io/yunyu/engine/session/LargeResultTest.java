package io.yunyu.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.api.java.JavaSparkContext;
import org.apache.spark.sql.Row;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a task returns reaches the driver whatever its size; Spark's transport, encrypted, would lose what exceeds 1 MiB. */
class LargeResultTest {
    /** Spark's own bound of a message, unless it is raised. */
    private static final int USUAL_MESSAGE_BYTES = 128 << 20;

    private final SparkSession spark = SharedSession.spark();

    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void collect_taskResultOfSeveralMebibytes_arrives() {
        LargeResults results = LargeResults.of(spark);
        List<Row> rows = spark.range(0, 400_000, 1, 1)
                .selectExpr("id", "rand(1) AS noise")
                .collectAsList();
        assertThat(rows).hasSize(400_000);
        assertThat(results.above(1 << 20)).isEqualTo(1);
    }

    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void collect_taskResultBeyondSparksUsualMessage_arrives() {
        LargeResults results = LargeResults.of(spark);
        List<byte[]> parts = JavaSparkContext.fromSparkContext(spark.sparkContext())
                .parallelize(List.of(USUAL_MESSAGE_BYTES), 1)
                .map(byte[]::new)
                .collect();
        assertThat(parts.get(0)).hasSize(USUAL_MESSAGE_BYTES);
        assertThat(results.above(USUAL_MESSAGE_BYTES)).isEqualTo(1);
    }
}
