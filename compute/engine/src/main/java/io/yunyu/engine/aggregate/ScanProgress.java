package io.yunyu.engine.aggregate;

import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.engine.channel.EventSink;
import java.util.BitSet;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.Supplier;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.StageInfo;
import org.apache.spark.sql.SparkSession;
import scala.jdk.javaapi.CollectionConverters;

/**
 * How far a query is with reading its tables, in tenths, by tasks that ended; every table counts the same. No row is counted:
 * a task that skips all its rows is as good as one that keeps them. What is said is always 1 to 10, in this order, before the
 * query's next step; only when each is said depends on the work, and that in steps of {@value #STEP_SECONDS} seconds.
 */
final class ScanProgress extends SparkListener {
    static final int TENTHS = 10;
    private static final int STEP_SECONDS = 5;
    /** Delta's own jobs, run between, have a description of theirs. */
    private static final String DESCRIPTION = "spark.job.description";

    private static final String OF_QUERY = "cells";
    /** What Spark calls the reading of files. */
    private static final String FILES = "FileScanRDD";

    /**
     * @param tasks how many the stage has
     * @param ended places of those that are done; on a cluster a task may be done twice
     */
    private record Scan(int tasks, BitSet ended) {
        double share() {
            return tasks == 0 ? 1 : Math.min(1, (double) ended.cardinality() / tasks);
        }
    }

    private final int tables;
    private final EventSink events;
    private final Map<Integer, Scan> scans = new HashMap<>();
    private int told;

    /** @param tables how many the query reads */
    ScanProgress(int tables, EventSink events) {
        this.tables = tables;
        this.events = events;
    }

    /** The work's result, and all ten said; fewer if it failed. */
    static <T> T during(SparkSession spark, int tables, EventSink events, Supplier<T> work) {
        ScanProgress progress = new ScanProgress(tables, events);
        ScheduledExecutorService clock = Executors.newSingleThreadScheduledExecutor(task -> {
            Thread thread = new Thread(task, "progress");
            thread.setDaemon(true);
            return thread;
        });
        progress.listen(spark);
        try {
            clock.scheduleAtFixedRate(progress::tell, STEP_SECONDS, STEP_SECONDS, TimeUnit.SECONDS);
            T result = work.get();
            progress.tell(TENTHS);
            return result;
        } finally {
            clock.shutdownNow();
            progress.leave(spark);
        }
    }

    /** From now on what this thread has Spark do is the query's work. */
    void listen(SparkSession spark) {
        spark.sparkContext().addSparkListener(this);
        spark.sparkContext().setLocalProperty(DESCRIPTION, OF_QUERY);
    }

    /** Says nothing from now on: the clock's thread may be on its way, and a failed job's end is the last that is said. */
    void leave(SparkSession spark) {
        synchronized (this) {
            told = TENTHS;
        }
        spark.sparkContext().setLocalProperty(DESCRIPTION, null);
        spark.sparkContext().removeSparkListener(this);
    }

    @Override
    public synchronized void onStageSubmitted(SparkListenerStageSubmitted submitted) {
        StageInfo stage = submitted.stageInfo();
        boolean own = submitted.properties() != null
                && OF_QUERY.equals(submitted.properties().getProperty(DESCRIPTION));
        if (own
                && CollectionConverters.asJava(stage.rddInfos()).stream()
                        .anyMatch(rdd -> rdd.name().equals(FILES))) {
            scans.put(stage.stageId(), new Scan(stage.numTasks(), new BitSet()));
        }
    }

    @Override
    public synchronized void onTaskEnd(SparkListenerTaskEnd end) {
        if (end.taskInfo().successful()) {
            Scan scan = scans.get(end.stageId());
            if (scan != null) {
                scan.ended().set(end.taskInfo().index());
            }
        }
    }

    /** Says what has been reached and was not said yet. */
    synchronized void tell() {
        double read = scans.values().stream().mapToDouble(Scan::share).sum();
        tell((int) (TENTHS * read / Math.max(tables, scans.size()) + 1e-9));
    }

    private synchronized void tell(int reached) {
        while (told < reached) {
            told++;
            events.happened(EngineEvent.TENTH_READ, told);
        }
    }
}
