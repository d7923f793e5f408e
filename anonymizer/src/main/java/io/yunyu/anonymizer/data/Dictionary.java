package io.yunyu.anonymizer.data;

import java.util.Arrays;
import java.util.List;

/** Codes of a column's values in order of first occurrence. Looks values up without building a string for each cell. */
final class Dictionary {
    /** Values that are kept spelled out too, which compares faster: where a column has few, every cell meets them. */
    private static final int SPELLED = 4096;

    private String[] values = new String[16];
    private int[] hashes = new int[16];
    private char[][] spelled = new char[16][];
    private int last;
    private int[] slots = emptySlots(32);
    private int size;

    int encode(char[] text, int from, int length) {
        if (size > 0 && same(last, text, from, length)) {
            return last;
        }
        int hash = hash(text, from, from + length);
        int slot = spread(hash) & (slots.length - 1);
        while (slots[slot] >= 0) {
            int code = slots[slot];
            if (hashes[code] == hash && same(code, text, from, length)) {
                last = code;
                return code;
            }
            slot = (slot + 1) & (slots.length - 1);
        }
        return add(new String(text, from, length), hash, slot);
    }

    /** As {@link String#hashCode}, four characters at a time. */
    private static int hash(char[] text, int from, int to) {
        int hash = 0;
        int i = from;
        for (; i + 3 < to; i += 4) {
            hash = 923521 * hash + 29791 * text[i] + 961 * text[i + 1] + 31 * text[i + 2] + text[i + 3];
        }
        for (; i < to; i++) {
            hash = 31 * hash + text[i];
        }
        return hash;
    }

    List<String> values() {
        return List.of(Arrays.copyOf(values, size));
    }

    private int add(String value, int hash, int slot) {
        if (size == values.length) {
            values = Arrays.copyOf(values, 2 * size);
            hashes = Arrays.copyOf(hashes, 2 * size);
        }
        if (size < SPELLED) {
            if (size == spelled.length) {
                spelled = Arrays.copyOf(spelled, 2 * size);
            }
            spelled[size] = value.toCharArray();
        }
        values[size] = value;
        hashes[size] = hash;
        slots[slot] = size++;
        last = size - 1;
        if (2 * size > slots.length) {
            rehash();
        }
        return last;
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

    private boolean same(int code, char[] text, int from, int length) {
        if (code < SPELLED) {
            char[] value = spelled[code];
            return value.length == length && Arrays.equals(value, 0, length, text, from, from + length);
        }
        return same(values[code], text, from, length);
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
