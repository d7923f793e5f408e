package io.yunyu.engine.session;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeoutException;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.sql.SparkSession;

/** How large the results of a session's tasks are as its driver gets them. */
public final class LargeResults extends SparkListener {
    private final SparkSession spark;
    private final List<Long> bytes = new CopyOnWriteArrayList<>();

    private LargeResults(SparkSession spark) {
        this.spark = spark;
    }

    /** From now on. */
    public static LargeResults of(SparkSession spark) {
        LargeResults results = new LargeResults(spark);
        spark.sparkContext().addSparkListener(results);
        return results;
    }

    /** How many were larger; nothing is listened to afterwards. */
    public long above(long size) {
        try {
            spark.sparkContext().listenerBus().waitUntilEmpty();
        } catch (TimeoutException e) {
            throw new IllegalStateException(e);
        }
        spark.sparkContext().removeSparkListener(this);
        return bytes.stream().filter(b -> b > size).count();
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        bytes.add(end.taskMetrics().resultSize());
    }
}
