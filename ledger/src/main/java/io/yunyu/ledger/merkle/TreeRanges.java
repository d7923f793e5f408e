package io.yunyu.ledger.merkle;

import io.yunyu.contract.merkle.ConsistencyProof;
import io.yunyu.contract.merkle.MerkleHashing;
import java.util.ArrayList;
import java.util.List;

/** The recursive definitions of RFC 6962 section 2.1 over stored subtrees. */
public final class TreeRanges {
    private final SubtreeHashes hashes;

    public TreeRanges(SubtreeHashes hashes) {
        this.hashes = hashes;
    }

    /** The root of the first {@code size} leaves, in O(log size) hashes. */
    public byte[] root(long size) {
        return size == 0 ? MerkleHashing.empty() : hash(0, size);
    }

    /** Proof that the first {@code to} leaves continue the first {@code from}, in O(log to) hashes. */
    public ConsistencyProof consistencyProof(long from, long to) {
        List<byte[]> path = new ArrayList<>();
        if (from > 0 && from < to) {
            consistency(from, 0, to, true, path);
        }
        return new ConsistencyProof(from, to, path);
    }

    /** Hash of leaves begin (inclusive) to end (exclusive), as they occur in the recursion: begin is aligned. */
    private byte[] hash(long begin, long end) {
        long size = end - begin;
        if ((size & (size - 1)) == 0) {
            int level = Long.numberOfTrailingZeros(size);
            return hashes.hash(level, begin >> level);
        }
        long middle = begin + largestPowerBelow(size);
        return MerkleHashing.node(hash(begin, middle), hash(middle, end));
    }

    /** PATH(index, D[begin:end]). */
    void inclusion(long index, long begin, long end, List<byte[]> path) {
        if (end - begin == 1) {
            return;
        }
        long middle = begin + largestPowerBelow(end - begin);
        if (index < middle) {
            inclusion(index, begin, middle, path);
            path.add(hash(middle, end));
        } else {
            inclusion(index, middle, end, path);
            path.add(hash(begin, middle));
        }
    }

    /** SUBPROOF(from, D[begin:end], whole): {@code from} counts from the beginning of the log. */
    private void consistency(long from, long begin, long end, boolean whole, List<byte[]> path) {
        if (from == end) {
            if (!whole) {
                path.add(hash(begin, end));
            }
            return;
        }
        long middle = begin + largestPowerBelow(end - begin);
        if (from <= middle) {
            consistency(from, begin, middle, whole, path);
            path.add(hash(middle, end));
        } else {
            consistency(from, middle, end, false, path);
            path.add(hash(begin, middle));
        }
    }

    private static long largestPowerBelow(long size) {
        return Long.highestOneBit(size - 1);
    }
}
