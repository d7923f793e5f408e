package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CopyOnWriteArrayList;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What a hostile program can put on the channel, and what of it reaches the guard and the list of tables. */
class PlanRelayTest {
    private final PlanRelay relay = new PlanRelay();
    private final List<String> judged = new CopyOnWriteArrayList<>();
    private Thread guard = new Thread();

    @BeforeEach
    void startGuard() {
        guard = new Thread(() -> {
            Map<String, Object> verdict = Map.of();
            for (JsonObject plan = next(verdict); plan.has("sql"); plan = next(verdict)) {
                judged.add(plan.string("sql"));
                verdict = plan.string("sql").contains("GROUP BY")
                        ? Json.object("columns", List.of())
                        : Json.object(
                                "findings",
                                List.of(Json.object(
                                        "rule", "rows-not-aggregates",
                                        "clause", "rule set test",
                                        "suggestion", "Aggregate.",
                                        "blocking", true)));
            }
        });
        guard.setDaemon(true);
        guard.start();
    }

    @AfterEach
    void endGuard() throws InterruptedException {
        relay.close();
        guard.join(30_000);
        assertThat(guard.isAlive()).isFalse();
    }

    private JsonObject next(Map<String, Object> verdict) {
        return JsonObject.of(relay.next("", JsonObject.of(Json.object("op", "nextPlan", "verdict", verdict))))
                .object("plan");
    }

    private JsonObject ask(String op, String name, String sql) {
        return JsonObject.of(relay.judged("", JsonObject.of(Json.object("op", op, "name", name, "sql", sql))));
    }

    @Test
    void keep_whatTheGuardLetsPass_becomesATable() {
        assertThat(ask("keep", "t", "a GROUP BY b").has("plan")).isTrue();
        assertThat(relay.tables()).containsExactly(new ProgramRun.Table("t", "a GROUP BY b"));
    }

    @Test
    void keep_whatTheGuardRefuses_becomesNone() {
        assertThat(ask("keep", "t", "SELECT *").object("plan").has("findings")).isTrue();
        assertThat(relay.tables()).isEmpty();
        assertThat(relay.lastFindings()).singleElement().satisfies(f -> assertThat(f.rule())
                .isEqualTo("rows-not-aggregates"));
    }

    @Test
    void check_becomesNone() {
        assertThat(ask("check", "t", "a GROUP BY b").has("plan")).isTrue();
        assertThat(relay.tables()).isEmpty();
    }

    @Test
    void keep_moreTablesThanAllowed_areRefusedUnjudged() {
        for (int i = 0; i < PlanRelay.MOST_TABLES; i++) {
            assertThat(ask("keep", "t" + i, "a GROUP BY b").has("plan")).isTrue();
        }
        assertThat(ask("keep", "t", "a GROUP BY c").string("refused")).isEqualTo("TOO_LARGE");
        assertThat(relay.tables()).hasSize(PlanRelay.MOST_TABLES);
        assertThat(judged).doesNotContain("a GROUP BY c");
    }

    @Test
    void check_moreThanAllowed_isRefusedUnjudged() {
        for (int i = 0; i < PlanRelay.MOST_PLANS; i++) {
            assertThat(ask("check", "", "a GROUP BY b").has("plan")).isTrue();
        }
        assertThat(ask("check", "", "a GROUP BY c").string("refused")).isEqualTo("TOO_LARGE");
        assertThat(judged).hasSize(PlanRelay.MOST_PLANS);
        assertThat(PlanRelay.MOST_PLANS).isLessThan(JobConversation.MOST_QUESTIONS);
    }

    @Test
    void keep_badOrTakenName_isRefusedUnjudged() {
        ask("keep", "t", "a GROUP BY b");
        for (String name : List.of("t", "", "1", "a b", "a/b", "昆明", "a".repeat(64), "a\n")) {
            assertThat(ask("keep", name, "a GROUP BY c").string("refused")).isEqualTo("BAD_REQUEST");
        }
        assertThat(judged).doesNotContain("a GROUP BY c");
    }

    @Test
    void ask_textThatIsTooLongOrAnotherOperation_isRefusedUnjudged() {
        assertThat(ask("keep", "t", "x".repeat(PlanRelay.LONGEST_TEXT + 1)).string("refused"))
                .isEqualTo("TOO_LARGE");
        for (String op : List.of("unwrapKeys", "noiseSecret", "guardEntries", "nextPlan", "")) {
            assertThat(ask(op, "t", "a GROUP BY b").string("refused")).isEqualTo("BAD_REQUEST");
        }
        assertThat(judged).isEmpty();
        assertThat(ask("check", "t", "x".repeat(PlanRelay.LONGEST_TEXT)).has("plan"))
                .isTrue();
    }

    @Test
    void ask_onceTheGuardIsGone_isRefused() {
        relay.guardIsGone();
        assertThat(ask("keep", "t", "a GROUP BY b").string("refused")).isEqualTo("ENGINE_ENDED");
        assertThat(relay.end()).isFalse();
        assertThat(relay.tables()).isEmpty();
    }
}
