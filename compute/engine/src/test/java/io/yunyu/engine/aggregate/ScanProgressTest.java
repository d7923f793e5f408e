package io.yunyu.engine.aggregate;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.engine.channel.EventSink;
import io.yunyu.engine.session.SharedSession;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.LongStream;
import org.apache.spark.TaskState;
import org.apache.spark.scheduler.SparkListener;
import org.apache.spark.scheduler.SparkListenerStageSubmitted;
import org.apache.spark.scheduler.SparkListenerTaskEnd;
import org.apache.spark.scheduler.TaskInfo;
import org.apache.spark.sql.SparkSession;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ScanProgressTest {
    /** Bytes of a line, and of what one task reads. */
    private static final int PIECE = 100;

    private final SparkSession spark = SharedSession.spark().newSession();
    private final List<String> said = new ArrayList<>();

    @TempDir
    Path directory;

    @BeforeEach
    void smallTasks() {
        spark.conf().set("spark.sql.files.maxPartitionBytes", PIECE);
        spark.conf().set("spark.sql.files.openCostInBytes", 0);
    }

    private final EventSink sink = new EventSink() {
        @Override
        public void happened(EngineEvent event) {
            throw new AssertionError("a step is not this class's to tell");
        }

        @Override
        public void happened(EngineEvent event, long n) {
            said.add(event + " " + n);
        }
    };

    private static List<String> tenths(int last) {
        return LongStream.rangeClosed(1, last).mapToObj(n -> "TENTH_READ " + n).toList();
    }

    private String file(String name, int pieces) throws Exception {
        String line = "x".repeat(PIECE - 1) + "\n";
        return Files.writeString(directory.resolve(name), line.repeat(pieces)).toString();
    }

    private void read(String file) throws Exception {
        spark.read().text(file).filter("length(value) > 1000").count();
        spark.sparkContext().listenerBus().waitUntilEmpty();
    }

    @Test
    void tell_tablesReadOneByOne_eachCountsTheSame() throws Exception {
        ScanProgress progress = new ScanProgress(2, sink);
        progress.listen(spark);
        try {
            progress.tell();
            assertThat(said).isEmpty();
            read(file("small", 3));
            progress.tell();
            progress.tell();
            assertThat(said).isEqualTo(tenths(5));
            read(file("large", 40));
            progress.tell();
            assertThat(said).isEqualTo(tenths(10));
        } finally {
            progress.leave(spark);
        }
    }

    /** As Delta's own reading of its log does, under a description of its own. */
    @Test
    void tell_jobsThatAreNotTheQuerys_countNothing() throws Exception {
        ScanProgress progress = new ScanProgress(1, sink);
        progress.listen(spark);
        try {
            spark.sparkContext().setJobDescription("Delta: cells: Filtering files for query");
            read(file("log", 3));
            spark.sparkContext().setJobDescription(null);
            read(file("other", 3));
            spark.range(100).repartition(4).count();
            spark.sparkContext().listenerBus().waitUntilEmpty();
            progress.tell();
            assertThat(said).isEmpty();
        } finally {
            progress.leave(spark);
        }
    }

    @Test
    void during_whateverItReads_tellsAllTenInOrder() throws Exception {
        String file = file("table", 7);
        assertThat(ScanProgress.during(
                        spark, 1, sink, () -> spark.read().text(file).count()))
                .isEqualTo(7);
        assertThat(said).isEqualTo(tenths(10));
        said.clear();
        ScanProgress.during(spark, 3, sink, () -> "nothing read");
        assertThat(said).isEqualTo(tenths(10));
    }

    /** The clock may come once more after the work has failed. */
    @Test
    void tell_afterTheEnd_saysNothing() throws Exception {
        ScanProgress progress = new ScanProgress(1, sink);
        progress.listen(spark);
        read(file("table", 3));
        progress.leave(spark);
        progress.tell();
        assertThat(said).isEmpty();
    }

    /** As on a cluster, whose tasks are tried again on another host; here the first failure ends a stage. */
    @Test
    void tell_tasksThatFailOrAreDoneTwice_countOnceWhenTheyAreDone() throws Exception {
        List<SparkListenerStageSubmitted> stages = new ArrayList<>();
        List<SparkListenerTaskEnd> ends = new ArrayList<>();
        SparkListener heard = new SparkListener() {
            @Override
            public void onStageSubmitted(SparkListenerStageSubmitted submitted) {
                stages.add(submitted);
            }

            @Override
            public void onTaskEnd(SparkListenerTaskEnd end) {
                ends.add(end);
            }
        };
        ScanProgress other = new ScanProgress(1, sink);
        other.listen(spark);
        spark.sparkContext().addSparkListener(heard);
        read(file("table", 4));
        spark.sparkContext().removeSparkListener(heard);
        other.leave(spark);

        ScanProgress progress = new ScanProgress(1, sink);
        stages.forEach(progress::onStageSubmitted);
        List<SparkListenerTaskEnd> reading = ends.stream()
                .filter(end -> end.stageId() == stages.get(0).stageInfo().stageId())
                .toList();
        assertThat(reading).hasSize(4);
        reading.forEach(end -> progress.onTaskEnd(failed(end)));
        progress.tell();
        assertThat(said).isEmpty();
        for (int i = 0; i < 4; i++) {
            progress.onTaskEnd(reading.get(i / 2));
        }
        progress.tell();
        assertThat(said).isEqualTo(tenths(5));
    }

    private static SparkListenerTaskEnd failed(SparkListenerTaskEnd end) {
        TaskInfo done = end.taskInfo();
        TaskInfo lost = new TaskInfo(
                done.taskId(),
                done.index(),
                done.attemptNumber(),
                done.partitionId(),
                done.launchTime(),
                done.executorId(),
                done.host(),
                done.taskLocality(),
                done.speculative());
        lost.markFinished(TaskState.FAILED(), done.finishTime());
        return new SparkListenerTaskEnd(
                end.stageId(),
                end.stageAttemptId(),
                end.taskType(),
                end.reason(),
                lost,
                end.taskExecutorMetrics(),
                end.taskMetrics());
    }

    @Test
    void during_workThatFails_isNotSaidToBeDone() {
        assertThatThrownBy(() -> ScanProgress.during(spark, 1, sink, () -> {
                    throw new IllegalStateException("the work's own");
                }))
                .hasMessage("the work's own");
        assertThat(said).isEmpty();
        assertThat(spark.sparkContext().getLocalProperty("spark.job.description"))
                .isNull();
    }
}
