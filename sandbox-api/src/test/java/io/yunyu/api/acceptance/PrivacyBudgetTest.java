package io.yunyu.api.acceptance;

import static io.yunyu.api.platform.Platform.require;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.api.platform.Answer;
import io.yunyu.api.platform.Browser;
import io.yunyu.api.platform.FakeElements;
import io.yunyu.api.platform.FakeEngines;
import io.yunyu.api.platform.Platform;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.ClampingBounds;
import io.yunyu.contract.agreement.ElementTerms;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.agreement.StatedPrivacy;
import io.yunyu.contract.disclosure.RefusalCertificate;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.language.Language;
import io.yunyu.contract.language.Phrases;
import io.yunyu.contract.problem.ProblemCode;
import java.math.BigDecimal;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The accounts of the privacy budget: when they are charged, and that nothing opens a new one. */
class PrivacyBudgetTest {
    private static final long QUERY = 50_000;
    private static final long ACCOUNT = 200_000;
    private static final String SQL = "SELECT area, count(*) n FROM visits GROUP BY area";

    @TempDir
    static Path home;

    static Platform platform;
    static String agreement;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(home);
        platform.load("visits", "CONDITIONAL", "ORIGINAL");
        agreement = agreed();
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    @BeforeEach
    void fresh() throws Exception {
        platform.engines.succeed();
        platform.sql("delete from privacy_charge");
    }

    @Test
    void submit_isChargedOnce_andTheSameQueryIsTheSameJob() throws Exception {
        String job = id(submit(agreement, SQL));
        platform.awaitJob(job, "IN_REVIEW");
        assertThat(account()).isEqualTo("spent 50000 reserved 0");
        assertThat(id(submit(agreement, "select area,  COUNT(*) n from visits group by area;")))
                .isEqualTo(job);
        assertThat(account()).isEqualTo("spent 50000 reserved 0");
        String other = id(submit(agreement, SQL + " ORDER BY n"));
        assertThat(other).isNotEqualTo(job);
        platform.awaitJob(other, "IN_REVIEW");
        assertThat(account()).isEqualTo("spent 100000 reserved 0");
        assertThat(platform.query("select count(distinct leaf) from act_subject"
                        + " where subject = 'privacy-budget:persons' and leaf in"
                        + " (select leaf from act_subject where subject = '" + job + "')"))
                .as("reserved and spent are on record")
                .isEqualTo("2");
    }

    /** An element pays from the same accounts as queries, and its reviewer sees them. */
    @Test
    void submit_dataElement_isChargedOnce_andBudgetThatIsSpentMakesNone() throws Exception {
        Agreement terms =
                FakeElements.terms(platform, Platform.DEVELOPER, "developer", "visits", ElementTerms.Policy.CONTROLLED);
        String elements = agreed(terms, new PrivacyClause(ACCOUNT, QUERY, 1000, 1, 1, Map.of(), Map.of()));
        String job = id(FakeElements.submit(platform, elements, "visits", "private"));
        platform.awaitJob(job, "IN_REVIEW");
        assertThat(account()).isEqualTo("spent 50000 reserved 0");
        assertThat(id(FakeElements.submit(platform, elements, "visits", "private")))
                .isEqualTo(job);
        String page = new Browser(platform.address(), "en")
                .signIn("reviewer", Platform.PASSWORD)
                .open("/reviews/" + job)
                .text();
        assertThat(page)
                .contains("Spent 0.05, reserved 0", "Records released", "computed from the released records alone")
                .doesNotContain("Records withheld", "<iframe");
        JsonObject view =
                platform.get("reviewer", "/api/v1/reviews/" + job).json().object("view");
        assertThat(view.objects("budgets").stream()
                        .map(budget -> budget.object("spent").longValue("rhoMicros")))
                .containsExactly(50_000L, 50_000L);
        assertThat(view.objects("columns")).isEmpty();

        for (int i = 0; i < 3; i++) {
            platform.awaitJob(id(FakeElements.submit(platform, elements, "visits", "other " + i)), "IN_REVIEW");
        }
        assertThat(account()).isEqualTo("spent 200000 reserved 0");
        Answer more = FakeElements.submit(platform, elements, "visits", "one more");
        assertThat(more.verdict()).isEqualTo("422 BUDGET_EXHAUSTED");
        assertThat(more.json().object("certificate").asMap()).isEqualTo(Map.of("basis", "BUDGET", "tried", 0L));
    }

    @Test
    void submit_anotherAgreementVersionOrAccount_opensNoNewAccount() throws Exception {
        platform.awaitJob(id(submit(agreement, SQL)), "IN_REVIEW");
        String second = agreed();
        String again = id(submit(second, SQL));
        platform.awaitJob(again, "IN_REVIEW");
        assertThat(account()).as("same noise, no cost").isEqualTo("spent 50000 reserved 0");
        for (int i = 0; i < 3; i++) {
            platform.awaitJob(id(submit(i == 1 ? second : agreement, SQL + " LIMIT " + (i + 1))), "IN_REVIEW");
        }
        assertThat(account()).isEqualTo("spent 200000 reserved 0");
        String jobs = platform.query("select count(*) from job");
        Answer more = submit(second, SQL + " LIMIT 9");
        assertThat(more.verdict()).isEqualTo("422 BUDGET_EXHAUSTED");
        assertThat(more.json().string("detail"))
                .contains("costs 50000 micro-rho")
                .contains("0 left");
        assertThat(more.json().object("certificate").asMap()).isEqualTo(Map.of("basis", "BUDGET", "tried", 0L));
        assertThat(platform.query("select count(*) from job")).isEqualTo(jobs);
        platform.load("visits", "CONDITIONAL", "ORIGINAL");
        assertThat(submit(agreed(), SQL + " LIMIT 10").verdict()).isEqualTo("422 BUDGET_EXHAUSTED");
    }

    @Test
    void submit_familyExhaustedByOthers_isRefused() throws Exception {
        platform.sql("insert into privacy_charge select id, 'persons', 'dianrong', provider, agreement, 'x', 970000, 0,"
                + " 'SPENT', now(), now() from job limit 1");
        Answer refused = submit(agreement, SQL + " LIMIT 77");
        assertThat(refused.json().string("detail"))
                .contains("all recipients together have 30000 left")
                .contains("at most 30000");
        assertThat(Phrases.say(refused.json().string("detail"), Language.CHINESE))
                .contains("全体接收方合计只剩 30000", "须降低 epsilon");
        RefusalCertificate certificate = RefusalCertificate.parse(refused.json().object("certificate"));
        assertThat(certificate.basis()).isEqualTo(RefusalCertificate.Basis.BUDGET);
        assertThat(certificate.tried()).isEqualTo(1);
        assertThat(certificate.change().orElseThrow().steps())
                .containsExactly("Submit it with \"rhoMicros\":30000, at the price of more noise.");
        // What was tried is what is named.
        assertThat(platform.engines.runs.get(platform.engines.runs.size() - 1).job())
                .isInstanceOfSatisfying(EngineJob.CheckJob.class, tried -> assertThat(AccessGrant.parse(tried.grant())
                                .privacy()
                                .orElseThrow()
                                .queryRhoMicros())
                        .isEqualTo(30_000));
        platform.engines.script(run -> FakeEngines.refused());
        assertThat(RefusalCertificate.parse(
                                submit(agreement, SQL + " LIMIT 78").json().object("certificate"))
                        .change())
                .as("the clause refuses it at that cost")
                .isEmpty();
        platform.engines.succeed();
        assertThat(submit(agreement, SQL + " LIMIT 77", 30_000).status()).isEqualTo(202);
    }

    @Test
    void submit_manyAtOnce_neverOverspend() throws Exception {
        CountDownLatch finish = new CountDownLatch(1);
        platform.engines.script(run -> {
            await(finish);
            return FakeEngines.computed((EngineJob.SqlJob) run.job());
        });
        List<Callable<Integer>> calls = new ArrayList<>();
        for (int i = 0; i < 16; i++) {
            String sql = SQL + " HAVING count(*) > " + i;
            calls.add(() -> submit(agreement, sql).status());
        }
        List<Integer> statuses = atOnce(calls);
        assertThat(statuses.stream().filter(s -> s == 202)).hasSize((int) (ACCOUNT / QUERY));
        assertThat(statuses.stream().filter(s -> s == 422)).hasSize(12);
        assertThat(account()).isEqualTo("spent 0 reserved 200000");
        finish.countDown();
        Platform.await("all to be spent", () -> account().equals("spent 200000 reserved 0"));
    }

    @Test
    void settle_noNoiseForCertain_comesBack_everythingElseIsSpent() {
        platform.engines.script(run -> {
            var refused = FakeEngines.refused();
            return new io.yunyu.api.engine.RunOutcome(refused.result().withoutNoise(), refused.output(), "test");
        });
        platform.awaitJob(id(submit(agreement, SQL + " LIMIT 20")), "REFUSED");
        assertThat(account()).isEqualTo("spent 0 reserved 0");
        platform.engines.script(run -> FakeEngines.refused());
        platform.awaitJob(id(submit(agreement, SQL + " LIMIT 21")), "REFUSED");
        assertThat(account()).isEqualTo("spent 50000 reserved 0");
        platform.engines.script(run -> FakeEngines.failed(ProblemCode.ENGINE_ENDED, "The engine ended."));
        platform.awaitJob(id(submit(agreement, SQL + " LIMIT 22")), "FAILED");
        assertThat(account()).isEqualTo("spent 100000 reserved 0");
        boolean[] first = {true};
        platform.engines.script(run -> {
            EngineResult ended = EngineResult.failed(
                    new io.yunyu.contract.problem.Problem(ProblemCode.ENGINE_ENDED, "The engine ended."));
            EngineResult failed = EngineResult.failed(
                            new io.yunyu.contract.problem.Problem(ProblemCode.KEY_REFUSED, "No key."))
                    .withoutNoise();
            EngineResult result = first[0] ? ended : failed;
            first[0] = false;
            return new io.yunyu.api.engine.RunOutcome(result, new byte[0], "test");
        });
        platform.awaitJob(id(submit(agreement, SQL + " LIMIT 23")), "FAILED");
        assertThat(account()).as("the first attempt may have drawn noise").isEqualTo("spent 150000 reserved 0");
    }

    @Test
    void cancel_beforeItStarts_comesBack_afterwardsIsSpent() throws Exception {
        CountDownLatch running = new CountDownLatch(1);
        CountDownLatch finish = new CountDownLatch(1);
        platform.engines.script(run -> {
            running.countDown();
            await(finish);
            return FakeEngines.computed((EngineJob.SqlJob) run.job());
        });
        String started = id(submit(agreement, SQL + " LIMIT 30"));
        running.await();
        String waiting = id(submit(agreement, SQL + " LIMIT 31"));
        require(200, platform.post("developer", "/api/v1/jobs/" + waiting + "/cancel", Json.object()));
        assertThat(account()).isEqualTo("spent 0 reserved 50000");
        require(200, platform.post("developer", "/api/v1/jobs/" + started + "/cancel", Json.object()));
        assertThat(account()).isEqualTo("spent 50000 reserved 0");
        finish.countDown();
    }

    @Test
    void restart_whileItRuns_keepsTheReservation_andRunsTheSameQuestion() throws Exception {
        String job = id(submit(agreement, SQL + " LIMIT 40"));
        platform.awaitJob(job, "IN_REVIEW");
        platform.close();
        // As a kill leaves it: the engine's answer not on file.
        platform.sql("delete from candidate where job = '" + job + "'");
        platform.sql("update job set state = 'RUNNING', report = null where id = '" + job + "'");
        platform.sql("update privacy_charge set state = 'RESERVED', settled_at = null where job = '" + job + "'");
        platform.restart();
        platform.awaitJob(job, "IN_REVIEW");
        assertThat(account()).isEqualTo("spent 50000 reserved 0");
        List<String> grants = platform.engines.runs.stream()
                .filter(run -> run.job().jobId().equals(job))
                .map(run -> ((EngineJob.SqlJob) run.job()).grant())
                .toList();
        assertThat(grants).hasSize(2).containsOnly(grants.get(0));
        assertThat(AccessGrant.parse(grants.get(0)).privacy().orElseThrow().queryRhoMicros())
                .isEqualTo(QUERY);
    }

    @Test
    void forecast_saysCostAndAccount_andSpendsNothing() {
        Answer forecast = platform.post(
                "developer",
                "/api/v1/jobs/forecast",
                Json.object("agreementId", agreement, "sql", SQL + " LIMIT 50", "rhoMicros", 10_000));
        assertThat(forecast.status()).isEqualTo(200);
        JsonObject json = forecast.json();
        assertThat(json.object("cost").longValue("rhoMicros")).isEqualTo(10_000);
        assertThat(json.bool("suffices")).isTrue();
        assertThat(json.objects("budgets").get(0).object("left").longValue("rhoMicros"))
                .isEqualTo(ACCOUNT);
        assertThat(json.objects("budgets").get(1).object("limit").longValue("rhoMicros"))
                .isEqualTo(1_000_000);
        assertThat(account()).isEqualTo("spent 0 reserved 0");
        assertThat(platform.get("secondary", "/api/v1/budgets").json().objects("budgets"))
                .isEmpty();
    }

    @Test
    void submit_badBudgets_areRefusedWithTheirLimits_andCostNothing() {
        for (long bad : new long[] {0, -1, QUERY + 1, Long.MIN_VALUE}) {
            Answer answer = submit(agreement, SQL, bad);
            assertThat(answer.verdict()).isEqualTo("400 BAD_REQUEST");
            assertThat(answer.json().string("detail")).contains("rhoMicros").contains("must be 1 to 50000");
        }
        for (String bad : List.of("NaN", "1.5", "\"\"", "1e99")) {
            Answer answer = platform.send(platform.as("developer", "/api/v1/jobs")
                    .header("Content-Type", "application/json")
                    .POST(BodyPublishers.ofString("{\"agreementId\":\"" + agreement
                            + "\",\"kind\":\"sql\",\"sql\":\"SELECT 1\",\"rhoMicros\":" + bad + "}")));
            assertThat(answer.status()).as(bad).isEqualTo(400);
        }
        assertThat(account()).isEqualTo("spent 0 reserved 0");
    }

    @Test
    void draft_clauseBeyondRuleSetOrCatalog_isRefused() {
        Map<String, PrivacyClause> bad = Map.of(
                "the rule set allows 500000", clause(500_001, 1, bounds("age", "0", "120", 0)),
                "with 0 decimals", clause(ACCOUNT, QUERY, bounds("age", "0", "120", 2)),
                "does not grant for MEASURE", clause(ACCOUNT, QUERY, bounds("fee", "0", "120", 2)));
        bad.forEach((why, clause) -> {
            Answer answer = platform.draft("developer", with(clause));
            assertThat(answer.verdict()).isEqualTo("400 BAD_REQUEST");
            assertThat(answer.json().string("detail")).contains(why);
        });
        assertThatThrownBy(() -> clause(ACCOUNT, -1, Map.of())).hasMessageContaining("'queryRhoMicros'");
        assertThatThrownBy(() -> clause(ACCOUNT, 0, Map.of())).hasMessageContaining("'queryRhoMicros'");
        assertThatThrownBy(() -> bounds("age", "5", "5", 0)).hasMessageContaining("below 'upper'");
    }

    /** Half of the stated delta, 2,500 trillionths, covers the key selections of two queries of 1,000 each. */
    @Test
    void submit_statedDelta_boundsAllQueriesTogether_howeverCheap() throws Exception {
        PrivacyClause plain = clause(ACCOUNT, 1000, Map.of());
        String stated = agreed(new PrivacyClause(
                plain.recipientRhoMicros(),
                plain.queryRhoMicros(),
                plain.queryDeltaPicos(),
                plain.l0(),
                plain.linf(),
                plain.bounds(),
                plain.keys(),
                Optional.of(
                        new StatedPrivacy(new BigDecimal("5"), new BigDecimal("0.5"), new BigDecimal("0.000000005")))));
        for (int i = 70; i < 72; i++) {
            platform.awaitJob(id(submit(stated, SQL + " LIMIT " + i, 10)), "IN_REVIEW");
        }
        Answer more = submit(stated, SQL + " LIMIT 72", 10);
        assertThat(more.verdict()).isEqualTo("422 BUDGET_EXHAUSTED");
        assertThat(more.json().string("detail")).contains("1000 pico-delta").contains("500 left");
        assertThat(account()).isEqualTo("spent 20 reserved 0");
    }

    @Test
    void page_showsTheAccounts_inBothLanguages() throws Exception {
        platform.awaitJob(id(submit(agreement, SQL + " LIMIT 60")), "IN_REVIEW");
        String zh = new Browser(platform.address(), "zh")
                .signIn("reviewer", Platform.PASSWORD)
                .open("/budgets")
                .text();
        assertThat(zh).contains("隐私预算", "全部接收方", "yunling-data", "已用 0.05");
        String en = new Browser(platform.address(), "en")
                .signIn("developer", Platform.PASSWORD)
                .open("/budgets")
                .text();
        assertThat(en).contains("Privacy budget", "Spent 0.05, reserved 0, left 0.45", "<svg");
        JsonObject account = platform.get("reviewer", "/api/v1/budgets")
                .json()
                .objects("budgets")
                .get(1);
        assertThat(account.string("recipient")).isEqualTo(Platform.DEVELOPER);
        assertThat(account.object("spent").longValue("rhoMicros")).isEqualTo(QUERY);
        assertThat(platform.get("other-reviewer", "/api/v1/budgets").json().objects("budgets"))
                .isEmpty();
    }

    private static Map<String, Map<String, ClampingBounds>> bounds(
            String column, String lower, String upper, int decimals) {
        return Map.of(
                "visits", Map.of(column, new ClampingBounds(new BigDecimal(lower), new BigDecimal(upper), decimals)));
    }

    private static PrivacyClause clause(long account, long query, Map<String, Map<String, ClampingBounds>> bounds) {
        return new PrivacyClause(
                account, query, 1000, 2, 1, bounds, Map.of("visits", Map.of("area", List.of("昆明", "怒江"))));
    }

    private static Agreement with(PrivacyClause clause) {
        return with(platform.agreement(Platform.DEVELOPER, "developer", "visits"), clause);
    }

    private static Agreement with(Agreement plain, PrivacyClause clause) {
        return new Agreement(
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
                Optional.of(clause));
    }

    private static String agreed() {
        return agreed(clause(ACCOUNT, QUERY, bounds("age", "0", "120", 0)));
    }

    private static String agreed(PrivacyClause clause) {
        return signed(with(clause));
    }

    private static String agreed(Agreement plain, PrivacyClause clause) {
        return signed(with(plain, clause));
    }

    private static String signed(Agreement agreement) {
        require(201, platform.draft("developer", agreement));
        require(200, platform.sign("developer", agreement));
        require(200, platform.sign("steward", agreement));
        return agreement.uid();
    }

    private static Answer submit(String agreement, String sql) {
        return platform.submit(agreement, sql, Optional.empty());
    }

    private static Answer submit(String agreement, String sql, long rhoMicros) {
        return platform.post(
                "developer",
                "/api/v1/jobs",
                Json.object("agreementId", agreement, "kind", "sql", "sql", sql, "rhoMicros", rhoMicros));
    }

    private static String id(Answer answer) {
        return require(202, answer).json().string("id");
    }

    private static String account() {
        try {
            return platform.query("select 'spent ' || coalesce(sum(rho_micros) filter (where state = 'SPENT'), 0)"
                    + " || ' reserved ' || coalesce(sum(rho_micros) filter (where state = 'RESERVED'), 0)"
                    + " from privacy_charge where family = 'persons' and recipient = 'yunling-data'");
        } catch (java.sql.SQLException e) {
            throw new IllegalStateException(e);
        }
    }

    private static void await(CountDownLatch latch) {
        try {
            latch.await();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
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
