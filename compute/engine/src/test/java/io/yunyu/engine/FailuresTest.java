package io.yunyu.engine;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.engine.aggregate.BeforeNoise;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** What Spark says of executors that were lost, in its own form, with a planted value in it. */
class FailuresTest {
    private static final String PLANTED = "QZVK-7731";

    @ParameterizedTest
    @CsvSource({
        "Command exited with code 3, OUT_OF_MEMORY",
        "Command exited with code 137, CAPACITY",
        "worker lost: 10.0.0.3:7080 got disassociated, CAPACITY"
    })
    void resultOf_executorsLost_saysSoWithoutSparksWords(String reason, ProblemCode code) {
        RuntimeException spark = new RuntimeException("Job aborted due to stage failure: Task 0 in stage 1.0 failed 4"
                + " times, most recent failure: Lost task 0.3 in stage 1.0 (TID 9) (10.0.0.3 executor 5):"
                + " ExecutorLostFailure (executor 5 exited caused by one of the running tasks) Reason: " + reason + " "
                + PLANTED);
        EngineResult result = Failures.resultOf(new IllegalStateException(spark));
        assertThat(result.status()).isEqualTo(EngineResult.Status.FAILED);
        Problem problem = result.problem().orElseThrow();
        assertThat(problem.code()).isEqualTo(code);
        assertThat(problem.detail()).doesNotContain(PLANTED).doesNotContain("Task 0");
    }

    /** A checked exception of Scala's, which passes Java's signatures. */
    @Test
    void resultOf_checkedExceptionBeforeNoise_costsNoBudget() {
        assertThatThrownBy(() -> BeforeNoise.during(() -> {
                    FailuresTest.<RuntimeException>throwAny(new java.util.concurrent.TimeoutException(PLANTED));
                    return 0;
                }))
                .isInstanceOf(BeforeNoise.class)
                .satisfies(thrown -> {
                    EngineResult result = Failures.resultOf(thrown);
                    assertThat(result.noiseDrawn()).contains(false);
                    assertThat(result.problem().orElseThrow().detail()).doesNotContain(PLANTED);
                });
    }

    @SuppressWarnings({"unchecked", "TypeParameterUnusedInFormals"})
    private static <T extends Exception> void throwAny(Exception thrown) throws T {
        throw (T) thrown;
    }
}
