package io.yunyu.ledger.store;

import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.ledger.event.AuditEvent;
import io.yunyu.ledger.event.Opening;
import io.yunyu.ledger.merkle.SubtreeHashes;
import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.List;

/** The statements on the tables of {@code db/ledger.sql}, on one connection. */
final class LedgerTables implements SubtreeHashes {
    /** Key of the advisory lock that makes appends one after the other; any constant of our own. */
    private static final long LOCK = 0x79756e79756c6f67L;

    private final Connection connection;

    LedgerTables(Connection connection) {
        this.connection = connection;
    }

    void lock() throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement("select pg_advisory_xact_lock(?)")) {
            statement.setLong(1, LOCK);
            statement.execute();
        }
    }

    long size() throws SQLException {
        try (PreparedStatement statement =
                        connection.prepareStatement("select coalesce(max(idx) + 1, 0) from ledger_leaf");
                ResultSet rows = statement.executeQuery()) {
            rows.next();
            return rows.getLong(1);
        }
    }

    void insertLeaf(long index, byte[] leafHash) throws SQLException {
        update("insert into ledger_leaf (idx, leaf_hash) values (?, ?)", index, leafHash);
    }

    void insertNode(int level, long index, byte[] hash) throws SQLException {
        update("insert into ledger_node (level, idx, hash) values (?, ?, ?)", level, index, hash);
    }

    void insertOpening(long index, Opening opening) throws SQLException {
        update(
                "insert into ledger_opening (idx, salt, event) values (?, ?, ?)",
                index,
                opening.salt(),
                opening.event().toText());
    }

    int deleteOpening(long index) throws SQLException {
        return update("delete from ledger_opening where idx = ?", index);
    }

    void insertCheckpoint(SignedCheckpoint signed) throws SQLException {
        Checkpoint checkpoint = signed.checkpoint();
        update(
                "insert into ledger_checkpoint (size, root, note, at) values (?, ?, ?, ?) on conflict do nothing",
                checkpoint.size(),
                checkpoint.root(),
                signed.note(),
                OffsetDateTime.ofInstant(signed.at(), ZoneOffset.UTC));
    }

    /** Checkpoints of a smaller size, newest first. */
    List<SignedCheckpoint> checkpointsBelow(String origin, long size, int limit) throws SQLException {
        return checkpoints(origin, -1, size, limit);
    }

    /** Checkpoints of sizes above and below these bounds. */
    List<SignedCheckpoint> checkpoints(String origin, long above, long below) throws SQLException {
        return checkpoints(origin, above, below, Integer.MAX_VALUE);
    }

    private List<SignedCheckpoint> checkpoints(String origin, long above, long below, int limit) throws SQLException {
        String sql = "select size, root, note, at from ledger_checkpoint where size > ? and size < ?"
                + " order by size desc limit ?";
        List<SignedCheckpoint> checkpoints = new ArrayList<>();
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, above);
            statement.setLong(2, below);
            statement.setInt(3, limit);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    checkpoints.add(new SignedCheckpoint(
                            new Checkpoint(origin, rows.getLong(1), rows.getString(2)),
                            rows.getString(3),
                            rows.getObject(4, OffsetDateTime.class).toInstant()));
                }
            }
        }
        return checkpoints;
    }

    List<Opening> opening(long index) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select salt, event from ledger_opening where idx = ?")) {
            statement.setLong(1, index);
            try (ResultSet rows = statement.executeQuery()) {
                return rows.next()
                        ? List.of(new Opening(rows.getString(1), AuditEvent.parse(rows.getString(2))))
                        : List.of();
            }
        }
    }

    @Override
    public byte[] hash(int level, long index) {
        String sql = level == 0
                ? "select leaf_hash from ledger_leaf where idx = ?"
                : "select hash from ledger_node where idx = ? and level = ?";
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            statement.setLong(1, index);
            if (level > 0) {
                statement.setInt(2, level);
            }
            try (ResultSet rows = statement.executeQuery()) {
                if (!rows.next()) {
                    throw new LedgerRefusedException("The ledger lacks the hash of a subtree (level " + level
                            + ", index " + index + "): its tables are damaged. Restore the database from a backup.");
                }
                return rows.getBytes(1);
            }
        } catch (SQLException e) {
            throw new LedgerException("The ledger's hashes cannot be read from the database.", e);
        }
    }

    /** What sees every leaf hash, ascending. */
    @FunctionalInterface
    interface LeafVisitor {
        void leaf(long index, byte[] hash);
    }

    /** Streams all leaves; needs a transaction, for the server to keep a cursor. */
    /** Leaves from an index on, ascending. */
    void eachLeaf(long from, LeafVisitor visitor) throws SQLException {
        try (PreparedStatement statement =
                connection.prepareStatement("select idx, leaf_hash from ledger_leaf where idx >= ? order by idx")) {
            statement.setLong(1, from);
            statement.setFetchSize(5000);
            try (ResultSet rows = statement.executeQuery()) {
                while (rows.next()) {
                    visitor.leaf(rows.getLong(1), rows.getBytes(2));
                }
            }
        }
    }

    private int update(String sql, Object... values) throws SQLException {
        try (PreparedStatement statement = connection.prepareStatement(sql)) {
            for (int i = 0; i < values.length; i++) {
                statement.setObject(i + 1, values[i]);
            }
            return statement.executeUpdate();
        }
    }
}
