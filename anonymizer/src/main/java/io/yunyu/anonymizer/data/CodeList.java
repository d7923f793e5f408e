package io.yunyu.anonymizer.data;

import java.util.Arrays;

/**
 * Codes of a column's rows, in blocks that take one, two or four bytes for each code as its greatest one needs: a column
 * of few values costs a byte for each row, and growing copies no more than a block.
 */
final class CodeList {
    private static final int BLOCK_BITS = 16;
    private static final int BLOCK = 1 << BLOCK_BITS;

    private byte[][] bytes = new byte[8][];
    private char[][] chars = new char[8][];
    private int[][] ints = new int[8][];
    private int[] open = new int[1024];
    private int greatest;
    private int blocks;
    private int inBlock;

    void add(int code) {
        if (inBlock == open.length) {
            if (inBlock == BLOCK) {
                close();
            } else {
                open = Arrays.copyOf(open, 4 * inBlock);
            }
        }
        greatest = Math.max(greatest, code);
        open[inBlock++] = code;
    }

    int size() {
        return Math.addExact(Math.multiplyExact(blocks, BLOCK), inBlock);
    }

    int get(int row) {
        int block = row >>> BLOCK_BITS;
        int at = row & (BLOCK - 1);
        if (block == blocks) {
            return open[at];
        }
        byte[] narrow = bytes[block];
        if (narrow != null) {
            return narrow[at] & 0xFF;
        }
        char[] wide = chars[block];
        return wide != null ? wide[at] : ints[block][at];
    }

    /** Copies the codes of some rows to the beginning of {@code into}: in less time than one by one. */
    void copy(int from, int number, int[] into) {
        for (int done = 0; done < number; ) {
            int block = (from + done) >>> BLOCK_BITS;
            int at = (from + done) & (BLOCK - 1);
            int some = Math.min(number - done, BLOCK - at);
            copy(block, at, some, into, done);
            done += some;
        }
    }

    private void copy(int block, int at, int number, int[] into, int to) {
        if (block == blocks || (bytes[block] == null && chars[block] == null)) {
            System.arraycopy(block == blocks ? open : ints[block], at, into, to, number);
        } else if (bytes[block] != null) {
            byte[] narrow = bytes[block];
            for (int i = 0; i < number; i++) {
                into[to + i] = narrow[at + i] & 0xFF;
            }
        } else {
            char[] wide = chars[block];
            for (int i = 0; i < number; i++) {
                into[to + i] = wide[at + i];
            }
        }
    }

    private void close() {
        if (blocks == bytes.length) {
            bytes = Arrays.copyOf(bytes, 2 * blocks);
            chars = Arrays.copyOf(chars, 2 * blocks);
            ints = Arrays.copyOf(ints, 2 * blocks);
        }
        if (greatest < 1 << 8) {
            byte[] narrow = new byte[BLOCK];
            for (int i = 0; i < BLOCK; i++) {
                narrow[i] = (byte) open[i];
            }
            bytes[blocks] = narrow;
        } else if (greatest < 1 << 16) {
            char[] wide = new char[BLOCK];
            for (int i = 0; i < BLOCK; i++) {
                wide[i] = (char) open[i];
            }
            chars[blocks] = wide;
        } else {
            ints[blocks] = open.clone();
        }
        blocks++;
        inBlock = 0;
        greatest = 0;
    }
}
