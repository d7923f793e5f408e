package io.yunyu.api.agreement;

import io.yunyu.api.identity.Actor;
import io.yunyu.api.proof.Act;
import io.yunyu.api.proof.Recorder;
import io.yunyu.api.state.ActKind;
import io.yunyu.api.state.Machine;
import io.yunyu.api.state.Moves;
import io.yunyu.api.state.State;
import io.yunyu.contract.agreement.Agreement;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.time.Clock;
import java.time.ZoneOffset;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.dao.DuplicateKeyException;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The agreements on file, with their signatures. */
@Repository
class Agreements {
    private final JdbcClient jdbc;
    private final Recorder recorder;
    private final Moves moves;
    private final Clock clock;

    Agreements(JdbcClient jdbc, Recorder recorder, Moves moves, Clock clock) {
        this.jdbc = jdbc;
        this.recorder = recorder;
        this.moves = moves;
        this.clock = clock;
    }

    /** @throws ProblemException CONFLICT if the uid is taken */
    void draft(Agreement agreement, Actor actor) {
        String text = agreement.toText();
        String digest = ContentDigest.of(text);
        try {
            recorder.write(
                    actor.act(ActKind.AGREEMENT_DRAFTED, agreement.uid(), Map.of("digest", digest)),
                    () -> jdbc.sql("insert into agreement values (:id, 'DRAFT', :document, :digest, :assigner,"
                                    + " :assignee, :from, :until, :now, :now)")
                            .param("id", agreement.uid())
                            .param("document", text)
                            .param("digest", digest)
                            .param("assigner", agreement.assigner())
                            .param("assignee", agreement.assignee())
                            .param("from", agreement.validFrom().atOffset(ZoneOffset.UTC))
                            .param("until", agreement.validUntil().atOffset(ZoneOffset.UTC))
                            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                            .update());
        } catch (DuplicateKeyException e) {
            throw new ProblemException(
                    ProblemCode.CONFLICT, "There is already an agreement with this uid. Choose another uid.");
        }
    }

    /** @throws ProblemException CONFLICT if the party has signed already */
    void sign(AgreementRecord agreement, String party, Signature signature, Actor actor) {
        try {
            recorder.write(
                    actor.act(
                            ActKind.AGREEMENT_SIGNED,
                            agreement.id(),
                            Map.of("party", party, "digest", agreement.digest(), "key", signature.key())),
                    () -> jdbc.sql("insert into agreement_signature values (:id, :party, :key, :value, :by, :now)")
                            .param("id", agreement.id())
                            .param("party", party)
                            .param("key", signature.key())
                            .param("value", signature.value())
                            .param("by", actor.person())
                            .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                            .update());
        } catch (DuplicateKeyException e) {
            throw new ProblemException(ProblemCode.CONFLICT, "The " + party + " has signed this agreement already.");
        }
    }

    void move(AgreementRecord agreement, State to, java.util.function.Function<ActKind, Act> act) {
        moves.move(Machine.AGREEMENT, agreement.id(), agreement.state(), to, act, () -> {});
    }

    Optional<AgreementRecord> find(String id) {
        return list("where id = :value", id).stream().findFirst();
    }

    /** Locks the agreement's row for the rest of the transaction. */
    Optional<AgreementRecord> lock(String id) {
        jdbc.sql("select 1 from agreement where id = :id for update")
                .param("id", id)
                .query(Integer.class)
                .optional();
        return find(id);
    }

    List<AgreementRecord> of(String organization) {
        return list("where assigner = :value or assignee = :value order by created_at desc", organization);
    }

    /** What is past its term and still counts as a draft or in force. */
    List<String> overdue() {
        return jdbc.sql("select id from agreement where state in ('DRAFT', 'ACTIVE') and valid_until <= :now")
                .param("now", clock.instant().atOffset(ZoneOffset.UTC))
                .query(String.class)
                .list();
    }

    private List<AgreementRecord> list(String where, String value) {
        Map<String, Map<String, Signature>> signatures = new HashMap<>();
        // Two queries, one after the other: one inside the other would hold a connection while it waits for a second.
        jdbc.sql("select * from agreement_signature where agreement in (select id from agreement " + where + ")")
                .param("value", value)
                .query(row -> {
                    signatures
                            .computeIfAbsent(row.getString("agreement"), id -> new HashMap<>())
                            .put(row.getString("party"), new Signature(row.getString("key"), row.getString("value")));
                });
        return jdbc.sql("select id, state, document, digest from agreement " + where)
                .param("value", value)
                .query((row, number) -> new AgreementRecord(
                        row.getString("id"),
                        State.valueOf(row.getString("state")),
                        row.getString("document"),
                        row.getString("digest"),
                        signatures.getOrDefault(row.getString("id"), Map.of())))
                .list();
    }
}
