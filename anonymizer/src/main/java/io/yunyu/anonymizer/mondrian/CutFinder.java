package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.privacy.PrivacyCheck;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/** Finds the cut of a part: the first in the order of preference whose parts satisfy all models. */
final class CutFinder {
    private final List<Dimension> dimensions;
    private final PrivacyCheck check;
    private final long minimum;
    private final boolean relaxed;
    private final boolean countsSuffice;
    private long tried;

    /** @param countsSuffice whether a part is safe if it has enough records */
    CutFinder(List<Dimension> dimensions, PrivacyCheck check, boolean relaxed, boolean countsSuffice) {
        this.dimensions = dimensions;
        this.check = check;
        this.minimum = Math.max(1, check.minimumClassSize());
        this.relaxed = relaxed;
        this.countsSuffice = countsSuffice;
    }

    long tried() {
        return tried;
    }

    /** The cut; null if there is none. */
    @Nullable
    Cut find(Part part) {
        List<Integer> widest = widestFirst(part.box());
        for (int dimension : widest) {
            Cut cut = strict(dimension, part);
            if (cut != null) {
                return cut;
            }
        }
        if (relaxed) {
            for (int dimension : widest) {
                Cut cut = dimensions.get(dimension) instanceof TreeDimension tree
                        ? gathered(tree, dimension, part)
                        : through(dimension, part);
                if (cut != null) {
                    return cut;
                }
            }
        }
        return null;
    }

    /** A cut that the attributes' greatest levels ask for; null if they ask for none. */
    @Nullable
    Cut forced(int[] box) {
        for (int i = 0; i < dimensions.size(); i++) {
            if (dimensions.get(i) instanceof TreeDimension tree && !tree.isCovered(box[2 * i], box[2 * i + 1])) {
                int level = tree.maxLevel();
                int[] starts = IntStream.rangeClosed(tree.node(box[2 * i], level), tree.node(box[2 * i + 1], level))
                        .map(node -> tree.start(node, level))
                        .toArray();
                return new Cut.Along(
                        i, starts, IntStream.range(0, starts.length).toArray(), starts.length);
            }
        }
        return null;
    }

    boolean isSafe(EquivalenceClasses one) {
        return check.check(one).suppressedRecords() == 0;
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

    private @Nullable Cut strict(int dimension, Part part) {
        if (dimensions.get(dimension) instanceof TreeDimension tree) {
            Children children = children(tree, dimension, part);
            for (long records : children.records) {
                if (records < minimum) {
                    return null;
                }
            }
            return ifSafe(children.apart(), part);
        }
        Balance balance = new Balance();
        part.forEachRank(dimension, balance);
        if (dimensions.get(dimension).mixesMissing(part.box()[2 * dimension], part.box()[2 * dimension + 1])
                && balance.canCutAfter(0)) {
            Cut cut = ifSafe(new Cut.Between(dimension, 0), part);
            if (cut != null) {
                return cut;
            }
        }
        int rank = balance.cut();
        return rank < 0 ? null : ifSafe(new Cut.Between(dimension, rank), part);
    }

    /** The cut if all its parts are safe. */
    private @Nullable Cut ifSafe(Cut cut, Part part) {
        tried++;
        return countsSuffice || isSafe(part.divided(cut)) ? cut : null;
    }

    /** Where the smaller side has most records; of several such places the lowest. */
    private final class Balance implements Part.RankVisitor {
        private final List<Integer> ranks = new ArrayList<>();
        private final List<Long> upTo = new ArrayList<>();
        private long all;

        @Override
        public void visit(int rank, long records) {
            all += records;
            ranks.add(rank);
            upTo.add(all);
        }

        /** Whether both sides would have records enough. @param i place of the value among those that occur */
        boolean canCutAfter(int i) {
            return Math.min(upTo.get(i), all - upTo.get(i)) >= minimum;
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

        /** The value in which half of the records is passed. */
        Part.Middle middle(int dimension) {
            int i = 0;
            while (2 * upTo.get(i) < all) {
                i++;
            }
            return new Part.Middle(dimension, ranks.get(i), i == 0 ? 0 : upTo.get(i - 1), upTo.get(i), all);
        }
    }

    private @Nullable Cut through(int dimension, Part part) {
        Balance balance = new Balance();
        part.forEachRank(dimension, balance);
        Part.Middle middle = balance.middle(dimension);
        int[] last = part.divisionOf(middle, minimum);
        return last.length == 0 ? null : ifSafe(new Cut.Through(dimension, middle.rank(), last), part);
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

    private Children children(TreeDimension tree, int dimension, Part part) {
        int level = tree.level(part.box()[2 * dimension], part.box()[2 * dimension + 1]) - 1;
        List<Integer> nodes = new ArrayList<>();
        List<Long> records = new ArrayList<>();
        part.forEachRank(dimension, (rank, count) -> {
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
    private @Nullable Cut gathered(TreeDimension tree, int dimension, Part part) {
        Children children = children(tree, dimension, part);
        boolean[] together = unsafe(children, part);
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
            Cut cut = gathered(children, together, part);
            if (cut != null) {
                return cut;
            }
            together[smallest] = true;
        }
    }

    private @Nullable Cut gathered(Children children, boolean[] together, Part part) {
        long gathered = 0;
        for (int child = 0; child < together.length; child++) {
            gathered += together[child] ? children.records[child] : 0;
        }
        return gathered < minimum ? null : ifSafe(children.gathering(together), part);
    }

    /** Which children violate a model by themselves. */
    private boolean[] unsafe(Children children, Part part) {
        boolean[] unsafe = new boolean[children.records.length];
        if (countsSuffice) {
            for (int child = 0; child < unsafe.length; child++) {
                unsafe[child] = children.records[child] < minimum;
            }
            return unsafe;
        }
        return check.check(part.divided(children.apart())).suppressed();
    }
}
