package io.yunyu.anonymizer.data;

import java.util.Arrays;
import java.util.List;

/** Codes of a column's values in order of first occurrence. Looks values up without building a string for each cell. */
final class Dictionary {
    private String[] values = new String[16];
    private int[] hashes = new int[16];
    private int[] slots = emptySlots(32);
    private int size;

    int encode(char[] text, int from, int length) {
        int hash = 0;
        for (int i = from; i < from + length; i++) {
            hash = 31 * hash + text[i];
        }
        int slot = spread(hash) & (slots.length - 1);
        while (slots[slot] >= 0) {
            int code = slots[slot];
            if (hashes[code] == hash && same(values[code], text, from, length)) {
                return code;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return add(new String(text, from, length), hash, slot);
    }

    List<String> values() {
        return List.of(Arrays.copyOf(values, size));
    }

    private int add(String value, int hash, int slot) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        values[size] = value;
        hashes[size] = hash;
        slots[slot] = size++;
        if (2 * size > slots.length) {
            rehash();
        }
        return size - 1;
    }

    private void rehash() {
        slots = emptySlots(2 * slots.length);
        for (int code = 0; code < size; code++) {
            int slot = spread(hashes[code]) & (slots.length - 1);
            while (slots[slot] >= 0) {
                slot = (slot + 1) & (slots.length - 1);
            }
            slots[slot] = code;
        }
    }

    private static boolean same(String value, char[] text, int from, int length) {
        if (value.length() != length) {
            return false;
        }
        for (int i = 0; i < length; i++) {
            if (value.charAt(i) != text[from + i]) {
                return false;
            }
        }
        return true;
    }

    private static int spread(int hash) {
        int mixed = hash * 0x9E3779B9;
        return mixed ^ (mixed >>> 15);
    }

    private static int[] emptySlots(int length) {
        int[] slots = new int[length];
        Arrays.fill(slots, -1);
        return slots;
    }
}
