package io.yunyu.api.engine;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.language.Language;
import io.yunyu.contract.language.Phrases;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SizeAdviceTest {
    private static final EngineJob INGEST =
            new EngineJob.IngestJob("job-1", "{}", new Signature("k", "v"), "/s", "/t", Optional.empty());
    private static final Map<EngineJob, String> KINDS = Map.of(
            new EngineJob.AnonymizeJob("job-1", "{}", "{}", List.of(), "{}", Map.of(), "hpke:x", 1),
            "fewer columns or quasi-identifiers",
            new EngineJob.PublicationJob("job-1", 1, "{}", List.of(), "{}", Map.of(), "hpke:x", 1),
            "a table of fewer cells",
            new EngineJob.ReplayJob("job-1", "SELECT 1", "{}", List.of(), "{}", "{}", Map.of()),
            "out of the replay",
            INGEST,
            "on one host, also where queries have a cluster");

    private static EngineResult ended(ProblemCode code) {
        return EngineResult.failed(new Problem(code, "It ended.")).withoutNoise();
    }

    private static String detail(EngineResult result) {
        return result.problem().orElseThrow().detail();
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void advised_tooLarge_saysSoAndWhatToDo_inBothLanguages(boolean onCluster) {
        KINDS.forEach((job, advice) -> {
            EngineResult memory = SizeAdvice.advised(job, ended(ProblemCode.OUT_OF_MEMORY), onCluster);
            EngineResult time = SizeAdvice.advised(job, ended(ProblemCode.TIMEOUT), onCluster);
            assertThat(detail(memory)).contains("ran out of memory.", advice, "yunyu.engine.heap");
            assertThat(detail(time))
                    .startsWith("The job did not end within its time")
                    .contains(advice, "yunyu.engine.timeout-seconds");
            for (EngineResult result : List.of(memory, time)) {
                assertThat(result.status()).isEqualTo(EngineResult.Status.FAILED);
                assertThat(result.noiseDrawn()).contains(false);
                assertThat(Phrases.detail(result.problem().orElseThrow(), Language.CHINESE))
                        .doesNotContainPattern("[a-z]{3,} [a-z]{2,}");
            }
        });
    }

    /** Whoever ran out of memory, its operator has another setting for it. */
    @Test
    void advised_memoryOfACluster_namesExecutorsToo_ofAHostNone() {
        KINDS.keySet().forEach(job -> {
            assertThat(detail(SizeAdvice.advised(job, ended(ProblemCode.OUT_OF_MEMORY), true)))
                    .startsWith("The engine or an executor of its cluster")
                    .contains("executorMemoryMiB");
            assertThat(detail(SizeAdvice.advised(job, ended(ProblemCode.OUT_OF_MEMORY), false)))
                    .startsWith("The engine ran out of memory.")
                    .doesNotContain("executor");
        });
    }

    @Test
    void advised_whatRunsOnAClusterToo_isNotSaidToBeForOneHost() {
        KINDS.keySet().stream().filter(job -> !job.equals(INGEST)).forEach(job -> {
            for (ProblemCode code : List.of(ProblemCode.OUT_OF_MEMORY, ProblemCode.TIMEOUT)) {
                assertThat(detail(SizeAdvice.advised(job, ended(code), false))).doesNotContain("one host");
            }
        });
    }

    @ParameterizedTest
    @ValueSource(booleans = {false, true})
    void advised_otherEnds_andQueries_stayAsTheyAre(boolean onCluster) {
        EngineResult full = ended(ProblemCode.DISK_FULL);
        assertThat(SizeAdvice.advised(INGEST, full, onCluster)).isSameAs(full);
        EngineResult done = EngineResult.done();
        assertThat(SizeAdvice.advised(INGEST, done, onCluster)).isSameAs(done);
        EngineResult memory = ended(ProblemCode.OUT_OF_MEMORY);
        EngineJob query = new EngineJob.SqlJob("job-1", "SELECT 1", "{}", List.of(), "{}", Map.of(), "hpke:x", 1);
        assertThat(SizeAdvice.advised(query, memory, onCluster)).isSameAs(memory);
    }
}
