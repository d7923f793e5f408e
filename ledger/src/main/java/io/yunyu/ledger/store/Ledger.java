package io.yunyu.ledger.store;

import io.yunyu.contract.merkle.ConsistencyProof;
import io.yunyu.ledger.checkpoint.CheckpointSigner;
import io.yunyu.ledger.event.AuditEvent;
import io.yunyu.ledger.event.Opening;
import io.yunyu.ledger.merkle.InclusionProof;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;

/**
 * The append-only log of what happened. An act and its event are written in one transaction; nothing may be handed out
 * before a {@linkplain #checkpoint signed checkpoint} covers its event.
 */
public interface Ledger {
    /**
     * Appends an event within the caller's transaction and gives its index. Other appends wait until that transaction
     * ends, so the caller appends last. Indexes have no gaps: a rolled-back append leaves none.
     *
     * @param transaction with auto-commit off and isolation READ COMMITTED
     */
    long append(Connection transaction, AuditEvent event) throws SQLException;

    /**
     * Signs the state of all committed events and keeps the note in the database and outside of it. If nothing was
     * appended since the last checkpoint, gives that one.
     *
     * @throws LedgerException if the signer refuses or a store cannot be written; then no checkpoint was made
     */
    SignedCheckpoint checkpoint(CheckpointSigner signer);

    Optional<SignedCheckpoint> latestCheckpoint();

    /** Checkpoints of a size smaller than {@code size}, ascending; the newest {@code limit} of them. */
    List<SignedCheckpoint> checkpointsBelow(long size, int limit);

    /** Proof that the event at {@code index} is in the tree of {@code size}; O(log size) reads. */
    InclusionProof inclusionProof(long index, long size);

    /** Proof that the tree of {@code to} continues that of {@code from}; O(log to) reads. */
    ConsistencyProof consistencyProof(long from, long to);

    /** What opens the event at an index; empty if there is none or it was erased. */
    Optional<Opening> opening(long index);

    /** Erases what opens an event; the tree and all proofs stay. Gives whether there was something to erase. */
    boolean eraseOpening(Connection transaction, long index) throws SQLException;

    /**
     * Compares the database with the checkpoints kept outside of it; to be called at start, before anything is appended.
     * Reads what was added since the last time only: what an earlier call found good is compared by its root, from
     * stored subtrees. That no single old leaf was changed beside them is for {@link #audit} to find.
     *
     * @throws LedgerRefusedException if the database is behind an outside checkpoint, differs from it, or has
     *     checkpoints that the outside file lacks
     */
    void reconcile();

    /**
     * Recomputes the whole tree from its leaves and compares it with every checkpoint kept outside; beside the running
     * ledger, which goes on meanwhile. Reads every leaf once.
     *
     * @throws LedgerRefusedException as {@link #reconcile}; from then on no checkpoint is made
     */
    void audit();
}
