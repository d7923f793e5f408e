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

class OneHostTest {
    private static final List<EngineJob> KINDS = List.of(
            new EngineJob.AnonymizeJob("job-1", "{}", "{}", List.of(), "{}", Map.of(), "hpke:x", 1),
            new EngineJob.PublicationJob("job-1", 1, "{}", List.of(), "{}", Map.of(), "hpke:x", 1),
            new EngineJob.ReplayJob("job-1", "SELECT 1", "{}", List.of(), "{}", "{}", Map.of()),
            new EngineJob.IngestJob("job-1", "{}", new Signature("k", "v"), "/s", "/t", Optional.empty()));

    private static EngineResult ended(ProblemCode code) {
        return EngineResult.failed(new Problem(code, "It ended.")).withoutNoise();
    }

    @Test
    void advised_tooLargeForTheHost_saysSoAndWhatToDo_inBothLanguages() {
        for (EngineJob job : KINDS) {
            EngineResult memory = OneHost.advised(job, ended(ProblemCode.OUT_OF_MEMORY));
            EngineResult time = OneHost.advised(job, ended(ProblemCode.TIMEOUT));
            assertThat(memory.problem().orElseThrow().detail())
                    .startsWith("The engine ran out of memory.")
                    .contains("on one host, also where queries have a cluster", "yunyu.engine.heap");
            assertThat(time.problem().orElseThrow().detail())
                    .startsWith("The job did not end within its time")
                    .contains("on one host, also where queries have a cluster", "yunyu.engine.timeout-seconds");
            for (EngineResult result : List.of(memory, time)) {
                assertThat(result.status()).isEqualTo(EngineResult.Status.FAILED);
                assertThat(result.noiseDrawn()).contains(false);
                assertThat(Phrases.detail(result.problem().orElseThrow(), Language.CHINESE))
                        .doesNotContainPattern("[a-z]{3,} [a-z]{2,}");
            }
        }
    }

    @Test
    void advised_otherEnds_andQueries_stayAsTheyAre() {
        EngineResult full = ended(ProblemCode.DISK_FULL);
        assertThat(OneHost.advised(KINDS.get(0), full)).isSameAs(full);
        EngineResult done = EngineResult.done();
        assertThat(OneHost.advised(KINDS.get(0), done)).isSameAs(done);
        EngineResult memory = ended(ProblemCode.OUT_OF_MEMORY);
        EngineJob query = new EngineJob.SqlJob("job-1", "SELECT 1", "{}", List.of(), "{}", Map.of(), "hpke:x", 1);
        assertThat(OneHost.advised(query, memory)).isSameAs(memory);
    }
}
