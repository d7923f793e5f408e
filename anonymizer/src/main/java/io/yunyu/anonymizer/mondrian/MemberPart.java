package io.yunyu.anonymizer.mondrian;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.PartMerger;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A part whose tuples are held: a stretch of the members, which looking for its cut reorders. */
final class MemberPart implements Part {
    private final Members members;
    private final PartMerger merger;
    private final int from;
    private final int to;
    private final int[] box;
    private @Nullable Cut last;
    private int[] ends = new int[0];

    MemberPart(Members members, PartMerger merger, int from, int to) {
        this.members = members;
        this.merger = merger;
        this.from = from;
        this.to = to;
        this.box = members.box(from, to);
    }

    @Override
    public int[] box() {
        return box;
    }

    @Override
    public void forEachRank(int dimension, RankVisitor visitor) {
        members.forEachRank(dimension, from, to, box[2 * dimension], box[2 * dimension + 1], visitor);
    }

    /** Puts the members in the order of the cut's parts; returns where each ends. */
    int[] divide(Cut cut) {
        if (cut != last) {
            ends = members.divide(from, to, cut);
            last = cut;
        }
        return ends;
    }

    @Override
    public EquivalenceClasses divided(Cut cut) {
        return merger.merge(members.order(), from, divide(cut));
    }

    /** The part as one class. */
    EquivalenceClasses whole() {
        return merger.merge(members.order(), from, new int[] {to});
    }

    @Override
    public int[] divisionOf(Middle middle, long least) {
        List<Integer> having = new ArrayList<>();
        for (int m = from; m < to; m++) {
            if (members.rank(m, middle.dimension()) == middle.rank()) {
                having.add(m);
            }
        }
        having.sort(this::byRanks);
        long passed = middle.before();
        long most = least - 1;
        int best = -1;
        for (int i = 0; i + 1 < having.size(); i++) {
            passed += members.count(having.get(i));
            long smaller = Math.min(passed, middle.all() - passed);
            if (smaller > most && byRanks(having.get(i), having.get(i + 1)) != 0) {
                most = smaller;
                best = having.get(i);
            }
        }
        if (best < 0) {
            return new int[0];
        }
        int[] ranks = new int[box.length / 2];
        for (int i = 0; i < ranks.length; i++) {
            ranks[i] = members.rank(best, i);
        }
        return ranks;
    }

    private int byRanks(int a, int b) {
        for (int i = 0; 2 * i < box.length; i++) {
            int byRank = Integer.compare(members.rank(a, i), members.rank(b, i));
            if (byRank != 0) {
                return byRank;
            }
        }
        return 0;
    }
}
