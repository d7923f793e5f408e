package io.yunyu.ledger.merkle;

import java.util.ArrayList;
import java.util.List;

/**
 * The hashes of the complete subtrees that make up a tree, largest first: enough to append to it and to know its root.
 * Holds one hash per one-bit of the size. Not safe for several threads.
 */
public final class CompactRange {
    private final List<byte[]> peaks = new ArrayList<>();
    private long size;

    /** What is told of each inner subtree that an append completes. */
    @FunctionalInterface
    public interface Completed {
        void subtree(int level, long index, byte[] hash);
    }

    public long size() {
        return size;
    }

    public void append(byte[] leafHash) {
        append(leafHash, (level, index, hash) -> {});
    }

    /** Appends a leaf and reports the inner subtrees it completes, smallest first. */
    public void append(byte[] leafHash, Completed completed) {
        byte[] hash = leafHash;
        int level = 0;
        for (long rest = size; (rest & 1) == 1; rest >>= 1) {
            hash = MerkleHashing.node(peaks.remove(peaks.size() - 1), hash);
            level++;
            completed.subtree(level, size >> level, hash);
        }
        peaks.add(hash);
        size++;
    }

    /** The Merkle tree hash of all leaves so far. */
    public byte[] root() {
        if (peaks.isEmpty()) {
            return MerkleHashing.empty();
        }
        byte[] root = peaks.get(peaks.size() - 1);
        for (int i = peaks.size() - 2; i >= 0; i--) {
            root = MerkleHashing.node(peaks.get(i), root);
        }
        return root;
    }
}
