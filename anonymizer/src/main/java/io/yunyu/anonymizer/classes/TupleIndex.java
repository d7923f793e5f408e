package io.yunyu.anonymizer.classes;

import java.util.Arrays;

/** Numbers distinct packed tuples in order of first occurrence. Slots hold a tuple's number plus one, so that a new table is empty as it comes. */
final class TupleIndex {
    private final int words;
    private long[] keys;
    private int[] slots;
    private int size;

    TupleIndex(int words, int expected) {
        this.words = words;
        this.keys = new long[Math.max(16, expected) * words];
        this.slots = new int[Integer.highestOneBit(Math.max(16, expected)) * 4];
    }

    /** The number of the tuple in {@code scratch}; a new one is {@code size() - 1} after the call. */
    int number(long[] scratch) {
        int slot = hash(scratch, 0) & (slots.length - 1);
        int found;
        while ((found = slots[slot]) != 0) {
            if (same(found - 1, scratch)) {
                return found - 1;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return add(scratch, slot);
    }

    /** As {@link #number(long[])} for tuples of one word. */
    int number(long key) {
        long h = key * 0x9E3779B97F4A7C15L;
        h ^= h >>> 32;
        int mask = slots.length - 1;
        int slot = (int) (h ^ (h >>> 15)) & mask;
        int found;
        while ((found = slots[slot]) != 0) {
            if (keys[found - 1] == key) {
                return found - 1;
            }
            slot = (slot + 1) & mask;
        }
        if (size == keys.length) {
            keys = Arrays.copyOf(keys, 2 * size);
        }
        keys[size] = key;
        slots[slot] = ++size;
        if (2 * size > slots.length) {
            rehash();
        }
        return size - 1;
    }

    /** The numbers of some tuples, which follow each other in {@code packed}. */
    void number(long[] packed, int number, int[] numbers, int at) {
        if (words == 1) {
            for (int i = 0; i < number; i++) {
                numbers[at + i] = number(packed[i]);
            }
            return;
        }
        long[] scratch = new long[words];
        for (int i = 0; i < number; i++) {
            System.arraycopy(packed, i * words, scratch, 0, words);
            numbers[at + i] = number(scratch);
        }
    }

    int size() {
        return size;
    }

    long[] keys() {
        return Arrays.copyOf(keys, size * words);
    }

    private int add(long[] scratch, int slot) {
        if ((size + 1) * words > keys.length) {
            keys = Arrays.copyOf(keys, 2 * keys.length);
        }
        System.arraycopy(scratch, 0, keys, size * words, words);
        slots[slot] = ++size;
        if (2 * size > slots.length) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        slots = new int[2 * slots.length];
        for (int tuple = 0; tuple < size; tuple++) {
            int slot = hash(keys, tuple * words) & (slots.length - 1);
            while (slots[slot] != 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = tuple + 1;
        }
    }

    private boolean same(int tuple, long[] scratch) {
        for (int w = 0; w < words; w++) {
            if (keys[tuple * words + w] != scratch[w]) {
                return false;
            }
        }
        return true;
    }

    private int hash(long[] from, int at) {
        long h = 0;
        for (int w = 0; w < words; w++) {
            h = (h ^ from[at + w]) * 0x9E3779B97F4A7C15L;
            h ^= h >>> 32;
        }
        return (int) (h ^ (h >>> 15));
    }
}
