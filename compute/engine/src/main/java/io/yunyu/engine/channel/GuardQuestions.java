package io.yunyu.engine.channel;

import java.util.List;

/**
 * Where the differencing guard keeps its memory: sealed entries with the control plane, the key with the vault. A family's
 * memory is locked from the first question of a job to its end.
 *
 * <p>Every method throws {@link KeyAccessDenied} if it is refused.
 */
public interface GuardQuestions {
    /** All entries of a family, oldest first, once no other job of the family is between question and end. */
    List<byte[]> guardEntries(String family);

    /**
     * The family's key, and how far the vault has seen the chain grow.
     *
     * @param entries how many entries the chain has, as it was handed out
     * @param head its last link
     */
    GuardKey guardKey(String family, long entries, String head);

    /** Adds an entry, which counts as soon as the job's end is on record. */
    void guardReserve(String family, byte[] sealed);

    /**
     * A family's guard key.
     *
     * @param key 32 bytes
     * @param seenEntries length of the longest chain that any engine showed the vault before
     * @param seenHead its last link
     */
    record GuardKey(byte[] key, long seenEntries, String seenHead) {
        /** Without the key. */
        @Override
        public String toString() {
            return "GuardKey[" + seenEntries + " entries]";
        }
    }
}
