package io.yunyu.ledger.store;

import io.yunyu.contract.checkpoint.Checkpoint;
import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.ledger.merkle.CompactRange;
import io.yunyu.ledger.merkle.TreeRanges;
import java.io.IOException;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Compares the database with the checkpoints kept outside of it. */
final class Reconciliation {
    private final LedgerTables tables;
    private final CheckpointFile outside;
    private final String origin;

    Reconciliation(LedgerTables tables, CheckpointFile outside, String origin) {
        this.tables = tables;
        this.outside = outside;
        this.origin = origin;
    }

    /** Compares what is new since {@code base} and brings the database up to the outside file. @return the new base */
    Reconciled run(Reconciled base) throws SQLException, IOException {
        List<SignedCheckpoint> kept = outside.readAndRepair(base);
        Map<Long, String> expected = expected(kept);
        expected.merge(base.size(), base.root(), (other, root) -> {
            requireSame(base.size(), other, root);
            return root;
        });
        requireTree(base.size(), expected);
        requireKnown(base.size(), Long.MAX_VALUE, expected);
        for (SignedCheckpoint signed : kept) {
            // Signed and kept outside, but the crash came before the database's commit.
            tables.insertCheckpoint(signed);
        }
        long size = expected.keySet().stream().max(Long::compare).orElseThrow();
        return outside.upTo(size, String.valueOf(expected.get(size)));
    }

    /** Compares everything with these checkpoints, which may be older than the database. */
    void compareAll(List<SignedCheckpoint> kept) throws SQLException {
        Map<Long, String> expected = expected(kept);
        requireTree(0, expected);
        expected.keySet().stream().max(Long::compare).ifPresent(newest -> requireKnownUpTo(newest, expected));
    }

    private void requireKnownUpTo(long newest, Map<Long, String> expected) {
        try {
            requireKnown(0, newest + 1, expected);
        } catch (SQLException e) {
            throw new LedgerException("The ledger's database cannot be used: " + e.getMessage(), e);
        }
    }

    private Map<Long, String> expected(List<SignedCheckpoint> kept) {
        Map<Long, String> expected = new HashMap<>();
        for (SignedCheckpoint signed : kept) {
            Checkpoint checkpoint = signed.checkpoint();
            String other = expected.put(checkpoint.size(), checkpoint.root());
            if (other != null) {
                requireSame(checkpoint.size(), other, checkpoint.root());
            }
        }
        return expected;
    }

    private void requireSame(long size, String root, String other) {
        if (!root.equals(other)) {
            throw new LedgerRefusedException("Two checkpoints of size " + size + " in " + outside
                    + " have different roots: the log was forked.");
        }
    }

    /** @param from size up to which stored subtrees are taken for the leaves */
    private void requireTree(long from, Map<Long, String> expected) throws SQLException {
        Set<Long> open = new HashSet<>(expected.keySet());
        TreeRanges stored = new TreeRanges(tables);
        long there = tables.size();
        if (from <= there) {
            for (long size : expected.keySet().stream().filter(s -> s < from).toList()) {
                requireRoot(size, stored.root(size), expected, open);
            }
            CompactRange tree = CompactRange.at(from, tables);
            requireRoot(from, tree.root(), expected, open);
            tables.eachLeaf(from, (index, hash) -> {
                if (index != tree.size()) {
                    throw new LedgerRefusedException("The ledger lacks the event of index " + tree.size()
                            + ": events were removed from the database.");
                }
                tree.append(hash);
                requireRoot(tree.size(), tree.root(), expected, open);
            });
            there = tree.size();
            if (open.isEmpty() && !Arrays.equals(stored.root(there), tree.root())) {
                throw new LedgerRefusedException(
                        "The stored subtree hashes do not belong to the stored events: the database was changed.");
            }
        }
        if (!open.isEmpty()) {
            throw new LedgerRefusedException("The database holds " + there + " events, but a checkpoint of size "
                    + open.stream().max(Long::compare).orElseThrow() + " was signed and kept in " + outside
                    + ": the database was rolled back or replaced. Restore its newest backup.");
        }
    }

    private void requireRoot(long size, byte[] found, Map<Long, String> expected, Set<Long> open) {
        String root = expected.get(size);
        if (root != null && !root.equals(StrictBase64.encode(found))) {
            throw new LedgerRefusedException("The first " + size + " events of the database differ from those of"
                    + " the signed checkpoint in " + outside + ": the log was changed or forked.");
        }
        open.remove(size);
    }

    /** Checkpoints go outside first, so one that only the database has means that the outside file was cut. */
    private void requireKnown(long above, long below, Map<Long, String> expected) throws SQLException {
        for (SignedCheckpoint signed : tables.checkpoints(origin, above, below)) {
            Checkpoint checkpoint = signed.checkpoint();
            if (!checkpoint.root().equals(expected.get(checkpoint.size()))) {
                throw new LedgerRefusedException("The database has a checkpoint of size " + checkpoint.size() + " that "
                        + outside + " lacks or contradicts: the file was cut, removed or changed. Restore it.");
            }
        }
    }
}
