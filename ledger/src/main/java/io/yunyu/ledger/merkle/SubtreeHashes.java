package io.yunyu.ledger.merkle;

/** Hashes of the complete subtrees of a log: all that roots and proofs need, whatever they are stored in. */
@FunctionalInterface
public interface SubtreeHashes {
    /**
     * The hash of the subtree of {@code 2^level} leaves that begins at leaf {@code index * 2^level}; level 0 are leaf
     * hashes. Asked only for subtrees that are complete.
     */
    byte[] hash(int level, long index);
}
