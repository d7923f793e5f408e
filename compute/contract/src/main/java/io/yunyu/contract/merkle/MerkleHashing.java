package io.yunyu.contract.merkle;

import io.yunyu.contract.encoding.ContentDigest;

/** The hashes of RFC 6962 section 2.1: leaves and inner nodes are set apart by their first byte. */
public final class MerkleHashing {
    public static final int HASH_BYTES = 32;

    private static final byte[] LEAF = {0};
    private static final byte[] NODE = {1};

    private MerkleHashing() {}

    /** The root of a tree without leaves. */
    public static byte[] empty() {
        return ContentDigest.sha256();
    }

    public static byte[] leaf(byte[] data) {
        return ContentDigest.sha256(LEAF, data);
    }

    public static byte[] node(byte[] left, byte[] right) {
        return ContentDigest.sha256(NODE, left, right);
    }
}
