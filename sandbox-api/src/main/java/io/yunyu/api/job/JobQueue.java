package io.yunyu.api.job;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * Whose job is next. Turns go round among the organizations that have jobs waiting: first who has the fewest running, then
 * who was served longest ago; among the jobs of one organization by priority, then in the order in which they came. So a
 * long queue of one delays the others by at most one job each. A job that returns keeps its place.
 *
 * <p>Order rests on numbers that the database gives out, so that a jump of the clock changes nothing.
 */
@Repository
class JobQueue {
    /** Of one organization; beyond it the next is refused, so that nobody fills the database. */
    static final int MOST_WAITING = 500;

    private static final long ONE_AT_A_TIME = 0x79756e7975L;

    private final JdbcClient jdbc;

    JobQueue(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /** The next job's id, its row locked; to be called in the transaction that starts it. */
    Optional<String> next() {
        // Two workers who chose at once would both see the same shares.
        jdbc.sql("select pg_advisory_xact_lock(:lock)")
                .param("lock", ONE_AT_A_TIME)
                .query(row -> {});
        Optional<Turn> next = jdbc.sql("select j.id, j.developer from job j"
                        + " left join developer_turn t on t.developer = j.developer"
                        + " left join (select developer, count(*) as running from job where state = 'RUNNING'"
                        + " group by developer) r on r.developer = j.developer"
                        + " where j.state = 'SUBMITTED'"
                        + " order by coalesce(r.running, 0), coalesce(t.turn, 0), j.priority, j.place"
                        + " limit 1 for update of j skip locked")
                .query((row, number) -> new Turn(row.getString("id"), row.getString("developer")))
                .optional();
        next.ifPresent(turn -> jdbc.sql("insert into developer_turn values (:developer, nextval('job_turn'))"
                        + " on conflict (developer) do update set turn = excluded.turn")
                .param("developer", turn.developer())
                .update());
        return next.map(Turn::job);
    }

    /** @throws ProblemException CAPACITY if the organization has too many jobs waiting */
    void requireRoom(String developer) {
        if (waiting(developer) >= MOST_WAITING) {
            throw new ProblemException(
                    ProblemCode.CAPACITY,
                    "Your organization has " + MOST_WAITING + " jobs waiting. Wait for some, or cancel some.");
        }
    }

    /** How many of its organization's own jobs come before a waiting job. */
    int ahead(Job job) {
        return jdbc.sql("select count(*) from job j join job mine on mine.id = :id where j.developer = mine.developer"
                        + " and j.state = 'SUBMITTED' and (j.priority, j.place) < (mine.priority, mine.place)")
                .param("id", job.id())
                .query(Integer.class)
                .single();
    }

    private int waiting(String developer) {
        return jdbc.sql("select count(*) from job where developer = :developer and state = 'SUBMITTED'")
                .param("developer", developer)
                .query(Integer.class)
                .single();
    }

    private record Turn(String job, String developer) {}
}
