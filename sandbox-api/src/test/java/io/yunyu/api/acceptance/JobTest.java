package io.yunyu.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.api.platform.Answer;
import io.yunyu.api.platform.FakeEngines;
import io.yunyu.api.platform.Platform;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Submitting, following and cancelling queries. */
class JobTest {
    private static final String SQL = "SELECT area, count(*) n FROM visits GROUP BY area";

    @TempDir
    static Path home;

    static Platform platform;
    static String agreement;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(home);
        platform.restart("--yunyu.engine.slots=2");
        agreement = platform.agreed("visits");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @BeforeEach
    void engines() {
        platform.engines.succeed();
    }

    @Test
    void submit_isAccepted_withItsPlaceAndState() {
        Answer answer = platform.submit(agreement, SQL, Optional.empty());
        assertThat(answer.status()).isEqualTo(202);
        assertThat(answer.header("Location"))
                .isEqualTo("/api/v1/jobs/" + answer.json().string("id"));
        assertThat(answer.json().string("state")).isIn("SUBMITTED", "RUNNING", "IN_REVIEW");
    }

    @Test
    void submit_sameKeySameBody_isTheSameJob_anotherBodyAConflict() {
        String first =
                platform.submit(agreement, SQL, Optional.of("key-1")).json().string("id");
        assertThat(platform.submit(agreement, SQL, Optional.of("key-1")).json().string("id"))
                .isEqualTo(first);
        assertThat(platform.submit(agreement, SQL + " LIMIT 1", Optional.of("key-1"))
                        .verdict())
                .isEqualTo("409 CONFLICT");
        assertThat(platform.submit(agreement, SQL, Optional.of("key-2")).json().string("id"))
                .isNotEqualTo(first);
    }

    @Test
    void submit_sameKeyAtOnce_isOneJob() throws Exception {
        List<Callable<String>> calls = IntStream.range(0, 8)
                .mapToObj(i -> (Callable<String>) () -> platform.submit(agreement, SQL, Optional.of("key-at-once"))
                        .json()
                        .string("id"))
                .toList();
        assertThat(atOnce(calls))
                .hasSize(8)
                .containsOnly(atOnce(calls.subList(0, 1)).get(0));
        assertThat(platform.query("select count(*) from idempotency_key where key = 'key-at-once'"))
                .isEqualTo("1");
    }

    @Test
    void twoWorkers_runEachJobOnce() {
        List<String> jobs = new ArrayList<>();
        for (int i = 0; i < 20; i++) {
            jobs.add(platform.submit(agreement, SQL, Optional.empty()).json().string("id"));
        }
        jobs.forEach(job -> platform.awaitJob(job, "IN_REVIEW"));
        for (String job : jobs) {
            assertThat(platform.engines.runs.stream()
                            .filter(run -> run.job().jobId().equals(job)))
                    .hasSize(1);
        }
    }

    @Test
    void run_seesOnlyTheGrantedTables_readOnly() {
        String job = platform.inReview(agreement);
        var run = platform.engines.runs.stream()
                .filter(r -> r.job().jobId().equals(job))
                .findFirst()
                .orElseThrow();
        assertThat(run.mounts()).hasSize(1);
        assertThat(run.mounts().get(0).writable()).isFalse();
        assertThat(((EngineJob.SqlJob) run.job()).tablePaths()).containsOnlyKeys("visits");
        assertThat(((EngineJob.SqlJob) run.job()).signatures()).hasSize(2);
    }

    @Test
    void refusedQuery_showsItsFindings() {
        platform.engines.script(run -> FakeEngines.refused());
        String job = submitted();
        platform.awaitJob(job, "REFUSED");
        JsonObject view = platform.get("developer", "/api/v1/jobs/" + job).json();
        assertThat(view.object("problem").string("code")).isEqualTo("QUERY_REFUSED");
        assertThat(view.objects("findings").get(0).string("suggestion")).isEqualTo("Select from a granted table.");
    }

    @Test
    void refusedQuery_problemCarriesTheCertificate_inTheCallersLanguage() {
        platform.engines.script(run -> FakeEngines.refused());
        String job = submitted();
        platform.awaitJob(job, "REFUSED");
        for (String language : List.of("en", "zh")) {
            JsonObject problem = platform.send(platform.as("developer", "/api/v1/jobs/" + job)
                            .header("Accept-Language", language)
                            .GET())
                    .json()
                    .object("problem");
            assertThat(problem.string("type")).isEqualTo("urn:yunyu:problem:query-refused");
            assertThat(problem.longValue("status")).isEqualTo(422);
            JsonObject change = problem.object("certificate").object("change");
            assertThat(change.strings("steps"))
                    .containsExactly(language.equals("en") ? "Remove OFFSET." : "去掉 OFFSET。");
            assertThat(change.string("sql")).isEqualTo("SELECT count(*)\nFROM visits");
        }
    }

    @Test
    void jobInReview_showsNoFindingsToItsDeveloper() {
        String job = platform.inReview(agreement);
        JsonObject view = platform.get("developer", "/api/v1/jobs/" + job).json();
        assertThat(view.objects("findings")).isEmpty();
        assertThat(view.asMap()).doesNotContainKeys("report", "table");
    }

    @Test
    void endedEngine_isTriedThreeTimes_otherFailuresOnce() {
        platform.engines.script(run -> FakeEngines.failed(ProblemCode.ENGINE_ENDED, "The engine ended."));
        String ended = submitted();
        platform.awaitJob(ended, "FAILED");
        assertThat(platform.get("developer", "/api/v1/jobs/" + ended).json().longValue("attempt"))
                .isEqualTo(3);
        platform.engines.script(run -> FakeEngines.failed(ProblemCode.TIMEOUT, "Too slow."));
        String slow = submitted();
        platform.awaitJob(slow, "FAILED");
        assertThat(platform.get("developer", "/api/v1/jobs/" + slow).json().longValue("attempt"))
                .isEqualTo(1);
    }

    @Test
    void cancel_whileItRuns_endsTheEngine_andDropsItsResult() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        platform.engines.script(run -> {
            running.countDown();
            try {
                finish.await();
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return FakeEngines.computed((EngineJob.SqlJob) run.job());
        });
        String job = submitted();
        running.await();
        JsonObject progress = platform.get("developer", "/api/v1/jobs/" + job).json();
        assertThat(progress.strings("progress")).containsExactly("JOB_RECEIVED");
        assertThat(progress.longValue("tenthsRead")).isEqualTo(3);
        Answer cancelled = platform.post("developer", "/api/v1/jobs/" + job + "/cancel", Json.object());
        finish.countDown();
        assertThat(cancelled.json().string("state")).isEqualTo("CANCELLED");
        assertThat(platform.engines.cancelled).contains(job);
        platform.engines.succeed();
        platform.inReview(agreement);
        assertThat(platform.get("developer", "/api/v1/jobs/" + job).json().string("state"))
                .isEqualTo("CANCELLED");
        assertThat(platform.query("select count(*) from candidate where job = '" + job + "'"))
                .isEqualTo("0");
        assertThat(platform.post("developer", "/api/v1/jobs/" + job + "/cancel", Json.object())
                        .verdict())
                .isEqualTo("409 CONFLICT");
    }

    @Test
    void check_answersWithoutAJob() throws Exception {
        String before = platform.query("select count(*) from job");
        Answer pass = platform.post("developer", "/api/v1/checks", Json.object("agreementId", agreement, "sql", SQL));
        Answer refused = platform.post(
                "developer", "/api/v1/checks", Json.object("agreementId", agreement, "sql", "SELECT * FROM visits"));
        assertThat(pass.json().string("verdict")).isEqualTo("pass");
        assertThat(refused.json().string("verdict")).isEqualTo("refused");
        assertThat(refused.json().objects("findings").get(0).string("rule")).isEqualTo("rows-not-aggregates");
        assertThat(refused.json().object("problem").object("certificate").longValue("tried"))
                .isPositive();
        assertThat(pass.json().asMap()).doesNotContainKey("problem");
        assertThat(platform.query("select count(*) from job")).isEqualTo(before);
    }

    @Test
    void job_isSeenByItsOrganizationOnly() {
        String job = submitted();
        assertThat(platform.get("secondary", "/api/v1/jobs/" + job).verdict()).isEqualTo("404 NOT_FOUND");
        assertThat(platform.post("secondary", "/api/v1/jobs/" + job + "/cancel", Json.object())
                        .verdict())
                .isEqualTo("404 NOT_FOUND");
    }

    private static String submitted() {
        return Platform.require(202, platform.submit(agreement, SQL, Optional.empty()))
                .json()
                .string("id");
    }

    private static <T> List<T> atOnce(List<Callable<T>> calls) throws Exception {
        ExecutorService threads = Executors.newFixedThreadPool(calls.size());
        try {
            List<T> results = new ArrayList<>();
            for (Future<T> result : threads.invokeAll(calls)) {
                results.add(result.get());
            }
            return results;
        } finally {
            threads.shutdown();
        }
    }
}
