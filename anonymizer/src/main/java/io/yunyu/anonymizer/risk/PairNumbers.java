package io.yunyu.anonymizer.risk;

import java.util.Arrays;

/** Numbers distinct pairs of non-negative 32-bit numbers in order of first occurrence: the step that refines a grouping by one more attribute. */
final class PairNumbers {
    private long[] keys;
    private int[] numbers;
    private int size;

    /** @param expected pairs to make room for */
    PairNumbers(int expected) {
        int capacity = Integer.highestOneBit(Math.max(8, expected)) * 4;
        keys = new long[capacity];
        numbers = new int[capacity];
        Arrays.fill(keys, -1);
    }

    /** The pair's number; a new pair gets the next one. */
    int number(int left, int right) {
        long key = ((long) left << 32) | right;
        int slot = slot(key);
        while (keys[slot] != key) {
            if (keys[slot] < 0) {
                return add(key, slot);
            }
            slot = (slot + 1) & (keys.length - 1);
        }
        return numbers[slot];
    }

    int size() {
        return size;
    }

    private int add(long key, int slot) {
        keys[slot] = key;
        numbers[slot] = size++;
        int number = numbers[slot];
        if (2 * size > keys.length) {
            grow();
        }
        return number;
    }

    private void grow() {
        long[] oldKeys = keys;
        int[] oldNumbers = numbers;
        keys = new long[2 * oldKeys.length];
        numbers = new int[keys.length];
        Arrays.fill(keys, -1);
        for (int i = 0; i < oldKeys.length; i++) {
            if (oldKeys[i] >= 0) {
                int slot = slot(oldKeys[i]);
                while (keys[slot] >= 0) {
                    slot = (slot + 1) & (keys.length - 1);
                }
                keys[slot] = oldKeys[i];
                numbers[slot] = oldNumbers[i];
            }
        }
    }

    private int slot(long key) {
        long h = key * 0x9E3779B97F4A7C15L;
        return (int) (h >>> 33) & (keys.length - 1);
    }
}
