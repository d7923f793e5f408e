package io.yunyu.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.yunyu.api.guard.GuardDesks;
import io.yunyu.api.platform.FakeEngines;
import io.yunyu.api.platform.Platform;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The memory of the differencing guard at the control plane: one job at a time, all or nothing, nothing dropped unseen. */
class GuardTest {
    @TempDir
    static Path home;

    static Platform platform;
    static String agreement;
    private static final AtomicInteger INSIDE = new AtomicInteger();
    private static final AtomicInteger MOST_INSIDE = new AtomicInteger();

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(home);
        // With one slot jobs would take turns by themselves.
        platform.restart("--yunyu.engine.slots=3");
        agreement = platform.agreed("visits");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    /** An engine that reads the memory, takes its time, adds an entry, and then ends as told. */
    private static void script(boolean dies) {
        platform.engines.script(run -> {
            EngineJob.SqlJob job = (EngineJob.SqlJob) run.job();
            long known = ask(job, "guardEntries", "from", 0L).longValue("of");
            MOST_INSIDE.accumulateAndGet(INSIDE.incrementAndGet(), Math::max);
            pause();
            assertThat(ask(job, "guardEntries", "from", 0L).longValue("of")).isEqualTo(known);
            byte[] entry = ("sealed " + job.jobId()).getBytes(StandardCharsets.UTF_8);
            ask(job, "guardReserve", "entry", StrictBase64.encode(entry));
            INSIDE.decrementAndGet();
            return dies ? FakeEngines.failed(ProblemCode.OUT_OF_MEMORY, "It died.") : FakeEngines.computed(job);
        });
    }

    private static JsonObject ask(EngineJob.SqlJob job, String op, String member, Object value) {
        return ask(AccessGrant.parse(job.grant()).tables().get(0).family(), job, op, member, value);
    }

    private static JsonObject ask(String family, EngineJob.SqlJob job, String op, String member, Object value) {
        Map<String, Object> question =
                Json.object("id", 1L, "op", op, "jobId", job.jobId(), "family", family, member, value);
        return JsonObject.of(platform.bean(GuardDesks.class).answer(JsonObject.of(question)));
    }

    private static void pause() {
        try {
            Thread.sleep(300);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Test
    void entries_concurrentJobs_takeTurnsAndEachIsKept() throws Exception {
        script(false);
        List<String> jobs = List.of(submitted(), submitted(), submitted());
        jobs.forEach(job -> platform.awaitJob(job, "IN_REVIEW"));
        assertThat(MOST_INSIDE.get()).isEqualTo(1);
        for (String job : jobs) {
            assertThat(platform.query("select count(*) from guard_entry where job = '" + job + "'"))
                    .isEqualTo("1");
        }
    }

    @Test
    void entries_engineDies_nothingIsKeptAndTheNextGetsItsTurn() throws Exception {
        script(true);
        String dead = submitted();
        platform.awaitJob(dead, "FAILED");
        assertThat(platform.query("select count(*) from guard_entry where job = '" + dead + "'"))
                .isEqualTo("0");
        script(false);
        platform.awaitJob(submitted(), "IN_REVIEW");
    }

    @Test
    void answer_familyThatIsNotTheJobs_isRefusedFirstAndLater() throws Exception {
        platform.engines.script(run -> {
            EngineJob.SqlJob job = (EngineJob.SqlJob) run.job();
            for (int i = 0; i < 2; i++) {
                for (String op : List.of("guardEntries", "guardReserve")) {
                    assertThatExceptionOfType(ProblemException.class)
                            .isThrownBy(() -> ask("another", job, op, "entry", "AAAA"))
                            .satisfies(refused ->
                                    assertThat(refused.problem().code()).isEqualTo(ProblemCode.KEY_REFUSED));
                }
                ask(job, "guardEntries", "from", 0L);
            }
            return FakeEngines.computed(job);
        });
        platform.awaitJob(submitted(), "IN_REVIEW");
    }

    /** The chain is whole without its last entry; that it once had it stands in the log. */
    @Test
    void release_lastEntryDroppedSince_isHeldBackUntilItIsRestored() throws Exception {
        script(false);
        String job = submitted();
        platform.awaitJob(job, "IN_REVIEW");
        platform.sql("create table dropped as select * from guard_entry where job = '" + job + "'");
        platform.sql("delete from guard_entry where job = '" + job + "'");
        approveAndSeeItHeldBack(job);
        platform.sql("insert into guard_entry select * from dropped");
        platform.awaitJob(job, "RELEASED");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = ';',
            value = {
                "sealed = sealed || 'x'::bytea; sealed = substring(sealed for length(sealed) - 1)",
                "link = reverse(link); link = reverse(link)"
            })
    void release_entryChangedSince_isHeldBackUntilItIsRestored(String change, String restore) throws Exception {
        script(false);
        String job = submitted();
        platform.awaitJob(job, "IN_REVIEW");
        platform.sql("update guard_entry set " + change + " where job = '" + job + "'");
        approveAndSeeItHeldBack(job);
        platform.sql("update guard_entry set " + restore + " where job = '" + job + "'");
        platform.awaitJob(job, "RELEASED");
    }

    private static String submitted() {
        return platform.submit(agreement, "SELECT count(*) FROM visits", java.util.Optional.empty())
                .json()
                .string("id");
    }

    private static void approve(String job) {
        platform.post(
                "reviewer", "/api/v1/reviews/" + job + "/decision", Json.object("decision", "approve", "reason", ""));
    }

    private static void approveAndSeeItHeldBack(String job) throws Exception {
        approve(job);
        pause();
        pause();
        assertThat(state(job)).isEqualTo("APPROVED");
    }

    private static String state(String job) throws Exception {
        return platform.query("select state from job where id = '" + job + "'");
    }
}
