package io.yunyu.engine.ingest;

import java.io.Serializable;
import java.util.Arrays;

/**
 * Counts different values in little memory: keeps the smallest of their hashes (Bar-Yossef et al. 2002, "Counting distinct
 * elements in a data stream"). Exact up to some 2,000 values; above, the standard error is about 3 %. Values are known by
 * 32 bits each, so that from 1e8 values on the count falls short by some per cent.
 */
final class DistinctCount implements Serializable {
    private static final long serialVersionUID = 1L;
    private static final int KEPT = 1024;
    private static final int SLOTS = 4 * KEPT;

    /** Open addressing; 0 is an empty slot. */
    private long[] slots = new long[SLOTS];

    private int filled;
    /** Hashes from here on are no longer kept, as an unsigned number. */
    private long bound = -1;

    void add(int hashCode) {
        addHash(mixed(hashCode));
    }

    void add(DistinctCount other) {
        if (Long.compareUnsigned(other.bound, bound) < 0) {
            shrink(other.bound);
        }
        for (long hash : other.slots) {
            if (hash != 0) {
                addHash(hash);
            }
        }
    }

    /** Number of different values added. */
    double count() {
        long below = Arrays.stream(slots)
                .filter(h -> h != 0 && Long.compareUnsigned(h, bound) < 0)
                .count();
        return bound == -1 ? below : below / (unsigned(bound) / 0x1p64);
    }

    private void addHash(long hash) {
        if (Long.compareUnsigned(hash, bound) >= 0) {
            return;
        }
        int at = (int) hash & SLOTS - 1;
        while (slots[at] != 0) {
            if (slots[at] == hash) {
                return;
            }
            at = at + 1 & SLOTS - 1;
        }
        slots[at] = hash;
        if (++filled > 2 * KEPT) {
            long[] sorted = Arrays.stream(slots)
                    .filter(h -> h != 0)
                    .boxed()
                    .sorted(Long::compareUnsigned)
                    .mapToLong(Long::longValue)
                    .toArray();
            shrink(sorted[KEPT]);
        }
    }

    /** Drops what is not below the new bound. */
    private void shrink(long newBound) {
        long[] before = slots;
        slots = new long[SLOTS];
        filled = 0;
        bound = newBound;
        for (long hash : before) {
            if (hash != 0) {
                addHash(hash);
            }
        }
    }

    private static double unsigned(long value) {
        return (value >>> 1) * 2.0 + (value & 1);
    }

    /** The finalizer of SplitMix64, never 0. */
    private static long mixed(int hashCode) {
        long z = hashCode * 0x9E3779B97F4A7C15L + 0x9E3779B97F4A7C15L;
        z = (z ^ z >>> 30) * 0xBF58476D1CE4E5B9L;
        z = (z ^ z >>> 27) * 0x94D049BB133111EBL;
        z ^= z >>> 31;
        return z == 0 ? 1 : z;
    }
}
