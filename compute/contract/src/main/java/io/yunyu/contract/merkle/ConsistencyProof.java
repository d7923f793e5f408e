package io.yunyu.contract.merkle;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Shows that the tree of the later size begins with the tree of the earlier one: nothing was changed or removed (RFC
 * 9162 section 2.1.4).
 *
 * @param path not copied; empty if the sizes are equal or the earlier tree is empty
 */
public record ConsistencyProof(long from, long to, List<byte[]> path) {
    public ConsistencyProof {
        path = List.copyOf(path);
        if (from < 0 || from > to) {
            throw new IllegalArgumentException("A consistency proof leads from a size to one that is not smaller.");
        }
    }

    /** Whether the proof holds between these roots; the algorithm of RFC 9162 section 2.1.4.2. */
    public boolean holds(byte[] earlierRoot, byte[] laterRoot) {
        if (from == to) {
            return path.isEmpty() && Arrays.equals(earlierRoot, laterRoot);
        }
        if (from == 0) {
            return path.isEmpty() && Arrays.equals(earlierRoot, MerkleHashing.empty());
        }
        List<byte[]> hashes = new ArrayList<>(path);
        if ((from & (from - 1)) == 0) {
            hashes.add(0, earlierRoot);
        }
        return !hashes.isEmpty() && climb(hashes, earlierRoot, laterRoot);
    }

    private boolean climb(List<byte[]> hashes, byte[] earlierRoot, byte[] laterRoot) {
        long position = from - 1;
        long last = to - 1;
        while ((position & 1) == 1) {
            position >>= 1;
            last >>= 1;
        }
        byte[] earlier = hashes.get(0);
        byte[] later = earlier;
        for (byte[] sibling : hashes.subList(1, hashes.size())) {
            if (last == 0) {
                return false;
            }
            if ((position & 1) == 1 || position == last) {
                earlier = MerkleHashing.node(sibling, earlier);
                later = MerkleHashing.node(sibling, later);
                while ((position & 1) == 0 && position != 0) {
                    position >>= 1;
                    last >>= 1;
                }
            } else {
                later = MerkleHashing.node(later, sibling);
            }
            position >>= 1;
            last >>= 1;
        }
        return last == 0 && Arrays.equals(earlier, earlierRoot) && Arrays.equals(later, laterRoot);
    }
}
