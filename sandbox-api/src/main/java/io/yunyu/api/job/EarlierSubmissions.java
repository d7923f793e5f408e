package io.yunyu.api.job;

import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The jobs that earlier calls made of the same submission. To be asked within the transaction that makes a job: of two calls
 * at a time the second waits until the first has committed, and finds its job.
 */
@Repository
class EarlierSubmissions {
    private final JdbcClient jdbc;
    private final Clock clock;

    EarlierSubmissions(JdbcClient jdbc, Clock clock) {
        this.jdbc = jdbc;
        this.clock = clock;
    }

    /** @throws ProblemException CONFLICT if the call with this Idempotency-Key had another body */
    Optional<String> byKey(String person, String key, String bodyDigest) {
        lock(person + " " + key);
        return jdbc.sql("select job, body_digest from idempotency_key where person = :person and key = :key")
                .param("person", person)
                .param("key", key)
                .query((row, number) -> {
                    if (!row.getString("body_digest").equals(bodyDigest)) {
                        throw new ProblemException(
                                ProblemCode.CONFLICT,
                                "This Idempotency-Key was used for another job. Use a fresh key for a new job.");
                    }
                    return row.getString("job");
                })
                .optional();
    }

    /** The job that makes or made this publication of these versions: there is one, whatever its reviewer decided. */
    Optional<String> ofPublication(AccessGrant grant, String sql) {
        lock("publication " + grant.agreement() + " " + sql);
        return jdbc.sql("select id from job where kind = :kind and agreement = :agreement and sql = :sql"
                        + " and state in ('SUBMITTED', 'RUNNING', 'IN_REVIEW', 'APPROVED', 'DENIED', 'RELEASED')"
                        + " and grant_text::jsonb -> 'tables' = cast(:grant as jsonb) -> 'tables'"
                        + " order by created_at limit 1")
                .param("kind", Job.PUBLICATION)
                .param("agreement", grant.agreement())
                .param("sql", sql)
                .param("grant", grant.toText())
                .query(String.class)
                .optional();
    }

    void remember(String person, String key, String bodyDigest, String job) {
        jdbc.sql("insert into idempotency_key values (:person, :key, :digest, :job, :now)")
                .param("person", person)
                .param("key", key)
                .param("digest", bodyDigest)
                .param("job", job)
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update();
    }

    private void lock(String text) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:text, 0))")
                .param("text", text)
                .query(row -> {});
    }
}
