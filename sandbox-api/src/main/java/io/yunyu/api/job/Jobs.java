package io.yunyu.api.job;

import io.yunyu.api.budget.PrivacyBudgets;
import io.yunyu.api.engine.RunOutcome;
import io.yunyu.api.guard.GuardDesk;
import io.yunyu.api.identity.Actor;
import io.yunyu.api.proof.Act;
import io.yunyu.api.proof.Recorder;
import io.yunyu.api.state.ActKind;
import io.yunyu.api.state.Machine;
import io.yunyu.api.state.Moves;
import io.yunyu.api.state.State;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.channel.EngineEvent;
import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The jobs, and their candidates in quarantine. */
@Repository
public class Jobs {
    /** Member of the quarantine event that names the last link of the guard's chain. */
    public static final String GUARD_HEAD = "guardHead";

    private static final String SELECT =
            "select j.*, r.id as release_id from job j left join release r on r.job = j.id and r.bundle is not null ";

    private final JdbcClient jdbc;
    private final Recorder recorder;
    private final Moves moves;
    private final PrivacyBudgets budgets;
    private final Clock clock;
    private final JobQueue queue;
    private final ElementAttempts elementAttempts;
    private final EarlierSubmissions submissions;

    Jobs(
            JdbcClient jdbc,
            Recorder recorder,
            Moves moves,
            PrivacyBudgets budgets,
            Clock clock,
            JobQueue queue,
            ElementAttempts elementAttempts,
            EarlierSubmissions submissions) {
        this.submissions = submissions;
        this.queue = queue;
        this.elementAttempts = elementAttempts;
        this.jdbc = jdbc;
        this.recorder = recorder;
        this.moves = moves;
        this.budgets = budgets;
        this.clock = clock;
    }

    /**
     * In whose name a job is submitted.
     *
     * @param origin what else its event tells of where it comes from
     */
    public record Submitter(String person, String organization, Map<String, String> origin) {
        public Submitter {
            origin = Map.copyOf(origin);
        }
    }

    /**
     * Submits a job, or finds the one that an earlier call with the same key made. A differentially private query, and
     * a planned publication, finds the job that answers it already; otherwise a query's cost is reserved.
     *
     * @throws ProblemException CONFLICT if that call had another body, BUDGET_EXHAUSTED if the cost is not covered,
     *     CAPACITY if too many wait, QUERY_REFUSED if too many specifications of data elements came to nothing
     */
    public String submit(
            String id,
            Submitter by,
            AccessGrant grant,
            String provider,
            String kind,
            String sql,
            Priority priority,
            Optional<String> key) {
        String spending = grant.privacy().map(c -> "\n" + c.queryRhoMicros()).orElse("");
        String bodyDigest = ContentDigest.of(
                grant.agreement() + "\n" + (kind.equals(Job.QUERY) ? "" : kind + "\n") + sql + spending);
        return recorder.together(() -> {
            Optional<String> earlier = key.flatMap(k -> submissions.byKey(by.person(), k, bodyDigest));
            if (earlier.isPresent()) {
                return earlier.get();
            }
            Optional<String> standing = kind.equals(Job.PUBLICATION)
                    ? submissions.ofPublication(grant, sql)
                    : grant.privacy().flatMap(c -> budgets.standingJob(grant, sql));
            if (standing.isPresent()) {
                key.ifPresent(k -> submissions.remember(by.person(), k, bodyDigest, standing.get()));
                return standing.get();
            }
            queue.requireRoom(by.organization());
            if (kind.equals(Job.ELEMENT)) {
                elementAttempts.requireRoom(grant.agreement());
            }
            Map<String, String> detail = new TreeMap<>(by.origin());
            detail.put("agreementDigest", grant.agreementDigest());
            detail.put("sqlDigest", ContentDigest.of(sql));
            recorder.write(
                    new Act(ActKind.JOB_SUBMITTED, List.of(id), by.person(), by.organization(), detail)
                            .concerning(grant.agreement()),
                    () -> {
                        insert(id, by, grant, provider, kind, sql, priority);
                        key.ifPresent(k -> submissions.remember(by.person(), k, bodyDigest, id));
                    });
            grant.privacy().ifPresent(c -> budgets.reserve(id, grant, sql, provider));
            return id;
        });
    }

    public Optional<Job> find(String id) {
        return jdbc.sql(SELECT + "where j.id = :id")
                .param("id", id)
                .query(Jobs::job)
                .optional();
    }

    public List<Job> ofDeveloper(String organization) {
        return jdbc.sql(SELECT + "where j.developer = :organization order by j.created_at desc limit 200")
                .param("organization", organization)
                .query(Jobs::job)
                .list();
    }

    /** What waits for the provider's decision, oldest first. */
    public List<Job> inReview(String provider) {
        return jdbc.sql(SELECT + "where j.provider = :provider and j.state = 'IN_REVIEW' order by j.created_at")
                .param("provider", provider)
                .query(Jobs::job)
                .list();
    }

    /** How many queries of a developer on a dataset family the guard refused since, as too many answers had been guarded. */
    public long refusedByGuard(String developer, String family, Instant since) {
        return jdbc.sql("select count(*) from job where developer = :developer and state = 'REFUSED'"
                        + " and created_at >= :since"
                        + " and report::jsonb @> '{\"findings\": [{\"rule\": \"guard-limit\"}]}'"
                        + " and grant_text::jsonb @> jsonb_build_object('tables',"
                        + " jsonb_build_array(jsonb_build_object('family', cast(:family as text))))")
                .param("developer", developer)
                .param("family", family)
                .param("since", since.atOffset(ZoneOffset.UTC))
                .query(Long.class)
                .single();
    }

    public List<Job> in(State state) {
        return jdbc.sql(SELECT + "where j.state = :state order by j.created_at")
                .param("state", state.name())
                .query(Jobs::job)
                .list();
    }

    /** Takes the job whose turn it is; of two workers only one gets it. */
    Optional<Job> take() {
        return recorder.together(() -> {
            Optional<String> next = queue.next();
            Optional<Job> job = next.flatMap(this::find);
            job.ifPresent(taken -> moves.move(
                    Machine.JOB,
                    taken.id(),
                    State.SUBMITTED,
                    State.RUNNING,
                    kind -> Act.ofPlatform(kind, taken.id(), Map.of("attempt", String.valueOf(taken.attempt() + 1))),
                    () -> jdbc.sql(
                                    "update job set attempt = attempt + 1, progress = '{}', tenths_read = 0 where id = :id")
                            .param("id", taken.id())
                            .update()));
            return next.flatMap(this::find);
        });
    }

    void progress(String id, EngineEvent event, OptionalLong count) {
        boolean tenth = event == EngineEvent.TENTH_READ && count.isPresent();
        String change = tenth ? "tenths_read = :tenth" : "progress = array_append(progress, :step)";
        jdbc.sql("update job set " + change + " where id = :id and state = 'RUNNING'")
                .param(tenth ? "tenth" : "step", tenth ? count.getAsLong() : event.name())
                .param("id", id)
                .update();
    }

    /**
     * Puts the sealed candidate into quarantine, and what it adds to the guard's memory with it.
     *
     * @throws ProblemException CONFLICT if the job was cancelled, or is another attempt by now
     */
    void quarantine(Job job, RunOutcome outcome, DisclosureReport report, String candidateDigest, GuardDesk guard) {
        String reportText = report.toText();
        String policy = job.grant().protection().policyVersion();
        recorder.together(() -> {
            // First, so that the event can name the chain's link; both or nothing.
            quarantine(job, outcome, reportText, candidateDigest, policy, guard.store());
            return job;
        });
    }

    private void quarantine(
            Job job,
            RunOutcome outcome,
            String reportText,
            String candidateDigest,
            String policy,
            Optional<String> guardHead) {
        Map<String, String> detail = new TreeMap<>(Map.of(
                "candidateDigest", candidateDigest,
                "reportDigest", ContentDigest.of(reportText),
                "policyVersion", policy));
        guardHead.ifPresent(head -> detail.put(GUARD_HEAD, head));
        moves.move(
                Machine.JOB,
                job.id(),
                State.RUNNING,
                State.IN_REVIEW,
                kind -> Act.ofPlatform(kind, job.id(), detail),
                () -> {
                    jdbc.sql("insert into candidate values (:job, :sealed, :digest, :report, :reportDigest, :policy,"
                                    + " :engine, :now)")
                            .param("job", job.id())
                            .param("sealed", outcome.output())
                            .param("digest", candidateDigest)
                            .param("report", reportText)
                            .param("reportDigest", ContentDigest.of(reportText))
                            .param("policy", policy)
                            .param("engine", outcome.engineVersion())
                            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                            .update();
                    keepReport(job, reportText);
                    budgets.settle(job.id(), false);
                });
    }

    /** @param noNoise whether it is certain that no noise was drawn, so that the job's budget comes back */
    void refused(Job job, Problem problem, Optional<DisclosureReport> report, GuardDesk guard, boolean noNoise) {
        end(job, State.RUNNING, State.REFUSED, problem, noNoise, () -> {
            guard.store();
            report.ifPresent(r -> keepReport(job, r.toText()));
        });
    }

    void failed(Job job, State from, Problem problem, boolean noNoise) {
        end(job, from, State.FAILED, problem, noNoise, () -> {});
    }

    void returned(Job job) {
        moves.move(
                Machine.JOB,
                job.id(),
                State.RUNNING,
                State.SUBMITTED,
                kind -> Act.ofPlatform(kind, job.id(), Map.of()),
                () -> {});
    }

    void cancel(Job job, Actor actor) {
        moves.move(
                Machine.JOB,
                job.id(),
                job.state(),
                State.CANCELLED,
                kind -> actor.act(kind, job.id(), Map.of()),
                () -> budgets.settle(job.id(), job.state() == State.SUBMITTED && job.attempt() == 0));
    }

    private void end(Job job, State from, State to, Problem problem, boolean noNoise, Runnable alongside) {
        moves.move(
                Machine.JOB,
                job.id(),
                from,
                to,
                kind -> Act.ofPlatform(
                        kind, job.id(), Map.of("code", problem.code().name())),
                () -> {
                    jdbc.sql("update job set problem_code = :code, problem_detail = :detail where id = :id")
                            .param("code", problem.code().name())
                            .param("detail", problem.detail())
                            .param("id", job.id())
                            .update();
                    budgets.settle(job.id(), noNoise);
                    alongside.run();
                });
    }

    private void keepReport(Job job, String text) {
        int kept = jdbc.sql("update job set report = :report where id = :id and attempt = :attempt")
                .param("report", text)
                .param("id", job.id())
                .param("attempt", job.attempt())
                .update();
        if (kept == 0) {
            throw new ProblemException(ProblemCode.CONFLICT, "The result is of an earlier attempt and was dropped.");
        }
    }

    private void insert(
            String id, Submitter by, AccessGrant grant, String provider, String kind, String sql, Priority priority) {
        jdbc.sql("insert into job (id, state, kind, agreement, sql, developer, provider, person, grant_text,"
                        + " priority, created_at, updated_at) values (:id, 'SUBMITTED', :kind, :agreement, :sql, :developer,"
                        + " :provider, :person, :grant, :priority, :now, :now)")
                .param("priority", priority.ordinal())
                .param("id", id)
                .param("kind", kind)
                .param("agreement", grant.agreement())
                .param("sql", sql)
                .param("developer", by.organization())
                .param("provider", provider)
                .param("person", by.person())
                .param("grant", grant.toText())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private static Job job(ResultSet row, int number) throws SQLException {
        String code = row.getString("problem_code");
        return new Job(
                row.getString("id"),
                State.valueOf(row.getString("state")),
                row.getString("agreement"),
                row.getString("kind"),
                row.getString("sql"),
                row.getString("developer"),
                row.getString("provider"),
                row.getString("person"),
                row.getString("grant_text"),
                Priority.values()[row.getInt("priority")],
                row.getInt("attempt"),
                List.of((String[]) row.getArray("progress").getArray()),
                row.getInt("tenths_read"),
                code == null
                        ? Optional.empty()
                        : Optional.of(new Problem(ProblemCode.valueOf(code), row.getString("problem_detail"))),
                Optional.ofNullable(row.getString("report")),
                Optional.ofNullable(row.getString("release_id")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
