package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.classes.DistantTuples;
import io.yunyu.anonymizer.classes.DistantTuples.Summary;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.privacy.PrivacyCheck;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Deque;
import java.util.List;
import java.util.stream.IntStream;

/**
 * Cuts tuples that are too many to be held as {@link Partitioner} would. Near the root cuts are found from sums over parts;
 * a part that can be held is fetched and cut here. Which those are changes the cost and not the regions.
 */
public final class DistantPartitioner {
    private static final int MOST_FORCED = 1 << 16;

    private final DistantTuples tuples;
    private final QuasiIdentifiers quasiIdentifiers;
    private final int histograms;
    private final List<Dimension> dimensions;
    private final int[][] rankOf;
    private final PrivacyCheck check;
    private final boolean relaxed;
    private final CutFinder finder;
    private final CutTree tree = new CutTree();
    private final Deque<Open> open = new ArrayDeque<>();
    private final List<Open> leaves = new ArrayList<>();
    private final RegionBoxes regions;
    private final List<EquivalenceClasses> classesOfRegions = new ArrayList<>();
    private long cuts;
    private long cutsTried;
    private int depth;

    /** @param histograms number of histograms that models look at; for the others see {@link Partitioner} */
    public DistantPartitioner(
            DistantTuples tuples,
            QuasiIdentifiers quasiIdentifiers,
            int histograms,
            List<Dimension> dimensions,
            PrivacyCheck check,
            boolean relaxed) {
        this.tuples = tuples;
        this.quasiIdentifiers = quasiIdentifiers;
        this.histograms = histograms;
        this.dimensions = List.copyOf(dimensions);
        this.rankOf = dimensions.stream().map(Dimension::ranks).toArray(int[][]::new);
        this.check = check;
        this.relaxed = relaxed;
        this.finder = new CutFinder(this.dimensions, check, relaxed, check.looksAtSizeOnly());
        this.regions = new RegionBoxes(dimensions.size());
    }

    /** A part that is yet to be cut. @param state what is known of it */
    private record Open(int node, int depth, Summary summary, State state) {}

    private enum State {
        /** Not checked yet. */
        UNKNOWN,
        /** Satisfies the models. */
        SAFE,
        /** Small enough to be held. */
        HELD,
        /** Not to be cut further. */
        REGION,
        /** Not to be cut further, and violates a model. */
        SUPPRESSED
    }

    /**
     * Cuts all tuples.
     *
     * @throws InputException if there are more regions than can be held
     */
    public DividedTuples run() {
        cutNearRoot();
        // Parts are named by nodes that are not cut: by this tree, while the other one grows.
        CutTree nearRoot = tree.copy();
        for (int next = 0; next < leaves.size(); ) {
            if (leaves.get(next).state == State.HELD) {
                next = cutHeld(next, nearRoot);
            } else {
                close(leaves.get(next++));
            }
            if (regions.size() > tuples.mostHeld()) {
                throw new InputException("Mondrian makes more than " + tuples.mostHeld()
                        + " classes of these records, which are more than can be held. Ask for larger classes, leave out a"
                        + " quasi-identifier, or search with more memory.");
            }
        }
        int[] own = IntStream.range(0, regions.size()).toArray();
        Partition partition = new Partition(
                regions.boxes(), regions.suppressed(), own, tree, cuts, finder.tried() + cutsTried, depth);
        return new DividedTuples(EquivalenceClasses.concatenated(classesOfRegions), partition);
    }

    /** A class for each part that is there before the first cut that is not forced. @throws InputException if they are too many */
    public EquivalenceClasses uncut() {
        int[][] nodeOf = new int[rankOf.length][];
        long number = 1;
        for (int i = 0; i < nodeOf.length; i++) {
            nodeOf[i] = new int[rankOf[i].length];
            if (dimensions.get(i) instanceof TreeDimension tree) {
                int level = tree.maxLevel();
                Arrays.setAll(nodeOf[i], code -> tree.node(tree.ranks()[code], level));
                number *= tree.nodes(level);
            }
            if (number > MOST_FORCED) {
                throw new InputException("There is no solution. The maxLevels force more than " + MOST_FORCED
                        + " parts, too many to say which model they violate. Raise a maxLevel, or suppressionLimit.");
            }
        }
        int[] radix = dimensions.stream()
                .mapToInt(dimension -> dimension instanceof TreeDimension tree ? tree.nodes(tree.maxLevel()) : 1)
                .toArray();
        return EquivalenceClasses.ofSummaries(
                quasiIdentifiers,
                tuples.summaries(new Forced(nodeOf, radix), (int) number).stream()
                        .filter(summary -> summary.cells() > 0)
                        .toList());
    }

    /** Parts by the labels on the greatest levels. */
    private record Forced(int[][] nodeOf, int[] radix) implements DistantTuples.Parts {
        private static final long serialVersionUID = 1;

        @Override
        public int partOf(DistantTuples.Tuple tuple) {
            int part = 0;
            for (int i = 0; i < radix.length; i++) {
                part = part * radix[i] + nodeOf[i][tuple.code(i)];
            }
            return part;
        }
    }

    /** Leaves parts that can be held, or not be cut, in their order. */
    private void cutNearRoot() {
        Summary all =
                tuples.summaries(new DistantPart.OfNode(tree, 0, rankOf), 1).get(0);
        open.push(new Open(0, 0, all, State.UNKNOWN));
        while (!open.isEmpty()) {
            Open next = open.pop();
            if (next.summary.cells() <= tuples.mostHeld()) {
                leaves.add(new Open(next.node, next.depth, next.summary, State.HELD));
                continue;
            }
            DistantPart part = new DistantPart(tuples, quasiIdentifiers, dimensions, tree, next.node, next.summary);
            Cut forced = finder.forced(part.box());
            if (forced != null) {
                divide(next, forced, part.children(forced), State.UNKNOWN);
                continue;
            }
            boolean suppressed = next.state == State.UNKNOWN && !finder.isSafe(part.whole());
            Cut cut = suppressed ? null : finder.find(part);
            if (cut == null) {
                leaves.add(new Open(next.node, next.depth, next.summary, suppressed ? State.SUPPRESSED : State.REGION));
            } else {
                divide(next, cut, part.children(cut), State.SAFE);
            }
        }
    }

    private void divide(Open part, Cut cut, List<Summary> children, State state) {
        cuts++;
        int first = tree.cut(part.node, cut);
        for (int child = children.size() - 1; child >= 0; child--) {
            if (children.get(child).cells() > 0) {
                open.push(new Open(first + child, part.depth + 1, children.get(child), state));
            }
        }
    }

    private void close(Open leaf) {
        DistantPart part = new DistantPart(tuples, quasiIdentifiers, dimensions, tree, leaf.node, leaf.summary);
        tree.setRegion(leaf.node, regions.add(part.box(), leaf.state == State.SUPPRESSED));
        classesOfRegions.add(part.whole());
        depth = Math.max(depth, leaf.depth);
    }

    /** Fetches as many of the next leaves at once as can be held, and cuts them. @return the leaf after them */
    private int cutHeld(int first, CutTree nearRoot) {
        int end = first;
        long cells = 0;
        while (end < leaves.size()
                && leaves.get(end).state == State.HELD
                && cells + leaves.get(end).summary.cells() <= tuples.mostHeld()) {
            cells += leaves.get(end++).summary.cells();
        }
        List<Open> together = leaves.subList(first, end);
        int[] nodes = together.stream().mapToInt(Open::node).toArray();
        int[] placeOfNode = new int[nearRoot.size()];
        Arrays.fill(placeOfNode, -1);
        for (int place = 0; place < nodes.length; place++) {
            placeOfNode[nodes[place]] = place;
        }
        OfNodes parts = new OfNodes(nearRoot, placeOfNode, rankOf);
        EquivalenceClasses held = tuples.tuples(parts);
        Partition cut = new Partitioner(held, histograms, dimensions, check, relaxed, tree, regions.size())
                .run(
                        nodes,
                        together.stream().mapToInt(Open::depth).toArray(),
                        tuple -> parts.partOf(attribute -> held.code(tuple, attribute)));
        regions.addAll(cut);
        classesOfRegions.add(held.joined(cut.regionOfTuple(), cut.regions(dimensions.size())));
        cuts += cut.cuts();
        cutsTried += cut.cutsTried();
        depth = Math.max(depth, cut.depth());
        return end;
    }

    /** Those of several nodes that have no cut yet. */
    private record OfNodes(CutTree cuts, int[] placeOfNode, int[][] rankOf) implements DistantTuples.Parts {
        private static final long serialVersionUID = 1;

        @Override
        public int partOf(DistantTuples.Tuple tuple) {
            return placeOfNode[cuts.nodeOf(DistantPart.ranks(rankOf, tuple))];
        }
    }
}
