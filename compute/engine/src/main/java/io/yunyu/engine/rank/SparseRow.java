package io.yunyu.engine.rank;

import java.util.Arrays;

/**
 * A vector over the prime field by its entries that are not 0.
 *
 * @param columns ascending
 */
record SparseRow(int[] columns, long[] values) {
    static final SparseRow ZERO = new SparseRow(new int[0], new long[0]);

    /** A vector of ones. @param columns distinct */
    static SparseRow ones(int[] columns) {
        int[] sorted = columns.clone();
        Arrays.sort(sorted);
        long[] ones = new long[sorted.length];
        Arrays.fill(ones, 1);
        return new SparseRow(sorted, ones);
    }

    boolean isZero() {
        return columns.length == 0;
    }

    int pivot() {
        return columns[0];
    }

    long at(int column) {
        int place = Arrays.binarySearch(columns, column);
        return place < 0 ? 0 : values[place];
    }

    SparseRow times(long factor) {
        long[] scaled = new long[values.length];
        for (int i = 0; i < values.length; i++) {
            scaled[i] = PrimeField.times(values[i], factor);
        }
        return new SparseRow(columns, scaled);
    }

    SparseRow normalized() {
        return isZero() || values[0] == 1 ? this : times(PrimeField.inverse(values[0]));
    }

    SparseRow plus(SparseRow other, long factor) {
        int[] into = new int[columns.length + other.columns.length];
        long[] sums = new long[into.length];
        int n = 0;
        int i = 0;
        int j = 0;
        while (i < columns.length || j < other.columns.length) {
            boolean mine = j == other.columns.length || i < columns.length && columns[i] <= other.columns[j];
            boolean theirs = i == columns.length || j < other.columns.length && other.columns[j] <= columns[i];
            int column = mine ? columns[i] : other.columns[j];
            long sum = mine ? values[i++] : 0;
            if (theirs) {
                sum = PrimeField.add(sum, PrimeField.times(other.values[j++], factor));
            }
            if (sum != 0) {
                into[n] = column;
                sums[n++] = sum;
            }
        }
        return new SparseRow(Arrays.copyOf(into, n), Arrays.copyOf(sums, n));
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof SparseRow row
                && Arrays.equals(columns, row.columns)
                && Arrays.equals(values, row.values);
    }

    @Override
    public int hashCode() {
        return 31 * Arrays.hashCode(columns) + Arrays.hashCode(values);
    }

    @Override
    public String toString() {
        return "SparseRow[" + columns.length + " entries]";
    }
}
