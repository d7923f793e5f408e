package io.yunyu.api.job;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * How often a developer may ask for a data element and get none. Whether records satisfy a specification is an answer about
 * them (does this value occur, are there so many of these), at most one bit each time; so each agreement has a number of them.
 * What was refused before any record was read, cancelled before it ran, or released after review does not count.
 */
@Repository
class ElementAttempts {
    /** Under one agreement. */
    static final int MOST = 20;

    private final JdbcClient jdbc;

    ElementAttempts(JdbcClient jdbc) {
        this.jdbc = jdbc;
    }

    /**
     * To be called in the transaction that submits.
     *
     * @throws ProblemException QUERY_REFUSED if the agreement's number is used up
     */
    void requireRoom(String agreement) {
        // Two calls at once must not both take the last place.
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:key, 1))")
                .param("key", agreement)
                .query(row -> {});
        int used = jdbc.sql("select count(*) from job where agreement = :agreement and kind = 'anonymize'"
                        + " and state <> 'RELEASED' and not (state = 'CANCELLED' and attempt = 0)"
                        + " and not (state = 'REFUSED' and report not like '%\"no-element\"%')")
                .param("agreement", agreement)
                .query(Integer.class)
                .single();
        if (used >= MOST) {
            throw new ProblemException(
                    ProblemCode.QUERY_REFUSED,
                    "Under this agreement " + MOST
                            + " specifications led to no release, and whether one can be satisfied"
                            + " says something of the records. Have the provider, who may try as often as needed, find one"
                            + " and sign a new agreement.");
        }
    }
}
