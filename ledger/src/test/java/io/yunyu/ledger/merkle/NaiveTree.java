package io.yunyu.ledger.merkle;

import io.yunyu.contract.merkle.MerkleHashing;
import java.util.ArrayList;
import java.util.List;

/** RFC 6962's definitions word for word, over a list: slow, and the measure of everything faster. */
public final class NaiveTree implements SubtreeHashes {
    private final List<byte[]> leafHashes = new ArrayList<>();

    public void append(byte[] leafHash) {
        leafHashes.add(leafHash);
    }

    public byte[] root(long size) {
        return hash(leafHashes.subList(0, (int) size));
    }

    public List<byte[]> inclusion(int index, int size) {
        return path(index, leafHashes.subList(0, size));
    }

    public List<byte[]> consistency(int from, int to) {
        return from == 0 ? List.of() : subproof(from, leafHashes.subList(0, to), true);
    }

    @Override
    public byte[] hash(int level, long index) {
        return hash(leafHashes.subList((int) (index << level), (int) ((index + 1) << level)));
    }

    private static byte[] hash(List<byte[]> leaves) {
        if (leaves.isEmpty()) {
            return MerkleHashing.empty();
        }
        if (leaves.size() == 1) {
            return leaves.get(0);
        }
        int k = split(leaves.size());
        return MerkleHashing.node(hash(leaves.subList(0, k)), hash(leaves.subList(k, leaves.size())));
    }

    private static List<byte[]> path(int m, List<byte[]> leaves) {
        if (leaves.size() == 1) {
            return List.of();
        }
        int k = split(leaves.size());
        List<byte[]> left = leaves.subList(0, k);
        List<byte[]> right = leaves.subList(k, leaves.size());
        return m < k ? plus(path(m, left), hash(right)) : plus(path(m - k, right), hash(left));
    }

    private static List<byte[]> subproof(int m, List<byte[]> leaves, boolean whole) {
        if (m == leaves.size()) {
            return whole ? List.of() : List.of(hash(leaves));
        }
        int k = split(leaves.size());
        List<byte[]> left = leaves.subList(0, k);
        List<byte[]> right = leaves.subList(k, leaves.size());
        return m <= k ? plus(subproof(m, left, whole), hash(right)) : plus(subproof(m - k, right, false), hash(left));
    }

    private static List<byte[]> plus(List<byte[]> path, byte[] hash) {
        List<byte[]> longer = new ArrayList<>(path);
        longer.add(hash);
        return longer;
    }

    private static int split(int n) {
        int k = 1;
        while (k * 2 < n) {
            k *= 2;
        }
        return k;
    }
}
