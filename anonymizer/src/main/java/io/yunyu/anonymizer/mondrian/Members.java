package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import java.util.Arrays;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * The tuples in the order of the parts they are in; each part is a stretch of it. The order within a part is arbitrary and
 * nothing depends on it.
 */
final class Members implements TupleRanks {
    private final EquivalenceClasses tuples;
    private final int[][] rankOf;
    private final int[] order;
    private final int[] scratch;
    private final int[] parts;
    private final long[] perRank;
    private int current;

    Members(EquivalenceClasses tuples, List<Dimension> dimensions) {
        this.tuples = tuples;
        this.rankOf = dimensions.stream().map(Dimension::ranks).toArray(int[][]::new);
        this.order = new int[tuples.size()];
        Arrays.setAll(order, tuple -> tuple);
        this.scratch = new int[order.length];
        this.parts = new int[order.length];
        this.perRank =
                new long[dimensions.stream().mapToInt(Dimension::size).max().orElse(0)];
    }

    /** The tuples, part by part. Shared. */
    int[] order() {
        return order;
    }

    /** Rank of the tuple that is looked at. */
    @Override
    public int rank(int dimension) {
        return rankOf[dimension][tuples.code(current, dimension)];
    }

    int rank(int member, int dimension) {
        return rankOf[dimension][tuples.code(order[member], dimension)];
    }

    long count(int member) {
        return tuples.count(order[member]);
    }

    /** First and last rank of a part in each dimension, one after the other. */
    int[] box(int from, int to) {
        int[] box = new int[2 * rankOf.length];
        for (int i = 0; i < rankOf.length; i++) {
            int first = Integer.MAX_VALUE;
            int last = -1;
            for (int m = from; m < to; m++) {
                int rank = rank(m, i);
                first = Math.min(first, rank);
                last = Math.max(last, rank);
            }
            box[2 * i] = first;
            box[2 * i + 1] = last;
        }
        return box;
    }

    /** Puts the tuples of a part into those of a cut; returns where each ends. */
    int[] divide(int from, int to, Cut cut) {
        return divide(from, to, cut.parts(), tuple -> {
            current = tuple;
            return cut.partOf(this);
        });
    }

    /** @param partOf part of each tuple, by its number */
    int[] divide(int from, int to, int number, IntUnaryOperator partOf) {
        int[] ends = new int[number];
        for (int m = from; m < to; m++) {
            parts[m] = partOf.applyAsInt(order[m]);
            ends[parts[m]]++;
        }
        int[] next = new int[ends.length];
        int at = from;
        for (int part = 0; part < ends.length; part++) {
            next[part] = at;
            at += ends[part];
            ends[part] = at;
        }
        for (int m = from; m < to; m++) {
            scratch[next[parts[m]]++] = order[m];
        }
        System.arraycopy(scratch, from, order, from, to - from);
        return ends;
    }

    /** Calls {@code visitor} for each rank that occurs in a part, ascending. */
    void forEachRank(int dimension, int from, int to, int first, int last, Part.RankVisitor visitor) {
        if (last - first > 8L * (to - from)) {
            forEachRankSorted(dimension, from, to, visitor);
            return;
        }
        Arrays.fill(perRank, first, last + 1, 0);
        for (int m = from; m < to; m++) {
            perRank[rank(m, dimension)] += count(m);
        }
        for (int rank = first; rank <= last; rank++) {
            if (perRank[rank] > 0) {
                visitor.visit(rank, perRank[rank]);
            }
        }
    }

    /** For few tuples among many ranks. */
    private void forEachRankSorted(int dimension, int from, int to, Part.RankVisitor visitor) {
        int[] ranks = new int[to - from];
        for (int m = from; m < to; m++) {
            ranks[m - from] = rank(m, dimension);
            perRank[ranks[m - from]] = 0;
        }
        for (int m = from; m < to; m++) {
            perRank[ranks[m - from]] += count(m);
        }
        Arrays.sort(ranks);
        for (int i = 0; i < ranks.length; i++) {
            if (i == 0 || ranks[i] != ranks[i - 1]) {
                visitor.visit(ranks[i], perRank[ranks[i]]);
            }
        }
    }
}
