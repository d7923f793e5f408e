package io.yunyu.ledger.merkle;

import io.yunyu.contract.merkle.MerkleHashing;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shows that a leaf is at an index of the tree of a given size (RFC 9162 section 2.1.3).
 *
 * @param path hashes from the leaf's sibling upwards; not copied
 */
public record InclusionProof(long index, long size, List<byte[]> path) {
    public InclusionProof {
        path = List.copyOf(path);
        if (index < 0 || index >= size) {
            throw new IllegalArgumentException("An inclusion proof's index must lie inside its tree.");
        }
    }

    /** Makes a proof in O(log size) hashes. */
    public static InclusionProof of(long index, long size, SubtreeHashes hashes) {
        List<byte[]> path = new ArrayList<>();
        if (index >= 0 && index < size) {
            new TreeRanges(hashes).inclusion(index, 0, size, path);
        }
        return new InclusionProof(index, size, path);
    }

    /** Whether the proof holds for this leaf under this root; the algorithm of RFC 9162 section 2.1.3.2. */
    public boolean holds(byte[] leafHash, byte[] root) {
        long position = index;
        long last = size - 1;
        byte[] hash = leafHash;
        for (byte[] sibling : path) {
            if (last == 0) {
                return false;
            }
            if ((position & 1) == 1 || position == last) {
                hash = MerkleHashing.node(sibling, hash);
                while ((position & 1) == 0 && position != 0) {
                    position >>= 1;
                    last >>= 1;
                }
            } else {
                hash = MerkleHashing.node(hash, sibling);
            }
            position >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(hash, root);
    }
}
