package io.yunyu.ledger.merkle;

import io.yunyu.contract.merkle.MerkleHashing;
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

    /** The tree of the first {@code size} leaves, from stored subtrees. */
    public static CompactRange at(long size, SubtreeHashes hashes) {
        CompactRange range = new CompactRange();
        for (long rest = size, done = 0; rest > 0; rest -= Long.highestOneBit(rest)) {
            int level = Long.numberOfTrailingZeros(Long.highestOneBit(rest));
            range.peaks.add(hashes.hash(level, done >> level));
            done += Long.highestOneBit(rest);
        }
        range.size = size;
        return range;
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
