package io.yunyu.api.program;

import io.yunyu.api.engine.Ids;
import io.yunyu.api.identity.Actor;
import io.yunyu.api.job.Job;
import io.yunyu.api.job.Jobs;
import io.yunyu.api.job.Priority;
import io.yunyu.api.proof.Act;
import io.yunyu.api.proof.Recorder;
import io.yunyu.api.state.ActKind;
import io.yunyu.api.state.Machine;
import io.yunyu.api.state.Moves;
import io.yunyu.api.state.State;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.launcher.ProgramRun;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The programs, their jars, and which jobs they brought about. */
@Repository
public class Programs {
    /** Of one organization, waiting or running; beyond it the next is refused. */
    static final int MOST_UNDER_WAY = 20;

    private final JdbcClient jdbc;
    private final Recorder recorder;
    private final Moves moves;
    private final Jobs jobs;
    private final Clock clock;

    Programs(JdbcClient jdbc, Recorder recorder, Moves moves, Jobs jobs, Clock clock) {
        this.jdbc = jdbc;
        this.recorder = recorder;
        this.moves = moves;
        this.jobs = jobs;
        this.clock = clock;
    }

    /**
     * Submits a program, or finds the one that an earlier call with the same key made.
     *
     * @throws ProblemException CONFLICT if that call had another body, CAPACITY if too many of the organization are under way
     */
    String submit(String id, Submission submission) {
        return recorder.together(() -> {
            Optional<String> earlier = submission.key().flatMap(key -> earlier(submission, key));
            return earlier.orElseGet(() -> insert(id, submission));
        });
    }

    private Optional<String> earlier(Submission submission, String key) {
        String person = submission.actor().person();
        // Two calls with one key at a time: the second waits here until the first has committed.
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:key, 1))")
                .param("key", person + " " + key)
                .query(row -> {});
        return jdbc.sql("select id, body_digest from program where person = :person and submit_key = :key")
                .param("person", person)
                .param("key", key)
                .query((row, number) -> {
                    if (!row.getString("body_digest").equals(submission.bodyDigest())) {
                        throw new ProblemException(
                                ProblemCode.CONFLICT,
                                "This Idempotency-Key was used for another program. Use a fresh key for a new one.");
                    }
                    return row.getString("id");
                })
                .optional();
    }

    private String insert(String id, Submission submission) {
        Actor actor = submission.actor();
        AccessGrant grant = submission.grant();
        Act act = actor.act(
                        ActKind.PROGRAM_SUBMITTED,
                        id,
                        Map.of(
                                "agreementDigest", grant.agreementDigest(),
                                "jarDigest", submission.jarDigest(),
                                "callDigest", submission.callDigest()))
                .concerning(grant.agreement());
        recorder.write(act, () -> {
            requireRoom(actor.organization());
            OffsetDateTime now = clock.instant().atOffset(ZoneOffset.UTC);
            jdbc.sql("insert into program_jar values (:digest, :bytes, :now) on conflict (digest) do nothing")
                    .param("digest", submission.jarDigest())
                    .param("bytes", submission.jar())
                    .param("now", now)
                    .update();
            jdbc.sql(
                            "insert into program (id, state, agreement, developer, provider, person, jar, main_class, arguments,"
                                    + " grant_text, submit_key, body_digest, created_at, updated_at) values (:id, 'SUBMITTED',"
                                    + " :agreement, :developer, :provider, :person, :jar, :main, :arguments, :grant, :key, :body,"
                                    + " :now, :now)")
                    .param("id", id)
                    .param("agreement", grant.agreement())
                    .param("developer", actor.organization())
                    .param("provider", submission.provider())
                    .param("person", actor.person())
                    .param("jar", submission.jarDigest())
                    .param("main", submission.form().mainClass())
                    .param("arguments", submission.form().givenArguments().toArray(new String[0]))
                    .param("grant", grant.toText())
                    .param("key", submission.key().orElse(null))
                    .param("body", submission.bodyDigest())
                    .param("now", now)
                    .update();
        });
        return id;
    }

    private void requireRoom(String developer) {
        int underWay = jdbc.sql("select count(*) from program where developer = :developer"
                        + " and state in ('SUBMITTED', 'RUNNING')")
                .param("developer", developer)
                .query(Integer.class)
                .single();
        if (underWay >= MOST_UNDER_WAY) {
            throw new ProblemException(
                    ProblemCode.CAPACITY,
                    "Your organization has " + MOST_UNDER_WAY + " programs under way. Wait for some, or cancel some.");
        }
    }

    Optional<Program> find(String id) {
        return jdbc.sql("select * from program where id = :id")
                .param("id", id)
                .query(Programs::program)
                .optional();
    }

    List<Program> ofDeveloper(String organization) {
        return jdbc.sql("select * from program where developer = :organization order by created_at desc limit 200")
                .param("organization", organization)
                .query(Programs::program)
                .list();
    }

    List<Program> running() {
        return jdbc.sql("select * from program where state = 'RUNNING' order by place")
                .query(Programs::program)
                .list();
    }

    /** @throws ProblemException INTERNAL if the bytes are not those of the digest any more */
    byte[] jar(Program program) {
        byte[] bytes = jdbc.sql("select bytes from program_jar where digest = :digest")
                .param("digest", program.jar())
                .query((row, number) -> row.getBytes("bytes"))
                .single();
        if (!ContentDigest.of(bytes).equals(program.jar())) {
            throw new ProblemException(
                    ProblemCode.INTERNAL, "The program's jar was changed since it was submitted; it does not run.");
        }
        return bytes;
    }

    /** Takes the next one: of the organization that has the fewest running, the oldest. */
    Optional<Program> take() {
        return recorder.together(() -> {
            Optional<Program> next = jdbc.sql(
                            "select * from program p where state = 'SUBMITTED' order by (select count(*)"
                                    + " from program r where r.developer = p.developer and r.state = 'RUNNING'), place"
                                    + " limit 1 for update of p skip locked")
                    .query(Programs::program)
                    .optional();
            next.ifPresent(program -> moves.move(
                    Machine.PROGRAM,
                    program.id(),
                    State.SUBMITTED,
                    State.RUNNING,
                    kind -> Act.ofPlatform(
                            kind, program.id(), Map.of("attempt", String.valueOf(program.attempt() + 1))),
                    () -> jdbc.sql("update program set attempt = attempt + 1 where id = :id")
                            .param("id", program.id())
                            .update()));
            return next.flatMap(program -> find(program.id()));
        });
    }

    /** Ends well: every table becomes a job of its own, all of them or none. */
    void done(Program program, List<ProgramRun.Table> tables) {
        String asked = ContentDigest.of(String.join(
                "\n",
                tables.stream()
                        .map(t -> t.name() + " " + ContentDigest.of(t.sql()))
                        .toList()));
        moves.move(
                Machine.PROGRAM,
                program.id(),
                State.RUNNING,
                State.DONE,
                kind -> Act.ofPlatform(kind, program.id(), Map.of("tablesDigest", asked)),
                () -> {
                    for (int i = 0; i < tables.size(); i++) {
                        submit(program, tables.get(i), i);
                    }
                });
    }

    private void submit(Program program, ProgramRun.Table table, int place) {
        String job = jobs.submit(
                Ids.fresh("job"),
                new Jobs.Submitter(program.person(), program.developer(), Map.of("program", program.id())),
                program.grant(),
                program.provider(),
                Job.QUERY,
                table.sql(),
                Priority.NORMAL,
                Optional.empty());
        jdbc.sql("insert into program_table values (:program, :place, :name, :job)")
                .param("program", program.id())
                .param("place", place)
                .param("name", table.name())
                .param("job", job)
                .update();
    }

    void refused(Program program, Problem problem, String findings) {
        end(program, State.REFUSED, problem, findings);
    }

    void failed(Program program, Problem problem) {
        end(program, State.FAILED, problem, "[]");
    }

    private void end(Program program, State to, Problem problem, String findings) {
        moves.move(
                Machine.PROGRAM,
                program.id(),
                State.RUNNING,
                to,
                kind -> Act.ofPlatform(
                        kind, program.id(), Map.of("code", problem.code().name())),
                () -> jdbc.sql("update program set problem_code = :code, problem_detail = :detail, findings = :findings"
                                + " where id = :id")
                        .param("code", problem.code().name())
                        .param("detail", problem.detail())
                        .param("findings", findings)
                        .param("id", program.id())
                        .update());
    }

    void returned(Program program) {
        moves.move(
                Machine.PROGRAM,
                program.id(),
                State.RUNNING,
                State.SUBMITTED,
                kind -> Act.ofPlatform(kind, program.id(), Map.of()),
                () -> {});
    }

    void cancel(Program program, Actor actor) {
        moves.move(
                Machine.PROGRAM,
                program.id(),
                program.state(),
                State.CANCELLED,
                kind -> actor.act(kind, program.id(), Map.of()),
                () -> {});
    }

    /** One of a program's tables. */
    public record Made(String name, String job, State state) {}

    public List<Made> tables(String program) {
        return jdbc.sql("select t.name, t.job, j.state from program_table t join job j on j.id = t.job"
                        + " where t.program = :program order by t.place")
                .param("program", program)
                .query((row, number) ->
                        new Made(row.getString("name"), row.getString("job"), State.valueOf(row.getString("state"))))
                .list();
    }

    /** The programs that brought a job about; none if a person wrote its query, and seldom more than one. */
    public List<ProgramOrigin> originsOf(String job) {
        return jdbc.sql(
                        "select p.id, t.name, p.jar, p.main_class from program_table t join program p on p.id = t.program"
                                + " where t.job = :job order by p.place")
                .param("job", job)
                .query((row, number) -> new ProgramOrigin(
                        row.getString("id"), row.getString("name"), row.getString("jar"), row.getString("main_class")))
                .list();
    }

    private static Program program(ResultSet row, int number) throws SQLException {
        String code = row.getString("problem_code");
        return new Program(
                row.getString("id"),
                State.valueOf(row.getString("state")),
                row.getString("agreement"),
                row.getString("developer"),
                row.getString("provider"),
                row.getString("person"),
                row.getString("jar"),
                row.getString("main_class"),
                List.of((String[]) row.getArray("arguments").getArray()),
                row.getString("grant_text"),
                row.getInt("attempt"),
                code == null
                        ? Optional.empty()
                        : Optional.of(new Problem(ProblemCode.valueOf(code), row.getString("problem_detail"))),
                Optional.ofNullable(row.getString("findings")),
                row.getObject("created_at", OffsetDateTime.class).toInstant());
    }
}
