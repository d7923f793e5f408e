package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.PartMerger;
import io.yunyu.anonymizer.privacy.PrivacyCheck;
import java.util.ArrayDeque;
import java.util.Arrays;
import java.util.BitSet;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;
import org.jspecify.annotations.Nullable;

/**
 * Cuts tuples until no cut is left that all models allow. A part is cut in its widest dimension; where that cannot be, in
 * the next widest; of equally wide ones in the first. Looks at ranks and counts only, so that neither the order nor the
 * codes of tuples show in the result.
 */
public final class Partitioner {
    private final List<Dimension> dimensions;
    private final PrivacyCheck check;
    private final Members members;
    private final CutFinder finder;
    private final PartMerger merger;
    private final CutTree tree = new CutTree();
    private final Deque<Part> open = new ArrayDeque<>();
    private final BitSet suppressed = new BitSet();
    private final int[] regionOfTuple;
    private int[] boxes = new int[64];
    private int regions;
    private long cuts;
    private int depth;

    /**
     * @param histograms number of histograms that the tuples have
     * @param check decides for each class by itself; must not limit suppression
     * @param relaxed whether regions may overlap: ordered values may be cut through, and children of a node that cannot
     *     stand alone may stay together
     */
    public Partitioner(
            EquivalenceClasses tuples,
            int histograms,
            List<Dimension> dimensions,
            PrivacyCheck check,
            boolean relaxed) {
        this.dimensions = List.copyOf(dimensions);
        this.check = check;
        this.members = new Members(tuples, dimensions);
        this.merger = new PartMerger(tuples, check.looksAtSizeOnly() ? 0 : histograms);
        this.finder = new CutFinder(
                this.dimensions, members, merger, check, relaxed, check.looksAtSizeOnly() && !tuples.countsUnits());
        this.regionOfTuple = new int[tuples.size()];
    }

    /** A stretch of the members. @param isSafe whether it is known to satisfy the models */
    private record Part(int node, int from, int to, int depth, boolean isSafe) {}

    /** Cuts all tuples; there must be one. */
    public Partition run() {
        open.push(new Part(0, 0, members.order().length, 0, false));
        while (!open.isEmpty()) {
            Part part = open.pop();
            int[] box = members.box(part.from, part.to);
            Cut forced = forcedCut(box);
            if (forced != null) {
                divide(part, forced, members.divide(part.from, part.to, forced), false);
                continue;
            }
            if (!part.isSafe && !isSafe(part)) {
                suppressed.set(regions);
                close(part, box);
                continue;
            }
            CutFinder.Found found = finder.find(part.from, part.to, box);
            if (found == null) {
                close(part, box);
            } else {
                divide(part, found.cut(), found.ends(), true);
            }
        }
        return new Partition(
                Arrays.copyOf(boxes, regions * 2 * dimensions.size()),
                suppressed,
                regionOfTuple,
                tree,
                cuts,
                finder.tried(),
                depth);
    }

    private boolean isSafe(Part part) {
        int[] ends = {part.to};
        return check.check(merger.merge(members.order(), part.from, ends)).suppressedRecords() == 0;
    }

    /** A cut that the attributes' greatest levels ask for. */
    private @Nullable Cut forcedCut(int[] box) {
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

    /** Parts are taken up in their order, so that regions are numbered in it. */
    private void divide(Part part, Cut cut, int[] ends, boolean areSafe) {
        cuts++;
        int first = tree.cut(part.node, cut);
        for (int child = ends.length - 1; child >= 0; child--) {
            int from = child == 0 ? part.from : ends[child - 1];
            if (from < ends[child]) {
                open.push(new Part(first + child, from, ends[child], part.depth + 1, areSafe));
            }
        }
    }

    private void close(Part part, int[] box) {
        if ((regions + 1) * box.length > boxes.length) {
            boxes = Arrays.copyOf(boxes, 2 * boxes.length + box.length);
        }
        System.arraycopy(box, 0, boxes, regions * box.length, box.length);
        for (int m = part.from; m < part.to; m++) {
            regionOfTuple[members.order()[m]] = regions;
        }
        tree.setRegion(part.node, regions++);
        depth = Math.max(depth, part.depth);
    }
}
