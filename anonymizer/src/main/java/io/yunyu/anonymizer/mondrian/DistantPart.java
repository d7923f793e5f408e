package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.classes.DistantTuples;
import io.yunyu.anonymizer.classes.DistantTuples.Summary;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part whose tuples are not held: what is not in its summary is asked of them. */
final class DistantPart implements Part {
    private final DistantTuples tuples;
    private final QuasiIdentifiers quasiIdentifiers;
    private final List<Dimension> dimensions;
    private final CutTree cuts;
    private final int node;
    private final Summary summary;
    private final int[][] rankOf;
    private final int[] box;
    private @Nullable Cut last;
    private List<Summary> children = List.of();

    /** @param node of {@code cuts}, not cut yet; what is in it is summed up in {@code summary} */
    DistantPart(
            DistantTuples tuples,
            QuasiIdentifiers quasiIdentifiers,
            List<Dimension> dimensions,
            CutTree cuts,
            int node,
            Summary summary) {
        this.tuples = tuples;
        this.quasiIdentifiers = quasiIdentifiers;
        this.dimensions = dimensions;
        this.cuts = cuts;
        this.node = node;
        this.summary = summary;
        this.rankOf = dimensions.stream().map(Dimension::ranks).toArray(int[][]::new);
        this.box = new int[2 * rankOf.length];
        for (int i = 0; i < rankOf.length; i++) {
            box[2 * i] = Integer.MAX_VALUE;
            for (int code = 0; code < rankOf[i].length; code++) {
                if (summary.recordsOfCodes()[i][code] > 0) {
                    box[2 * i] = Math.min(box[2 * i], rankOf[i][code]);
                    box[2 * i + 1] = Math.max(box[2 * i + 1], rankOf[i][code]);
                }
            }
        }
    }

    @Override
    public int[] box() {
        return box;
    }

    @Override
    public void forEachRank(int dimension, RankVisitor visitor) {
        long[] records = recordsOfRanks(summary, dimension);
        for (int rank = 0; rank < records.length; rank++) {
            if (records[rank] > 0) {
                visitor.visit(rank, records[rank]);
            }
        }
    }

    private long[] recordsOfRanks(Summary of, int dimension) {
        long[] records = new long[dimensions.get(dimension).size()];
        for (int code = 0; code < rankOf[dimension].length; code++) {
            records[rankOf[dimension][code]] += of.recordsOfCodes()[dimension][code];
        }
        return records;
    }

    /** What is in each part that a cut makes. */
    List<Summary> children(Cut cut) {
        if (cut != last) {
            children = tuples.summaries(new OfCut(cuts, node, rankOf, cut), cut.parts());
            last = cut;
        }
        return children;
    }

    @Override
    public EquivalenceClasses divided(Cut cut) {
        return EquivalenceClasses.ofSummaries(quasiIdentifiers, children(cut));
    }

    /** The part as one class. */
    EquivalenceClasses whole() {
        return EquivalenceClasses.ofSummaries(quasiIdentifiers, List.of(summary));
    }

    /**
     * Looks for the tuple in which half of the records is passed, one dimension after the other: the division is before or
     * after it, since the smaller side grows up to it and shrinks from there on.
     */
    @Override
    public int[] divisionOf(Middle middle, long least) {
        int[] half = new int[rankOf.length];
        long before = middle.before();
        long upTo = middle.upTo();
        for (int i = 0; i < half.length; i++) {
            int[] known = Arrays.copyOf(half, i);
            Summary having = tuples.summaries(
                            new OfPrefix(cuts, node, rankOf, middle.dimension(), middle.rank(), known), 1)
                    .get(0);
            long[] records = recordsOfRanks(having, i);
            int rank = 0;
            while (2 * (before + records[rank]) < middle.all()) {
                before += records[rank++];
            }
            half[i] = rank;
            upTo = before + records[rank];
        }
        boolean canPrecede = before > middle.before() && before >= least;
        boolean canFollow = upTo < middle.upTo() && middle.all() - upTo >= least;
        if (canPrecede && (before >= middle.all() - upTo || !canFollow)) {
            // No tuple is between: whatever does not exceed this precedes the one found.
            half[half.length - 1]--;
            return half;
        }
        return canFollow ? half : new int[0];
    }

    /** Those of a node that has no cut yet, in one part. */
    record OfNode(CutTree cuts, int node, int[][] rankOf) implements DistantTuples.Parts {
        private static final long serialVersionUID = 1;

        @Override
        public int partOf(DistantTuples.Tuple tuple) {
            return cuts.nodeOf(ranks(rankOf, tuple)) == node ? 0 : -1;
        }
    }

    /** Those of a node that has no cut yet, as a cut would part them. */
    private record OfCut(CutTree cuts, int node, int[][] rankOf, Cut cut) implements DistantTuples.Parts {
        private static final long serialVersionUID = 1;

        @Override
        public int partOf(DistantTuples.Tuple tuple) {
            TupleRanks ranks = ranks(rankOf, tuple);
            return cuts.nodeOf(ranks) == node ? cut.partOf(ranks) : -1;
        }
    }

    /** Those of a node with a rank in one dimension, and known ranks in the first ones. */
    private record OfPrefix(CutTree cuts, int node, int[][] rankOf, int dimension, int rank, int[] known)
            implements DistantTuples.Parts {
        private static final long serialVersionUID = 1;

        @Override
        public int partOf(DistantTuples.Tuple tuple) {
            TupleRanks ranks = ranks(rankOf, tuple);
            if (ranks.rank(dimension) != rank || cuts.nodeOf(ranks) != node) {
                return -1;
            }
            for (int i = 0; i < known.length; i++) {
                if (ranks.rank(i) != known[i]) {
                    return -1;
                }
            }
            return 0;
        }
    }

    static TupleRanks ranks(int[][] rankOf, DistantTuples.Tuple tuple) {
        return dimension -> rankOf[dimension][tuple.code(dimension)];
    }
}
