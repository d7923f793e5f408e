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

    void run() throws SQLException, IOException {
        List<SignedCheckpoint> kept = outside.readAndRepair();
        Map<Long, String> expected = new HashMap<>();
        for (SignedCheckpoint signed : kept) {
            Checkpoint checkpoint = signed.checkpoint();
            String other = expected.put(checkpoint.size(), checkpoint.root());
            if (other != null && !other.equals(checkpoint.root())) {
                throw new LedgerRefusedException("Two checkpoints of size " + checkpoint.size() + " in " + outside
                        + " have different roots: the log was forked.");
            }
        }
        requireTree(expected);
        requireKnown(expected);
        for (SignedCheckpoint signed : kept) {
            // Signed and kept outside, but the crash came before the database's commit.
            tables.insertCheckpoint(signed);
        }
    }

    private void requireTree(Map<Long, String> expected) throws SQLException {
        Set<Long> open = new HashSet<>(expected.keySet());
        CompactRange tree = new CompactRange();
        compare(tree, expected, open);
        tables.eachLeaf((index, hash) -> {
            if (index != tree.size()) {
                throw new LedgerRefusedException("The ledger lacks the event of index " + tree.size()
                        + ": events were removed from the database.");
            }
            tree.append(hash);
            compare(tree, expected, open);
        });
        if (!open.isEmpty()) {
            throw new LedgerRefusedException("The database holds " + tree.size() + " events, but a checkpoint of size "
                    + open.stream().max(Long::compare).orElseThrow() + " was signed and kept in " + outside
                    + ": the database was rolled back or replaced. Restore its newest backup.");
        }
        if (!Arrays.equals(new TreeRanges(tables).root(tree.size()), tree.root())) {
            throw new LedgerRefusedException(
                    "The stored subtree hashes do not belong to the stored events: the" + " database was changed.");
        }
    }

    private void compare(CompactRange tree, Map<Long, String> expected, Set<Long> open) {
        String root = expected.get(tree.size());
        if (root != null && !root.equals(StrictBase64.encode(tree.root()))) {
            throw new LedgerRefusedException("The first " + tree.size() + " events of the database differ from those of"
                    + " the signed checkpoint in " + outside + ": the log was changed or forked.");
        }
        open.remove(tree.size());
    }

    /** Checkpoints go outside first, so one that only the database has means that the outside file was cut. */
    private void requireKnown(Map<Long, String> expected) throws SQLException {
        for (SignedCheckpoint signed : tables.checkpointsBelow(origin, Long.MAX_VALUE, Integer.MAX_VALUE)) {
            Checkpoint checkpoint = signed.checkpoint();
            if (!checkpoint.root().equals(expected.get(checkpoint.size()))) {
                throw new LedgerRefusedException("The database has a checkpoint of size " + checkpoint.size() + " that "
                        + outside + " lacks or contradicts: the file was cut, removed or changed. Restore it.");
            }
        }
    }
}
