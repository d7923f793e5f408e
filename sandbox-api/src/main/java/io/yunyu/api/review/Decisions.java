package io.yunyu.api.review;

import io.yunyu.api.identity.Actor;
import io.yunyu.api.job.Job;
import io.yunyu.api.state.Machine;
import io.yunyu.api.state.Moves;
import io.yunyu.api.state.State;
import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.encoding.ContentDigest;
import io.yunyu.contract.job.Approval;
import java.time.ZoneOffset;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Repository;

/** The decisions on file: one for each job. */
@Repository
public class Decisions {
    private final JdbcClient jdbc;
    private final Moves moves;

    Decisions(JdbcClient jdbc, Moves moves) {
        this.jdbc = jdbc;
        this.moves = moves;
    }

    /** Of two decisions at once exactly one is kept; the other one's caller gets a conflict. */
    void decide(Job job, Decision decision, Actor reviewer) {
        Approval approval = decision.approval();
        State to = approval.decision().equals("APPROVE") ? State.APPROVED : State.DENIED;
        moves.move(
                Machine.JOB,
                job.id(),
                State.IN_REVIEW,
                to,
                kind -> reviewer.act(
                        kind,
                        job.id(),
                        Map.of(
                                "candidateDigest", approval.candidateDigest(),
                                "reportDigest", approval.reportDigest(),
                                "policyVersion", approval.policyVersion(),
                                "approvalDigest", ContentDigest.of(approval.toText()),
                                "key", decision.signature().key())),
                () -> jdbc.sql(
                                "insert into review_decision values (:job, :decision, :document, :key, :value, :reviewer,"
                                        + " :at)")
                        .param("job", job.id())
                        .param("decision", approval.decision())
                        .param("document", approval.toText())
                        .param("key", decision.signature().key())
                        .param("value", decision.signature().value())
                        .param("reviewer", reviewer.person())
                        .param("at", approval.at().atOffset(ZoneOffset.UTC))
                        .update());
    }

    public Optional<Decision> find(String job) {
        return jdbc.sql("select * from review_decision where job = :job")
                .param("job", job)
                .query((row, number) -> new Decision(
                        Approval.parse(row.getString("document")),
                        new Signature(row.getString("key"), row.getString("value"))))
                .optional();
    }
}
