package io.yunyu.api.replay;

import io.yunyu.api.identity.Actor;
import io.yunyu.api.proof.Act;
import io.yunyu.api.proof.Recorder;
import io.yunyu.api.state.ActKind;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.policy.RuleChange;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The replays and their jobs. */
@Repository
class PolicyReplays {
    /** Most jobs of one replay, the newest ones. */
    static final int MOST_JOBS = 200;

    private final JdbcClient jdbc;
    private final Recorder recorder;
    private final Clock clock;

    PolicyReplays(JdbcClient jdbc, Recorder recorder, Clock clock) {
        this.jdbc = jdbc;
        this.recorder = recorder;
        this.clock = clock;
    }

    /** A job of a replay that is to be tried. */
    record Next(String replay, String job, int attempt) {}

    /** Jobs of the provider that the rules in force decided about, newest first, at most {@link #MOST_JOBS}. */
    List<String> decided(String provider, Optional<Instant> since) {
        return jdbc.sql("select id from job where provider = :provider and kind = 'sql'"
                        + " and state in ('REFUSED', 'IN_REVIEW', 'APPROVED', 'DENIED', 'RELEASED')"
                        + " and report is not null and created_at >= :since order by created_at desc, id limit "
                        + MOST_JOBS)
                .param("provider", provider)
                .param("since", since.orElse(Instant.EPOCH).atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list();
    }

    void begin(String id, Actor actor, RuleChange rule, List<String> jobs) {
        String text = Json.write(rule.toJson());
        recorder.write(
                actor.act(
                        ActKind.POLICY_REPLAY_BEGUN,
                        id,
                        Map.of("ruleDigest", ContentDigest.of(text), "jobs", String.valueOf(jobs.size()))),
                () -> {
                    jdbc.sql("insert into policy_replay values (:id, :provider, :person, :rule, :now)")
                            .param("id", id)
                            .param("provider", actor.organization())
                            .param("person", actor.person())
                            .param("rule", text)
                            .param("now", now())
                            .update();
                    for (int place = 0; place < jobs.size(); place++) {
                        jdbc.sql("insert into policy_replay_job (replay, job, place, state)"
                                        + " values (:id, :job, :place, 'WAITING')")
                                .param("id", id)
                                .param("job", jobs.get(place))
                                .param("place", place)
                                .update();
                    }
                });
        finishIfDone(id);
    }

    Optional<PolicyReplay> find(String id) {
        return jdbc.sql("select * from policy_replay where id = :id")
                .param("id", id)
                .query((row, n) -> replay(row))
                .optional();
    }

    /** Takes the next job to be tried; of two workers only one gets it. */
    Optional<Next> take() {
        return jdbc.sql("update policy_replay_job set state = 'RUNNING', attempt = attempt + 1 where (replay, job) ="
                        + " (select w.replay, w.job from policy_replay_job w join policy_replay p on p.id = w.replay"
                        + " where w.state = 'WAITING' order by p.created_at, w.place limit 1"
                        + " for update of w skip locked) returning replay, job, attempt")
                .query((row, n) -> new Next(row.getString("replay"), row.getString("job"), row.getInt("attempt")))
                .optional();
    }

    /** No engine outlives the process that started it. */
    void recover() {
        jdbc.sql("update policy_replay_job set state = 'WAITING' where state = 'RUNNING'")
                .update();
    }

    void waiting(Next next) {
        settle(next, PolicyReplay.State.WAITING, Optional.empty());
    }

    void tried(Next next, EngineResult result) {
        boolean done = result.status() == EngineResult.Status.DONE;
        settle(next, done ? PolicyReplay.State.DONE : PolicyReplay.State.FAILED, Optional.of(result));
        finishIfDone(next.replay);
    }

    private void settle(Next next, PolicyReplay.State state, Optional<EngineResult> result) {
        jdbc.sql("update policy_replay_job set state = :state, outcome = :outcome"
                        + " where replay = :replay and job = :job and state = 'RUNNING'")
                .param("state", state.name())
                .param("outcome", result.map(r -> Json.write(r.toJson())).orElse(null))
                .param("replay", next.replay)
                .param("job", next.job)
                .update();
    }

    private void finishIfDone(String id) {
        boolean open = jdbc.sql("select exists (select 1 from policy_replay_job where replay = :id"
                        + " and state in ('WAITING', 'RUNNING'))")
                .param("id", id)
                .query(Boolean.class)
                .single();
        boolean known = jdbc.sql("select done_at is not null from policy_replay where id = :id")
                .param("id", id)
                .query(Boolean.class)
                .single();
        if (!open && !known) {
            recorder.write(Act.ofPlatform(ActKind.POLICY_REPLAY_DONE, id, Map.of()), () -> jdbc.sql(
                            "update policy_replay set done_at = :now where id = :id and done_at is null")
                    .param("now", now())
                    .param("id", id)
                    .update());
        }
    }

    private PolicyReplay replay(ResultSet row) throws SQLException {
        String id = row.getString("id");
        return new PolicyReplay(
                id,
                row.getString("provider"),
                row.getString("person"),
                RuleChange.parse(Json.parseObject(row.getString("rule"))),
                row.getObject("created_at", OffsetDateTime.class).toInstant(),
                row.getObject("done_at") != null,
                jobs(id));
    }

    private List<PolicyReplay.Tried> jobs(String id) {
        return jdbc.sql("select r.*, j.state as job_state, j.agreement, j.created_at as submitted_at"
                        + " from policy_replay_job r join job j on j.id = r.job where r.replay = :id order by r.place")
                .param("id", id)
                .query((row, n) -> new PolicyReplay.Tried(
                        row.getString("job"),
                        row.getString("agreement"),
                        row.getString("job_state"),
                        row.getObject("submitted_at", OffsetDateTime.class).toInstant(),
                        PolicyReplay.State.valueOf(row.getString("state")),
                        Optional.ofNullable(row.getString("outcome"))
                                .map(text -> EngineResult.parse(Json.parseObject(text)))))
                .list();
    }

    private OffsetDateTime now() {
        return clock.instant().atOffset(ZoneOffset.UTC);
    }
}
