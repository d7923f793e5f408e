package io.yunyu.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.api.engine.EngineRun;
import io.yunyu.api.engine.RunOutcome;
import io.yunyu.api.platform.FakeEngines;
import io.yunyu.api.platform.Platform;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.JobLimits;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import javax.sql.DataSource;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Many jobs of many developers before few engines: fair order, nothing lost, nothing twice, whatever ends in between. A
 * dozen jobs of four developers; 200 of 20 with {@code -Dyunyu.queue.heavy=true}.
 */
class QueueTest {
    private static final boolean HEAVY = Boolean.getBoolean("yunyu.queue.heavy");
    private static final int DEVELOPERS = HEAVY ? 20 : 4;
    private static final int JOBS_EACH = HEAVY ? 10 : 3;
    private static final String SQL = "SELECT area, count(*) n FROM visits GROUP BY area";

    private static final Map<String, String> agreements = new LinkedHashMap<>();
    private static Platform platform;

    private final Map<String, List<String>> submitted = new LinkedHashMap<>();

    @BeforeAll
    static void enrol(@TempDir Path home) throws Exception {
        platform = Platform.start(home);
        agreements.put("developer", platform.agreed("visits"));
        for (int i = 1; i < DEVELOPERS; i++) {
            agreements.put("dev-" + i, platform.enrolDeveloper("dev-" + i, "visits"));
        }
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @BeforeEach
    void forgetEarlierTests() throws Exception {
        platform.engines.runs.clear();
        platform.sql("delete from developer_turn");
    }

    @AfterEach
    void setClock() {
        platform.clock().jump(Duration.ZERO);
    }

    /** Engines that wait for the gate before their first job. */
    private CountDownLatch closedGate(Set<String> firstAttempts, Map<String, ProblemCode> failing) {
        CountDownLatch gate = new CountDownLatch(1);
        platform.engines.script(run -> outcome(gate, run, firstAttempts, failing));
        return gate;
    }

    private static RunOutcome outcome(
            CountDownLatch gate, EngineRun run, Set<String> firstAttempts, Map<String, ProblemCode> failing) {
        try {
            gate.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            return FakeEngines.failed(ProblemCode.ENGINE_ENDED, "The server stops.");
        }
        ProblemCode code = failing.get(run.job().jobId());
        boolean first = firstAttempts.add(run.job().jobId());
        if (code != null && (first || code == ProblemCode.OUT_OF_MEMORY)) {
            return FakeEngines.failed(code, code == ProblemCode.OUT_OF_MEMORY ? "Out of memory." : "Killed.");
        }
        return FakeEngines.computed((EngineJob.SqlJob) run.job());
    }

    /** Everything of one developer at once, then of the next: the worst order for whoever comes last. */
    private List<String> submitAll() {
        agreements.forEach((developer, agreement) -> {
            for (int i = 0; i < JOBS_EACH; i++) {
                // The clock runs backwards all the while.
                platform.clock().jump(Duration.ofMinutes(50 - 40L * i / JOBS_EACH));
                submitted
                        .computeIfAbsent(developer, d -> new ArrayList<>())
                        .add(platform.submit(developer, agreement, SQL, "normal"));
            }
        });
        return submitted.values().stream().flatMap(List::stream).toList();
    }

    private String developerOf(String job) {
        return submitted.entrySet().stream()
                .filter(entry -> entry.getValue().contains(job))
                .findFirst()
                .orElseThrow()
                .getKey();
    }

    private List<String> order() {
        return platform.engines.runs.stream()
                .filter(run -> run.job() instanceof EngineJob.SqlJob)
                .map(run -> run.job().jobId())
                .toList();
    }

    private void awaitRest() {
        Platform.await("queue to be empty", () -> {
            try {
                return platform.query("select count(*) from job where state in ('SUBMITTED', 'RUNNING')")
                        .equals("0");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
        });
    }

    @Test
    void queue_manyDevelopers_goesRoundAmongThem() throws Exception {
        CountDownLatch gate = closedGate(ConcurrentHashMap.newKeySet(), Map.of());
        List<String> jobs = submitAll();
        gate.countDown();
        awaitRest();
        List<String> order = order();
        assertThat(order).containsExactlyInAnyOrderElementsOf(jobs);
        // The first job started before the others came; from the second on, turns go round.
        Map<String, Integer> served = new HashMap<>();
        for (String job : order) {
            served.merge(developerOf(job), 1, Integer::sum);
            int most = Collections.max(served.values());
            assertThat(agreements.keySet())
                    .allMatch(developer -> served.getOrDefault(developer, 0) >= Math.min(JOBS_EACH, most - 1));
        }
        for (List<String> own : submitted.values()) {
            assertThat(order.stream().filter(own::contains).toList())
                    .as("own jobs in their own order")
                    .isEqualTo(own);
        }
        assertThat(platform.query("select count(*) from candidate where job in ('" + String.join("','", jobs) + "')"))
                .isEqualTo(String.valueOf(jobs.size()));
    }

    @Test
    void queue_enginesKilledClockJumpingServerRestarted_losesNothingAndDoesNothingTwice() throws Exception {
        long seed = Long.getLong("yunyu.seed", 20261125L);
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        Set<String> attempted = ConcurrentHashMap.newKeySet();
        Map<String, ProblemCode> failing = new ConcurrentHashMap<>();
        CountDownLatch gate = closedGate(attempted, failing);
        List<String> jobs = new ArrayList<>(submitAll());
        for (String job : jobs) {
            int die = random.nextInt(4);
            if (die < 2) {
                failing.put(job, die == 0 ? ProblemCode.ENGINE_ENDED : ProblemCode.OUT_OF_MEMORY);
            }
        }
        String cancelled = jobs.get(jobs.size() - 1);
        assertThat(platform.post(developerOf(cancelled), "/api/v1/jobs/" + cancelled + "/cancel", Map.of())
                        .json()
                        .string("state"))
                .isEqualTo("CANCELLED");
        platform.clock().jump(Duration.ofMinutes(55));
        gate.countDown();
        Platform.await("some to be done", () -> attempted.size() >= jobs.size() / 3);
        platform.restart("--yunyu.engine.slots=2");
        platform.clock().jump(Duration.ZERO);
        awaitRest();
        for (String job : jobs) {
            JsonObject view =
                    platform.get(developerOf(job), "/api/v1/jobs/" + job).json();
            boolean memory = failing.get(job) == ProblemCode.OUT_OF_MEMORY;
            String expected = job.equals(cancelled) ? "CANCELLED" : memory ? "FAILED" : "IN_REVIEW";
            assertThat(view.string("state")).as("%s, seed %d", job, seed).isEqualTo(expected);
            assertThat(platform.query("select count(*) from candidate where job = '" + job + "'"))
                    .isEqualTo(expected.equals("IN_REVIEW") ? "1" : "0");
            if (expected.equals("FAILED")) {
                assertThat(view.object("problem").string("code")).isEqualTo("OUT_OF_MEMORY");
            }
            assertThat(quarantines(job)).isEqualTo(expected.equals("IN_REVIEW") ? 1 : 0);
        }
        platform.restart();
    }

    private long quarantines(String job) throws SQLException {
        return Long.parseLong(
                platform.query("select count(*) from act_subject s join ledger_opening o on o.idx = s.leaf"
                        + " where s.subject = '" + job + "' and o.event like '%CANDIDATE_QUARANTINED%'"));
    }

    @Test
    void queue_priorities_orderOnesOwnJobsOnly() throws Exception {
        CountDownLatch gate = closedGate(ConcurrentHashMap.newKeySet(), Map.of());
        String other = "dev-1";
        String first = platform.submit("developer", agreements.get("developer"), SQL, "normal");
        Platform.await("first to run", () -> order().contains(first));
        String low = platform.submit("developer", agreements.get("developer"), SQL, "low");
        String high = platform.submit("developer", agreements.get("developer"), SQL, "high");
        String theirs = platform.submit(other, agreements.get(other), SQL, "low");
        assertThat(platform.get("developer", "/api/v1/jobs/" + low).json().longValue("ahead"))
                .isEqualTo(1);
        assertThat(platform.get("developer", "/api/v1/jobs/" + high).json().longValue("ahead"))
                .isZero();
        assertThat(platform.get(other, "/api/v1/jobs/" + theirs).json().longValue("ahead"))
                .as("what others have waiting is not told")
                .isZero();
        gate.countDown();
        awaitRest();
        assertThat(order()).containsExactly(first, theirs, high, low);
    }

    /** Of two places for engines one is taken for long: whose it is waits longer, though it was served longest ago. */
    @Test
    void queue_whoHasOneRunning_comesAfterWhoHasNone() throws Exception {
        platform.restart("--yunyu.engine.slots=2");
        AtomicInteger started = new AtomicInteger();
        CountDownLatch firstEnds = new CountDownLatch(1);
        CountDownLatch secondEnds = new CountDownLatch(1);
        platform.engines.script(run -> {
            int turn = started.incrementAndGet();
            try {
                if (turn <= 2) {
                    (turn == 1 ? firstEnds : secondEnds).await();
                }
            } catch (InterruptedException e) {
                Thread.currentThread().interrupt();
            }
            return FakeEngines.computed((EngineJob.SqlJob) run.job());
        });
        String other = "dev-1";
        String first = platform.submit("developer", agreements.get("developer"), SQL, "normal");
        Platform.await("first to run", () -> order().contains(first));
        String second = platform.submit(other, agreements.get(other), SQL, "normal");
        Platform.await("second to run", () -> order().contains(second));
        String waiting = platform.submit("developer", agreements.get("developer"), SQL, "high");
        String theirs = platform.submit(other, agreements.get(other), SQL, "low");
        secondEnds.countDown();
        Platform.await("waiting to run", () -> order().contains(waiting));
        firstEnds.countDown();
        awaitRest();
        assertThat(order()).containsExactly(first, second, theirs, waiting);
        platform.restart();
    }

    /** Two who chose at once would both see the same shares: while one chooses, here the test, another waits. */
    @Test
    void queue_workers_chooseOneAfterTheOther() throws Exception {
        platform.engines.succeed();
        String job;
        try (Connection choosing = platform.bean(DataSource.class).getConnection()) {
            choosing.setAutoCommit(false);
            choosing.createStatement().execute("select pg_advisory_xact_lock(" + 0x79756e7975L + ")");
            job = platform.submit("developer", agreements.get("developer"), SQL, "normal");
            Platform.await("worker to wait for its turn to choose", () -> waitingToChoose() > 0);
            assertThat(order()).isEmpty();
            choosing.rollback();
        }
        platform.awaitJob(job, "IN_REVIEW");
    }

    private static long waitingToChoose() {
        try {
            return Long.parseLong(
                    platform.query("select count(*) from pg_locks where locktype = 'advisory' and not granted"
                            + " and database = (select oid from pg_database where datname = current_database())"
                            + " and classid = " + (0x79756e7975L >> 32) + " and objid = "
                            + (0x79756e7975L & 0xffffffffL)));
        } catch (SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    @Test
    void submit_queueFull_isRefusedForThatOrganizationOnly() throws Exception {
        CountDownLatch gate = closedGate(ConcurrentHashMap.newKeySet(), Map.of());
        String first = platform.submit("developer", agreements.get("developer"), SQL, "normal");
        Platform.await("first to run", () -> order().contains(first));
        String waiting = platform.submit("developer", agreements.get("developer"), SQL, "normal");
        platform.sql("insert into job (id, state, kind, agreement, sql, developer, provider, person, grant_text,"
                + " created_at, updated_at) select 'copy-' || n, state, kind, agreement, sql, developer, provider,"
                + " person, grant_text, created_at, updated_at from job, generate_series(1, 498) n where id = '"
                + waiting + "'");
        platform.submit("developer", agreements.get("developer"), SQL, "normal");
        assertThat(platform.submit(agreements.get("developer"), SQL, Optional.empty())
                        .verdict())
                .isEqualTo("503 CAPACITY");
        platform.submit("dev-1", agreements.get("dev-1"), SQL, "normal");
        platform.sql("update job set state = 'CANCELLED' where id like 'copy-%'");
        gate.countDown();
        awaitRest();
    }

    @Test
    void quarantine_resultOfAnEarlierAttempt_isDropped() throws Exception {
        Set<String> done = ConcurrentHashMap.newKeySet();
        platform.engines.script(run -> {
            try {
                platform.sql("update job set attempt = attempt + 1 where id = '"
                        + run.job().jobId() + "'");
            } catch (SQLException e) {
                throw new IllegalStateException(e);
            }
            done.add(run.job().jobId());
            return FakeEngines.computed((EngineJob.SqlJob) run.job());
        });
        String job = platform.submit("developer", agreements.get("developer"), SQL, "normal");
        Platform.await("job to have run", () -> done.contains(job));
        platform.engines.succeed();
        String next = platform.submit("developer", agreements.get("developer"), SQL, "normal");
        platform.awaitJob(next, "IN_REVIEW");
        assertThat(platform.get("developer", "/api/v1/jobs/" + job).json().string("state"))
                .isEqualTo("RUNNING");
        assertThat(platform.query("select count(*) from candidate where job = '" + job + "'"))
                .isEqualTo("0");
        platform.sql("update job set state = 'CANCELLED' where id = '" + job + "'");
    }

    @Test
    void run_agreementWithLimits_handsThemToTheEngine() {
        Agreement plain = platform.agreement(Platform.DEVELOPER, "developer", "visits");
        Agreement limited = new Agreement(
                plain.uid(),
                plain.assigner(),
                plain.assignee(),
                plain.assignerKey(),
                plain.assigneeKey(),
                plain.purpose(),
                plain.validFrom(),
                plain.validUntil(),
                plain.minUnits(),
                plain.permissions(),
                Optional.empty(),
                Optional.of(new JobLimits(Optional.of(30), Optional.of(512))));
        platform.engines.succeed();
        String job = platform.submit("developer", platform.agree(limited, "developer"), SQL, "normal");
        platform.awaitJob(job, "IN_REVIEW");
        Map<String, Optional<JobLimits>> limits = platform.engines.runs.stream()
                .collect(Collectors.toMap(run -> run.job().jobId(), EngineRun::limits));
        assertThat(limits.get(job)).isEqualTo(limited.jobLimits());
    }
}
