package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.PartMerger;
import io.yunyu.anonymizer.privacy.PrivacyCheck;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.function.IntUnaryOperator;

/**
 * Cuts tuples until no cut is left that all models allow. A part is cut in its widest dimension; where that cannot be, in
 * the next widest; of equally wide ones in the first. Looks at ranks and counts only, so that neither the order nor the
 * codes of tuples show in the result.
 */
public final class Partitioner {
    private final Members members;
    private final CutFinder finder;
    private final PartMerger merger;
    private final CutTree tree;
    private final int firstRegion;
    private final Deque<Open> open = new ArrayDeque<>();
    private final RegionBoxes regions;
    private final int[] regionOfTuple;
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
        this(tuples, histograms, dimensions, check, relaxed, new CutTree(), 0);
    }

    /** Cuts nodes of a tree that is there already. @param firstRegion what the first region is called in the tree */
    Partitioner(
            EquivalenceClasses tuples,
            int histograms,
            List<Dimension> dimensions,
            PrivacyCheck check,
            boolean relaxed,
            CutTree tree,
            int firstRegion) {
        this.tree = tree;
        this.firstRegion = firstRegion;
        this.members = new Members(tuples, dimensions);
        this.merger = new PartMerger(tuples, check.looksAtSizeOnly() ? 0 : histograms);
        this.finder = new CutFinder(
                List.copyOf(dimensions), check, relaxed, check.looksAtSizeOnly() && !tuples.countsUnits());
        this.regions = new RegionBoxes(dimensions.size());
        this.regionOfTuple = new int[tuples.size()];
    }

    /** A stretch of the members that is yet to be cut. @param isSafe whether it is known to satisfy the models */
    private record Open(int node, int from, int to, int depth, boolean isSafe) {}

    /** Cuts all tuples; there must be one. */
    public Partition run() {
        open.push(new Open(0, 0, members.order().length, 0, false));
        return cut();
    }

    /**
     * Cuts the tuples of several nodes.
     *
     * @param depths number of cuts above each node
     * @param partOf place of each tuple's node among {@code nodes}
     */
    Partition run(int[] nodes, int[] depths, IntUnaryOperator partOf) {
        int[] ends = members.divide(0, members.order().length, nodes.length, partOf);
        for (int i = nodes.length - 1; i >= 0; i--) {
            open.push(new Open(nodes[i], i == 0 ? 0 : ends[i - 1], ends[i], depths[i], false));
        }
        return cut();
    }

    private Partition cut() {
        while (!open.isEmpty()) {
            Open next = open.pop();
            MemberPart part = new MemberPart(members, merger, next.from, next.to);
            Cut forced = finder.forced(part.box());
            if (forced != null) {
                divide(next, forced, part.divide(forced), false);
                continue;
            }
            boolean suppressed = !next.isSafe && !finder.isSafe(part.whole());
            Cut cut = suppressed ? null : finder.find(part);
            if (cut == null) {
                close(next, part.box(), suppressed);
            } else {
                divide(next, cut, part.divide(cut), true);
            }
        }
        return new Partition(regions.boxes(), regions.suppressed(), regionOfTuple, tree, cuts, finder.tried(), depth);
    }

    /** Parts are taken up in their order, so that regions are numbered in it. */
    private void divide(Open part, Cut cut, int[] ends, boolean areSafe) {
        cuts++;
        int first = tree.cut(part.node, cut);
        for (int child = ends.length - 1; child >= 0; child--) {
            int from = child == 0 ? part.from : ends[child - 1];
            if (from < ends[child]) {
                open.push(new Open(first + child, from, ends[child], part.depth + 1, areSafe));
            }
        }
    }

    private void close(Open part, int[] box, boolean suppressed) {
        int region = regions.add(box, suppressed);
        for (int m = part.from; m < part.to; m++) {
            regionOfTuple[members.order()[m]] = region;
        }
        tree.setRegion(part.node, firstRegion + region);
        depth = Math.max(depth, part.depth);
    }
}
