package io.yunyu.anonymizer.mondrian;

import java.io.Serializable;
import java.util.Arrays;
import org.jspecify.annotations.Nullable;

/** The cuts from all tuples down to the regions. Flat, so that a deep one can be serialized. */
public final class CutTree implements Serializable {
    private static final long serialVersionUID = 1;

    private @Nullable Cut[] cuts = new Cut[16];
    /** Of a node that is cut its first child, the others following; of another one its region. */
    private int[] next = new int[16];

    private int size = 1;

    CutTree() {}

    /** Cuts a node; returns the first of its children. */
    int cut(int node, Cut cut) {
        int first = size;
        size += cut.parts();
        if (size > next.length) {
            next = Arrays.copyOf(next, 2 * size);
            cuts = Arrays.copyOf(cuts, 2 * size);
        }
        cuts[node] = cut;
        next[node] = first;
        return first;
    }

    void setRegion(int node, int region) {
        next[node] = region;
    }

    /** The region of a tuple; of one that was not among those cut, some region. */
    public int regionOf(TupleRanks tuple) {
        return next[nodeOf(tuple)];
    }

    /** The node, not cut so far, that a tuple is in. */
    int nodeOf(TupleRanks tuple) {
        int node = 0;
        for (Cut cut = cuts[0]; cut != null; cut = cuts[node]) {
            node = next[node] + cut.partOf(tuple);
        }
        return node;
    }

    /** Number of nodes. */
    int size() {
        return size;
    }

    /** The tree as it is now. */
    CutTree copy() {
        CutTree copy = new CutTree();
        copy.cuts = cuts.clone();
        copy.next = next.clone();
        copy.size = size;
        return copy;
    }
}
