package io.yunyu.engine.channel;

import java.util.List;

/**
 * Where the differencing guard keeps its memory: sealed entries with the control plane, the key with the vault. A family's
 * memory is locked from the first question of a job to its end.
 *
 * <p>Every method throws {@link KeyAccessDenied} if it is refused.
 */
public interface GuardQuestions {
    /** The family's guard key, 32 bytes. */
    byte[] guardKey(String family);

    /** All entries of a family, oldest first, once no other job of the family is between this question and its end. */
    List<byte[]> guardEntries(String family);

    /**
     * Shows the vault how long the chain is, and learns how long it was before.
     *
     * @param entries how many entries the chain has, as it was handed out
     * @param head its last link
     */
    GuardHead guardSeen(String family, long entries, String head);

    /** Adds an entry, which counts as soon as the job's end is on record. */
    void guardReserve(String family, byte[] sealed);

    /**
     * The longest chain of a family that the vault was shown.
     *
     * @param entries its length, 0 for none
     * @param head its last link
     */
    record GuardHead(long entries, String head) {}
}
