package io.yunyu.engine.session;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.concurrent.TimeUnit;
import org.apache.spark.sql.Row;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** What a task returns reaches the driver whatever its size; Spark's transport, encrypted, would lose what exceeds 1 MiB. */
class LargeResultTest {
    @Test
    @Timeout(value = 180, unit = TimeUnit.SECONDS, threadMode = Timeout.ThreadMode.SEPARATE_THREAD)
    void collect_taskResultOfSeveralMebibytes_arrives() {
        List<Row> rows = SharedSession.spark()
                .range(0, 400_000, 1, 1)
                .selectExpr("id", "rand(1) AS noise")
                .collectAsList();
        assertThat(rows).hasSize(400_000);
    }
}
