package io.yunyu.api.budget;

import io.yunyu.api.Settings;
import io.yunyu.api.agreement.RuleSet;
import io.yunyu.api.budget.Balance.Amount;
import io.yunyu.api.proof.Act;
import io.yunyu.api.proof.Recorder;
import io.yunyu.api.state.ActKind;
import io.yunyu.contract.agreement.AccessGrant;
import io.yunyu.contract.agreement.PrivacyClause;
import io.yunyu.contract.agreement.PrivateQuery;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/**
 * The accounts of the privacy budget. A job's cost is reserved before it can run, in the transaction that submits it and
 * under a lock of the dataset family, so that reservations at the same time cannot overspend together. Afterwards it
 * is spent, unless it is certain that no noise was drawn; what nobody knows counts as spent.
 *
 * <p>Accounts are per family and organization: neither another version of a dataset, nor another agreement, nor another
 * account of a person opens a new one. The same query on the same versions has the same noise and is charged once per
 * recipient.
 */
@Repository
public class PrivacyBudgets {
    private static final String SUMS = "coalesce(sum(rho_micros) filter (where state = 'SPENT'), 0) as spent_rho,"
            + " coalesce(sum(delta_picos) filter (where state = 'SPENT'), 0) as spent_delta,"
            + " coalesce(sum(rho_micros) filter (where state = 'RESERVED'), 0) as reserved_rho,"
            + " coalesce(sum(delta_picos) filter (where state = 'RESERVED'), 0) as reserved_delta";

    private final JdbcClient jdbc;
    private final Recorder recorder;
    private final Clock clock;
    private final BudgetLimits limits;

    PrivacyBudgets(JdbcClient jdbc, Recorder recorder, Clock clock, Settings settings) {
        this.jdbc = jdbc;
        this.recorder = recorder;
        this.clock = clock;
        this.limits = RuleSet.load(settings.ruleResource()).privacyBudget();
    }

    /**
     * The job under the same agreement that answered the same query, or is about to. Holds the family's lock from here to
     * the end of the transaction.
     */
    public Optional<String> standingJob(AccessGrant grant, String sql) {
        lock(family(grant));
        return jdbc.sql("select j.id from job j join privacy_charge c on c.job = j.id"
                        + " where c.family = :family and c.recipient = :recipient and c.query_digest = :digest"
                        + " and j.agreement = :agreement and j.state in ('SUBMITTED', 'RUNNING', 'IN_REVIEW',"
                        + " 'APPROVED', 'RELEASED') order by j.created_at desc limit 1")
                .param("family", family(grant))
                .param("recipient", grant.assignee())
                .param("digest", PrivateQuery.digest(sql, grant))
                .param("agreement", grant.agreement())
                .query(String.class)
                .optional();
    }

    /**
     * Sets a job's cost aside. Must be called in the transaction that submits the job.
     *
     * @throws ProblemException BUDGET_EXHAUSTED if the recipient's account or that of the family does not cover it
     */
    public void reserve(String job, AccessGrant grant, String sql, String provider) {
        String family = family(grant);
        lock(family);
        Amount cost = cost(grant, sql);
        PrivacyClause clause = grant.privacy().orElseThrow();
        for (Balance balance : List.of(recipient(grant), all(family))) {
            if (!balance.covers(cost)) {
                throw exhausted(balance, cost, clause);
            }
        }
        String digest = PrivateQuery.digest(sql, grant);
        recorder.write(act(ActKind.BUDGET_RESERVED, job, family, grant.assignee(), cost, digest), () -> jdbc.sql(
                        "insert into privacy_charge values (:job, :family, :recipient, :provider, :agreement, :digest,"
                                + " :rho, :delta, 'RESERVED', :now, null)")
                .param("job", job)
                .param("family", family)
                .param("recipient", grant.assignee())
                .param("provider", provider)
                .param("agreement", grant.agreement())
                .param("digest", digest)
                .param("rho", cost.rhoMicros())
                .param("delta", cost.deltaPicos())
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .update());
    }

    /**
     * Settles a job's reservation, if it has one: with the change of the job's state, in one transaction.
     *
     * @param noNoise whether it is certain that no noise was drawn
     */
    public void settle(String job, boolean noNoise) {
        jdbc.sql("select family, recipient, rho_micros, delta_picos, query_digest from privacy_charge"
                        + " where job = :job and state = 'RESERVED' for update")
                .param("job", job)
                .query((row, number) -> act(
                        noNoise ? ActKind.BUDGET_RETURNED : ActKind.BUDGET_SPENT,
                        job,
                        row.getString("family"),
                        row.getString("recipient"),
                        new Amount(row.getLong("rho_micros"), row.getLong("delta_picos")),
                        row.getString("query_digest")))
                .optional()
                .ifPresent(act -> recorder.write(act, () -> jdbc.sql("update privacy_charge set state = :state,"
                                + " settled_at = :now where job = :job and state = 'RESERVED'")
                        .param("state", noNoise ? "RETURNED" : "SPENT")
                        .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                        .param("job", job)
                        .update()));
    }

    /** What the query would cost its recipient now: nothing if it has paid for it before. */
    public Amount cost(AccessGrant grant, String sql) {
        PrivacyClause clause = grant.privacy().orElseThrow();
        boolean paid = jdbc.sql("select exists (select 1 from privacy_charge where family = :family"
                        + " and recipient = :recipient and query_digest = :digest and state = 'SPENT')")
                .param("family", family(grant))
                .param("recipient", grant.assignee())
                .param("digest", PrivateQuery.digest(sql, grant))
                .query(Boolean.class)
                .single();
        return paid ? new Amount(0, 0) : new Amount(clause.queryRhoMicros(), clause.queryDeltaPicos());
    }

    /** The most that the grant's query may still cost, in millionths of rho, with its delta; 0 if nothing is covered. */
    public long affordableRhoMicros(AccessGrant grant) {
        PrivacyClause clause = grant.privacy().orElseThrow();
        long most = clause.queryRhoMicros();
        for (Balance balance : List.of(recipient(grant), all(grant))) {
            boolean delta = clause.queryDeltaPicos() <= balance.left().deltaPicos();
            most = Math.min(most, delta ? balance.left().rhoMicros() : 0);
        }
        return most;
    }

    /** The account of the grant's assignee; the agreement may allow it less than the rule set. */
    public Balance recipient(AccessGrant grant) {
        PrivacyClause agreed = grant.privacy().orElseThrow();
        Amount limit = new Amount(
                Math.min(agreed.recipientRhoMicros(), limits.recipientRhoMicros()),
                Math.min(agreed.recipientDeltaPicos(), limits.recipientDeltaPicos()));
        return balance(family(grant), grant.assignee(), limit);
    }

    public Balance all(String family) {
        return balance(family, "", new Amount(limits.familyRhoMicros(), limits.familyDeltaPicos()));
    }

    public Balance all(AccessGrant grant) {
        return all(family(grant));
    }

    /** The accounts of all recipients of the families of which the organization provides a dataset. */
    public List<Balance> ofProvider(String organization) {
        return accounts("family in (select family from dataset where provider = :organization)", organization);
    }

    public List<Balance> ofRecipient(String organization) {
        return accounts("recipient = :organization", organization);
    }

    private List<Balance> accounts(String where, String organization) {
        Amount limit = new Amount(limits.recipientRhoMicros(), limits.recipientDeltaPicos());
        return jdbc.sql("select family, recipient, " + SUMS + " from privacy_charge where " + where
                        + " group by family, recipient order by family, recipient")
                .param("organization", organization)
                .query((row, number) -> balance(row, row.getString("family"), row.getString("recipient"), limit))
                .list();
    }

    private Balance balance(String family, String recipient, Amount limit) {
        return jdbc.sql("select " + SUMS + " from privacy_charge where family = :family"
                        + " and (:recipient = '' or recipient = :recipient)")
                .param("family", family)
                .param("recipient", recipient)
                .query((row, number) -> balance(row, family, recipient, limit))
                .single();
    }

    private static Balance balance(ResultSet row, String family, String recipient, Amount limit) throws SQLException {
        return new Balance(
                family,
                recipient,
                new Amount(row.getLong("spent_rho"), row.getLong("spent_delta")),
                new Amount(row.getLong("reserved_rho"), row.getLong("reserved_delta")),
                limit);
    }

    private void lock(String family) {
        jdbc.sql("select pg_advisory_xact_lock(hashtextextended(:name, 0))")
                .param("name", "privacy budget " + family)
                .query(row -> {});
    }

    private static String family(AccessGrant grant) {
        return grant.tables().get(0).family();
    }

    private static Act act(ActKind kind, String job, String family, String recipient, Amount cost, String digest) {
        return Act.ofPlatform(
                        kind,
                        job,
                        Map.of(
                                "family", family,
                                "recipient", recipient,
                                "rhoMicros", String.valueOf(cost.rhoMicros()),
                                "deltaPicos", String.valueOf(cost.deltaPicos()),
                                "queryDigest", digest))
                .concerning("privacy-budget:" + family);
    }

    private static ProblemException exhausted(Balance balance, Amount cost, PrivacyClause clause) {
        Amount left = balance.left();
        boolean rho = cost.rhoMicros() > left.rhoMicros();
        String price = rho ? cost.rhoMicros() + " micro-rho" : cost.deltaPicos() + " pico-delta";
        String whose = balance.recipient().isEmpty() ? "all recipients together have" : "your organization has";
        String next = rho && left.rhoMicros() > 0
                ? "Ask for it with at most " + Math.min(left.rhoMicros(), clause.queryRhoMicros())
                        + " micro-rho: a query gets more noise, an element needs a lower epsilon."
                : "Budget that is spent does not come back; the earlier answers remain.";
        String said = "It costs " + price + ", but " + whose + " " + (rho ? left.rhoMicros() : left.deltaPicos())
                + " left on dataset family '" + balance.family() + "'. " + next;
        return new ProblemException(ProblemCode.BUDGET_EXHAUSTED, said);
    }
}
