package io.yunyu.ledger.store;

import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.merkle.ConsistencyProof;
import io.yunyu.contract.merkle.MerkleHashing;
import io.yunyu.ledger.checkpoint.CheckpointSigner;
import io.yunyu.ledger.checkpoint.LogKey;
import io.yunyu.ledger.event.AuditEvent;
import io.yunyu.ledger.event.Opening;
import io.yunyu.ledger.merkle.InclusionProof;
import io.yunyu.ledger.merkle.TreeRanges;
import java.io.IOException;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Clock;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import javax.sql.DataSource;
import org.jspecify.annotations.Nullable;

/**
 * A {@link Ledger} in PostgreSQL, in the tables of the resource {@code db/ledger.sql}. Appends are put in order by an
 * advisory lock that the database releases with the transaction; the hashes of complete subtrees are stored as they
 * arise, so an append writes two rows on average and reads O(log n).
 */
public final class PostgresLedger implements Ledger {
    private final DataSource database;
    private final LogKey logKey;
    private final CheckpointFile outside;
    private final Clock clock;
    /** Why nothing is signed any more. */
    private volatile @Nullable LedgerRefusedException refused;

    /**
     * @param database with the ledger's tables
     * @param logKey the key that checkpoints are signed with
     * @param checkpointsLog the file outside the database; its directory must exist
     */
    public PostgresLedger(DataSource database, LogKey logKey, Path checkpointsLog, Clock clock) {
        this.database = database;
        this.logKey = logKey;
        this.outside = new CheckpointFile(checkpointsLog, logKey);
        this.clock = clock;
    }

    @Override
    public long append(Connection transaction, AuditEvent event) throws SQLException {
        if (transaction.getAutoCommit()
                || transaction.getTransactionIsolation() != Connection.TRANSACTION_READ_COMMITTED) {
            throw new IllegalStateException(
                    "An event is appended in a transaction of isolation READ COMMITTED: a snapshot taken before the"
                            + " ledger's lock would not see the last event.");
        }
        LedgerTables tables = new LedgerTables(transaction);
        tables.lock();
        long index = tables.size();
        Opening opening = Opening.of(event);
        byte[] hash = opening.leafHash();
        tables.insertLeaf(index, hash);
        tables.insertOpening(index, opening);
        int level = 0;
        for (long position = index; (position & 1) == 1; position >>= 1) {
            hash = MerkleHashing.node(tables.hash(level, position - 1), hash);
            level++;
            tables.insertNode(level, index >> level, hash);
        }
        return index;
    }

    @Override
    public SignedCheckpoint checkpoint(CheckpointSigner signer) {
        return inTransaction(tables -> {
            LedgerRefusedException found = refused;
            if (found != null) {
                throw found;
            }
            // Under the lock no append is under way, so the size covers exactly what is committed.
            tables.lock();
            long size = tables.size();
            List<SignedCheckpoint> last = tables.checkpointsBelow(logKey.origin(), Long.MAX_VALUE, 1);
            if (!last.isEmpty() && last.get(0).checkpoint().size() == size) {
                return last.get(0);
            }
            String root = StrictBase64.encode(new TreeRanges(tables).root(size));
            SignedCheckpoint signed =
                    sign(new Checkpoint(logKey.origin(), size, root), signer, from -> new TreeRanges(tables)
                            .consistencyProof(from, size));
            // Outside first: a checkpoint that only the database knows could vanish with it.
            outside.append(signed);
            tables.insertCheckpoint(signed);
            return signed;
        });
    }

    private SignedCheckpoint sign(
            Checkpoint checkpoint, CheckpointSigner signer, CheckpointSigner.Continuation continuation)
            throws IOException {
        String note = signer.sign(checkpoint, continuation);
        try {
            if (logKey.open(note).equals(checkpoint)) {
                Instant at = clock.instant().truncatedTo(ChronoUnit.MILLIS);
                return new SignedCheckpoint(checkpoint, note, at);
            }
        } catch (JsonException e) {
            throw new LedgerException("The signer's note does not hold: " + e.getMessage());
        }
        throw new LedgerException("The signer signed another checkpoint than the one it was given.");
    }

    @Override
    public Optional<SignedCheckpoint> latestCheckpoint() {
        return checkpointsBelow(Long.MAX_VALUE, 1).stream().findFirst();
    }

    @Override
    public List<SignedCheckpoint> checkpointsBelow(long size, int limit) {
        return inTransaction(tables -> {
            List<SignedCheckpoint> checkpoints = new ArrayList<>(tables.checkpointsBelow(logKey.origin(), size, limit));
            Collections.reverse(checkpoints);
            return List.copyOf(checkpoints);
        });
    }

    @Override
    public InclusionProof inclusionProof(long index, long size) {
        return inTransaction(tables -> InclusionProof.of(index, bounded(size, tables), tables));
    }

    @Override
    public ConsistencyProof consistencyProof(long from, long to) {
        return inTransaction(tables -> new TreeRanges(tables).consistencyProof(from, bounded(to, tables)));
    }

    private static long bounded(long size, LedgerTables tables) throws SQLException {
        if (size > tables.size()) {
            throw new IllegalArgumentException("The ledger is smaller than the size that a proof was asked for.");
        }
        return size;
    }

    @Override
    public Optional<Opening> opening(long index) {
        return inTransaction(tables -> tables.opening(index).stream().findFirst());
    }

    @Override
    public boolean eraseOpening(Connection transaction, long index) throws SQLException {
        return new LedgerTables(transaction).deleteOpening(index) > 0;
    }

    @Override
    public void reconcile() {
        Reconciled done = inTransaction(tables -> {
            tables.lock();
            Reconciliation reconciliation = new Reconciliation(tables, outside, logKey.origin());
            return reconciliation.run(outside.reconciled().orElse(Reconciled.NOTHING));
        });
        outside.keep(done);
    }

    @Override
    public void audit() {
        try {
            // What is outside is read first: the database then holds all that it speaks of.
            List<SignedCheckpoint> kept = outside.read();
            inTransaction(tables -> {
                new Reconciliation(tables, outside, logKey.origin()).compareAll(kept);
                return true;
            });
        } catch (LedgerRefusedException e) {
            refused = e;
            throw e;
        }
    }

    private <T> T inTransaction(Work<T> work) {
        try (Connection connection = database.getConnection()) {
            connection.setTransactionIsolation(Connection.TRANSACTION_READ_COMMITTED);
            connection.setAutoCommit(false);
            try {
                T result = work.on(new LedgerTables(connection));
                connection.commit();
                return result;
            } catch (SQLException | IOException | RuntimeException e) {
                connection.rollback();
                throw e;
            } finally {
                connection.setAutoCommit(true);
            }
        } catch (SQLException e) {
            throw new LedgerException("The ledger's database cannot be used: " + e.getMessage(), e);
        } catch (IOException e) {
            throw new LedgerException("The ledger's signer or outside file cannot be used: " + e.getMessage(), e);
        }
    }

    @FunctionalInterface
    private interface Work<T> {
        T on(LedgerTables tables) throws SQLException, IOException;
    }
}
