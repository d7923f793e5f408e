package io.yunyu.api.proof;

import io.yunyu.api.engine.Vault;
import io.yunyu.contract.merkle.ConsistencyProof;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.ledger.release.EarlierCheckpoint;
import io.yunyu.ledger.release.LoggedEvent;
import io.yunyu.ledger.release.ReleaseProof;
import io.yunyu.ledger.store.Ledger;
import io.yunyu.ledger.store.SignedCheckpoint;
import java.util.List;
import org.springframework.jdbc.core.simple.JdbcClient;
import org.springframework.stereotype.Component;

/** What the ledger shows to others: checkpoints, opened events, proofs. */
@Component
public class Proofs {
    private static final int EARLIER = 64;

    private final Ledger ledger;
    private final Vault vault;
    private final JdbcClient jdbc;

    Proofs(Ledger ledger, Vault vault, JdbcClient jdbc) {
        this.ledger = ledger;
        this.vault = vault;
        this.jdbc = jdbc;
    }

    /** A signed checkpoint that covers everything so far. */
    public SignedCheckpoint checkpoint() {
        return ledger.checkpoint(vault);
    }

    /** @throws ProblemException BAD_REQUEST if the sizes are not those of two states of the log, in order */
    public ConsistencyProof consistency(long from, long to) {
        long size = checkpoint().checkpoint().size();
        if (from < 1 || from > to || to > size) {
            throw new ProblemException(
                    ProblemCode.BAD_REQUEST, "Give sizes with 1 <= from <= to <= " + size + ", the log's size.");
        }
        return ledger.consistencyProof(from, to);
    }

    /** Indexes of the events that concern the subject, ascending. */
    public List<Long> leaves(String subject) {
        return jdbc.sql("select leaf from act_subject where subject = :subject order by leaf")
                .param("subject", subject)
                .query(Long.class)
                .list();
    }

    /** The events, opened. */
    public List<LoggedEvent> open(List<Long> leaves) {
        return leaves.stream()
                .map(leaf -> new LoggedEvent(
                        leaf,
                        ledger.opening(leaf)
                                .orElseThrow(() -> new ProblemException(
                                        ProblemCode.INTERNAL, "An event of the ledger can no longer be opened."))))
                .toList();
    }

    /** That the events are under the checkpoint and that it continues earlier ones. */
    public ReleaseProof proof(List<Long> leaves, SignedCheckpoint under) {
        long size = under.checkpoint().size();
        return new ReleaseProof(
                leaves.stream().map(leaf -> ledger.inclusionProof(leaf, size)).toList(),
                ledger.checkpointsBelow(size, EARLIER).stream()
                        .filter(earlier -> earlier.checkpoint().size() > 0)
                        .map(earlier -> new EarlierCheckpoint(
                                earlier.checkpoint().root(),
                                ledger.consistencyProof(earlier.checkpoint().size(), size)))
                        .toList());
    }
}
