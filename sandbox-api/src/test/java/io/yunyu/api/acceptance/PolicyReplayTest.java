package io.yunyu.api.acceptance;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.api.engine.RunOutcome;
import io.yunyu.api.guard.GuardDesks;
import io.yunyu.api.platform.Answer;
import io.yunyu.api.platform.FakeEngines;
import io.yunyu.api.platform.Platform;
import io.yunyu.contract.disclosure.DisclosureFinding;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.policy.ReplayVerdict;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Changed rules over past jobs, at the control plane: for the provider's steward alone, resumable, without the guard. */
class PolicyReplayTest {
    private static final String PATH = "/api/v1/policy/replays";

    @TempDir
    static Path home;

    static Platform platform;
    static String agreement;
    static String answered;
    static String refused;

    @BeforeAll
    static void start() throws Exception {
        platform = Platform.start(home);
        agreement = platform.agreed("visits");
        platform.engines.succeed();
        answered = platform.inReview(agreement);
        platform.engines.script(run -> FakeEngines.refused());
        refused = platform.submit(agreement, "SELECT * FROM visits", Optional.empty())
                .json()
                .string("id");
        platform.awaitJob(refused, "REFUSED");
    }

    @AfterAll
    static void stop() {
        platform.close();
    }

    private static RunOutcome tried(EngineJob.ReplayJob job) {
        ReplayVerdict verdict =
                job.sql().contains("*)") ? new ReplayVerdict(false, true, 7, 1, 3) : ReplayVerdict.ofForm(true);
        DisclosureFinding finding = new DisclosureFinding(
                "min-units", Optional.empty(), Optional.of(3L), "rule set", "Cells would be withheld.", false);
        return new RunOutcome(
                new EngineResult(
                        EngineResult.Status.DONE,
                        Optional.empty(),
                        Optional.of(new DisclosureReport(7, 3, Map.of("replay", verdict.toJson()), List.of(finding))),
                        Optional.empty(),
                        Optional.empty()),
                new byte[0],
                "test");
    }

    private static JsonObject finished(Answer begun) {
        String id = Platform.require(202, begun).json().string("id");
        Platform.await("the replay", () -> platform.get("steward", PATH + "/" + id)
                .json()
                .string("state")
                .equals("DONE"));
        return platform.get("steward", PATH + "/" + id).json();
    }

    private static Answer begin(String person, String... rules) {
        return platform.post(person, PATH, Json.object("rules", List.of(rules)));
    }

    @Test
    void replay_ofAllJobs_saysBeforeAndAfterAndChangesNothingElse() throws Exception {
        String before = state();
        platform.engines.script(run -> {
            EngineJob.ReplayJob job = (EngineJob.ReplayJob) run.job();
            assertThat(run.mounts()).noneMatch(m -> m.writable());
            // The guard has no desk for it, whatever the engine asks.
            assertThatThrownBy(() -> platform.bean(GuardDesks.class)
                            .answer(JsonObject.of(Json.object(
                                    "id",
                                    1L,
                                    "op",
                                    "guardReserve",
                                    "jobId",
                                    job.jobId(),
                                    "family",
                                    "f",
                                    "entry",
                                    "eA=="))))
                    .isInstanceOf(ProblemException.class)
                    .hasMessageContaining("guard");
            return tried(job);
        });
        JsonObject replay = finished(begin("steward", "min-units=20", "forbid-shape=join"));

        assertThat(Json.write(replay.object("rule").asMap()))
                .isEqualTo("{\"forbidShapes\":[\"join\"],\"minUnits\":20}");
        JsonObject first = job(replay, answered);
        assertThat(first.string("before")).isEqualTo("passed");
        assertThat(first.string("after")).isEqualTo("passed");
        assertThat(first.longValue("cells")).isEqualTo(7);
        assertThat(first.longValue("newlyWithheld")).isEqualTo(3);
        JsonObject second = job(replay, refused);
        assertThat(second.string("before")).isEqualTo("refused");
        assertThat(second.string("after")).isEqualTo("refused");
        assertThat(second.has("cells")).isFalse();
        assertThat(replay.object("totals").longValue("newlyRefused")).isZero();
        assertThat(replay.object("totals").longValue("cellsNewlyWithheld")).isEqualTo(3);
        assertThat(state()).isEqualTo(before);
    }

    private static String state() throws Exception {
        return platform.query("select string_agg(id || state || coalesce(report, ''), ',' order by id) from job")
                + platform.query("select count(*) from guard_entry")
                + platform.query("select count(*) from candidate")
                + platform.query("select count(*) from privacy_charge");
    }

    private static JsonObject job(JsonObject replay, String id) {
        return replay.objects("jobs").stream()
                .filter(j -> j.string("job").equals(id))
                .findFirst()
                .orElseThrow();
    }

    @Test
    void replay_isTheStewardsOwn() {
        platform.engines.script(run -> tried((EngineJob.ReplayJob) run.job()));
        JsonObject replay = finished(begin("steward", "min-units=20"));
        String path = PATH + "/" + replay.string("id");

        for (String other : List.of("developer", "reviewer", "operator", "auditor")) {
            assertThat(begin(other, "min-units=20").verdict()).as(other).isEqualTo("403 NOT_ALLOWED");
            assertThat(platform.get(other, path).verdict()).as(other).isEqualTo("403 NOT_ALLOWED");
        }
        assertThat(platform.get("other-steward", path).verdict()).isEqualTo("404 NOT_FOUND");
        assertThat(finished(begin("steward", "min-units=20")).objects("jobs")).isNotEmpty();
    }

    @Test
    void replay_engineThatEnds_isTriedThreeTimesAndOthersGoOn() {
        AtomicInteger runs = new AtomicInteger();
        platform.engines.script(run -> {
            EngineJob.ReplayJob job = (EngineJob.ReplayJob) run.job();
            if (!job.sql().contains("*)")) {
                return tried(job);
            }
            runs.incrementAndGet();
            return FakeEngines.failed(ProblemCode.ENGINE_ENDED, "The engine ended.");
        });
        JsonObject replay = finished(begin("steward", "p-percent=15"));

        assertThat(runs.get()).isEqualTo(3);
        assertThat(job(replay, answered).string("state")).isEqualTo("FAILED");
        assertThat(job(replay, answered).has("after")).isFalse();
        assertThat(job(replay, refused).string("state")).isEqualTo("DONE");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                "min-units",
                "min-units=12",
                "min-units=0",
                "min-units=105",
                "min-units=x",
                "p-percent=3",
                "dominance=2",
                "dominance=3,85",
                "dominance=2,84",
                "forbid-function=max",
                "forbid-shape=window",
                "declarations=old",
                "nonsense=1"
            })
    void replay_ofNoRule_isRefused(String rule) {
        Answer answer =
                platform.post("steward", PATH, Json.object("rules", rule.isEmpty() ? List.of() : List.of(rule)));
        assertThat(answer.verdict()).isEqualTo("400 BAD_REQUEST");
    }

    @Test
    void replay_ofAnothersJob_isRefused() {
        Answer answer = platform.post(
                "steward", PATH, Json.object("rules", List.of("min-units=20"), "jobs", List.of("job-of-nobody")));
        assertThat(answer.verdict()).isEqualTo("404 NOT_FOUND");
    }
}
