package io.yunyu.anonymizer.privacy;

import java.util.Arrays;

/** Sizes of released classes, ascending, of which the smallest may be taken out. */
public final class ClassSizes {
    private final long[] ascending;
    private final long[] recordsBefore;
    private final int from;

    private ClassSizes(long[] ascending, long[] recordsBefore, int from) {
        this.ascending = ascending;
        this.recordsBefore = recordsBefore;
        this.from = from;
    }

    /** @param sizes in any order; copied */
    public static ClassSizes of(long[] sizes) {
        long[] ascending = sizes.clone();
        Arrays.sort(ascending);
        long[] recordsBefore = new long[ascending.length + 1];
        for (int i = 0; i < ascending.length; i++) {
            recordsBefore[i + 1] = recordsBefore[i] + ascending[i];
        }
        return new ClassSizes(ascending, recordsBefore, 0);
    }

    /** The sizes without the {@code smallest} first ones. */
    ClassSizes without(int smallest) {
        return new ClassSizes(ascending, recordsBefore, from + smallest);
    }

    long size(int rank) {
        return ascending[from + rank];
    }

    public int classes() {
        return ascending.length - from;
    }

    public long records() {
        return recordsBefore[ascending.length] - recordsBefore[from];
    }

    /** Number of classes of exactly this size. */
    public long classesOfSize(long size) {
        return (long) firstAtLeast(size + 1) - firstAtLeast(size);
    }

    /** Number of records in classes smaller than a size. */
    public long recordsBelow(long size) {
        return recordsBefore[firstAtLeast(size)] - recordsBefore[from];
    }

    /** Receives sizes. */
    interface SizeVisitor {
        void visit(long size, long classes);
    }

    /** Calls {@code visitor} for each size that occurs, ascending. */
    void forEachSize(SizeVisitor visitor) {
        int at = from;
        while (at < ascending.length) {
            int next = firstAtLeast(ascending[at] + 1);
            visitor.visit(ascending[at], next - at);
            at = next;
        }
    }

    private int firstAtLeast(long size) {
        int low = from;
        int high = ascending.length;
        while (low < high) {
            int middle = (low + high) >>> 1;
            if (ascending[middle] < size) {
                low = middle + 1;
            } else {
                high = middle;
            }
        }
        return low;
    }
}
