package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.classes.PartMerger;
import io.yunyu.anonymizer.privacy.PrivacyCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Finds the cut of a part: the first in the order of preference whose parts satisfy all models. */
final class CutFinder {
    private final List<Dimension> dimensions;
    private final Members members;
    private final PartMerger merger;
    private final PrivacyCheck check;
    private final long minimum;
    private final boolean relaxed;
    private final boolean countsSuffice;
    private long tried;

    /** @param countsSuffice whether a part is safe if it has enough records */
    CutFinder(
            List<Dimension> dimensions,
            Members members,
            PartMerger merger,
            PrivacyCheck check,
            boolean relaxed,
            boolean countsSuffice) {
        this.dimensions = dimensions;
        this.members = members;
        this.merger = merger;
        this.check = check;
        this.minimum = Math.max(1, check.minimumClassSize());
        this.relaxed = relaxed;
        this.countsSuffice = countsSuffice;
    }

    /** A cut that was made. @param ends where each part of it ends */
    record Found(Cut cut, int[] ends) {}

    long tried() {
        return tried;
    }

    /** The cut, the members being divided by it; null if there is none. Members may be reordered in any case. */
    @Nullable
    Found find(int from, int to, int[] box) {
        List<Integer> widest = widestFirst(box);
        for (int dimension : widest) {
            Found found = strict(dimension, from, to, box[2 * dimension], box[2 * dimension + 1]);
            if (found != null) {
                return found;
            }
        }
        if (relaxed) {
            for (int dimension : widest) {
                Found found = dimensions.get(dimension) instanceof TreeDimension tree
                        ? gathered(tree, dimension, from, to, box[2 * dimension], box[2 * dimension + 1])
                        : through(dimension, from, to, box[2 * dimension], box[2 * dimension + 1]);
                if (found != null) {
                    return found;
                }
            }
        }
        return null;
    }

    private List<Integer> widestFirst(int[] box) {
        double[] widths = new double[dimensions.size()];
        List<Integer> widest = new ArrayList<>();
        for (int i = 0; i < widths.length; i++) {
            widths[i] = dimensions.get(i).width(box[2 * i], box[2 * i + 1]);
            if (widths[i] >= 0) {
                widest.add(i);
            }
        }
        // Stable: the first of equally wide ones stays first.
        widest.sort(Comparator.comparingDouble((Integer i) -> -widths[i]));
        return widest;
    }

    private @Nullable Found strict(int dimension, int from, int to, int first, int last) {
        if (dimensions.get(dimension) instanceof TreeDimension tree) {
            Children children = children(tree, dimension, from, to, first, last);
            for (long records : children.records) {
                if (records < minimum) {
                    return null;
                }
            }
            return made(children.apart(), from, to);
        }
        Balance balance = new Balance();
        members.forEachRank(dimension, from, to, first, last, balance);
        int rank = balance.cut();
        return rank < 0 ? null : made(new Cut.Between(dimension, rank), from, to);
    }

    /** The cut if all its parts are safe. */
    private @Nullable Found made(Cut cut, int from, int to) {
        int[] ends = members.divide(from, to, cut);
        tried++;
        if (countsSuffice) {
            return new Found(cut, ends);
        }
        return check.check(merger.merge(members.order(), from, ends)).suppressedRecords() == 0
                ? new Found(cut, ends)
                : null;
    }

    /** Where the smaller side has most records; of several such places the lowest. */
    private final class Balance implements Members.RankVisitor {
        private final List<Integer> ranks = new ArrayList<>();
        private final List<Long> upTo = new ArrayList<>();
        private long all;

        @Override
        public void visit(int rank, long records) {
            all += records;
            ranks.add(rank);
            upTo.add(all);
        }

        int cut() {
            int best = -1;
            long most = minimum - 1;
            for (int i = 0; i + 1 < ranks.size(); i++) {
                long smaller = Math.min(upTo.get(i), all - upTo.get(i));
                if (smaller > most) {
                    most = smaller;
                    best = ranks.get(i);
                }
            }
            return best;
        }

        /** Position of the value in which half of the records is passed. */
        int middle() {
            int i = 0;
            while (2 * upTo.get(i) < all) {
                i++;
            }
            return i;
        }
    }

    /** Through the tuples of the middle value, where the smaller side has most records. */
    private @Nullable Found through(int dimension, int from, int to, int first, int last) {
        Balance balance = new Balance();
        members.forEachRank(dimension, from, to, first, last, balance);
        int middle = balance.middle();
        int rank = balance.ranks.get(middle);
        List<Integer> having = new ArrayList<>();
        for (int m = from; m < to; m++) {
            if (members.rank(m, dimension) == rank) {
                having.add(m);
            }
        }
        having.sort(this::byRanks);
        long passed = middle == 0 ? 0 : balance.upTo.get(middle - 1);
        long most = minimum - 1;
        int best = -1;
        for (int i = 0; i + 1 < having.size(); i++) {
            passed += members.count(having.get(i));
            long smaller = Math.min(passed, balance.all - passed);
            if (smaller > most && byRanks(having.get(i), having.get(i + 1)) != 0) {
                most = smaller;
                best = having.get(i);
            }
        }
        if (best < 0) {
            return null;
        }
        int[] boundary = new int[dimensions.size()];
        for (int i = 0; i < boundary.length; i++) {
            boundary[i] = members.rank(best, i);
        }
        return made(new Cut.Through(dimension, rank, boundary), from, to);
    }

    private int byRanks(int a, int b) {
        for (int i = 0; i < dimensions.size(); i++) {
            int byRank = Integer.compare(members.rank(a, i), members.rank(b, i));
            if (byRank != 0) {
                return byRank;
            }
        }
        return 0;
    }

    /** Children of a part's label that occur in it, in their order. */
    private record Children(int dimension, int[] starts, long[] records) {
        Cut apart() {
            int[] parts = new int[starts.length];
            Arrays.setAll(parts, child -> child);
            return new Cut.Along(dimension, starts, parts, starts.length);
        }

        /** Children that are gathered come last, in one part. */
        Cut gathering(boolean[] together) {
            int[] parts = new int[starts.length];
            int alone = 0;
            for (int child = 0; child < parts.length; child++) {
                parts[child] = together[child] ? -1 : alone++;
            }
            for (int child = 0; child < parts.length; child++) {
                parts[child] = parts[child] < 0 ? alone : parts[child];
            }
            return new Cut.Along(dimension, starts, parts, alone + 1);
        }
    }

    private Children children(TreeDimension tree, int dimension, int from, int to, int first, int last) {
        int level = tree.level(first, last) - 1;
        List<Integer> nodes = new ArrayList<>();
        List<Long> records = new ArrayList<>();
        members.forEachRank(dimension, from, to, first, last, (rank, count) -> {
            int node = tree.node(rank, level);
            int at = nodes.size() - 1;
            if (at >= 0 && nodes.get(at) == node) {
                records.set(at, records.get(at) + count);
            } else {
                nodes.add(node);
                records.add(count);
            }
        });
        return new Children(
                dimension,
                nodes.stream().mapToInt(node -> tree.start(node, level)).toArray(),
                records.stream().mapToLong(Long::longValue).toArray());
    }

    /**
     * Children that can stand alone do; the others stay together. As long as these violate a model, the smallest child, of
     * equal ones the first, joins them.
     */
    private @Nullable Found gathered(TreeDimension tree, int dimension, int from, int to, int first, int last) {
        Children children = children(tree, dimension, from, to, first, last);
        boolean[] together = unsafe(children, from, to);
        while (true) {
            int alone = 0;
            int smallest = -1;
            for (int child = 0; child < together.length; child++) {
                if (!together[child]) {
                    alone++;
                    smallest = smallest < 0 || children.records[child] < children.records[smallest] ? child : smallest;
                }
            }
            if (alone == 0 || alone == together.length) {
                return null;
            }
            Found found = made(children, together, from, to);
            if (found != null) {
                return found;
            }
            together[smallest] = true;
        }
    }

    private @Nullable Found made(Children children, boolean[] together, int from, int to) {
        long gathered = 0;
        for (int child = 0; child < together.length; child++) {
            gathered += together[child] ? children.records[child] : 0;
        }
        return gathered < minimum ? null : made(children.gathering(together), from, to);
    }

    /** Which children violate a model by themselves. */
    private boolean[] unsafe(Children children, int from, int to) {
        boolean[] unsafe = new boolean[children.records.length];
        if (countsSuffice) {
            for (int child = 0; child < unsafe.length; child++) {
                unsafe[child] = children.records[child] < minimum;
            }
            return unsafe;
        }
        int[] ends = members.divide(from, to, children.apart());
        return check.check(merger.merge(members.order(), from, ends)).suppressed();
    }
}
