package io.yunyu.engine.ingest;

import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.engine.channel.EventSink;
import org.apache.spark.SparkContext;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.util.LongAccumulator;

/** Tells how many records were read, whenever a task ends. */
final class ReadProgress extends SparkListener implements AutoCloseable {
    private final SparkContext spark;
    private final EventSink events;
    private final LongAccumulator rows;
    private volatile boolean closed;

    ReadProgress(SparkContext spark, EventSink events) {
        this.spark = spark;
        this.events = events;
        this.rows = spark.longAccumulator();
        spark.addSparkListener(this);
    }

    LongAccumulator rows() {
        return rows;
    }

    @Override
    public void onTaskEnd(SparkListenerTaskEnd end) {
        if (!closed) {
            events.happened(EngineEvent.ROWS_READ, rows.value());
        }
    }

    @Override
    public void close() {
        closed = true;
        spark.removeSparkListener(this);
    }
}
