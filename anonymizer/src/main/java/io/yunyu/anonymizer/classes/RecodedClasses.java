package io.yunyu.anonymizer.classes;

import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Classes of tuples that were generalized in several rounds, each with levels of its own. Records whose labels read alike
 * form one class whatever their rounds; what no round took forms one suppressed class.
 */
public final class RecodedClasses {
    private static final int NONE = -1;

    private final EquivalenceClasses tuples;
    private final int[] roundOfTuple;
    private final List<int[]> levelsOfRound = new ArrayList<>();
    private int left;
    private int[] classOfTuple = {};
    private boolean[] suppressed = {};
    private EquivalenceClasses classes;

    public RecodedClasses(EquivalenceClasses tuples) {
        this.tuples = tuples;
        this.classes = tuples;
        this.roundOfTuple = new int[tuples.size()];
        Arrays.fill(roundOfTuple, NONE);
        this.left = roundOfTuple.length;
    }

    /** Tuples taken from now on have these levels. */
    public void beginRound(int[] levels) {
        levelsOfRound.add(levels.clone());
    }

    /** Keeps a tuple that is left as the current round generalizes it. */
    public void take(int tuple) {
        roundOfTuple[tuple] = levelsOfRound.size() - 1;
        left--;
    }

    /** Number of tuples that no round took. */
    public int left() {
        return left;
    }

    /** The tuples that no round took. */
    public int[] leftTuples() {
        int[] tuplesLeft = new int[left];
        int at = 0;
        for (int tuple = 0; tuple < roundOfTuple.length; tuple++) {
            if (roundOfTuple[tuple] == NONE) {
                tuplesLeft[at++] = tuple;
            }
        }
        return tuplesLeft;
    }

    /** Forms the classes. */
    public void join() {
        QuasiIdentifiers from = tuples.quasiIdentifiers();
        int dimension = from.dimension();
        List<BoundHierarchy> mixed =
                from.attributes().stream().map(BoundHierarchy::mixed).toList();
        QuasiIdentifiers packing = new QuasiIdentifiers(mixed);
        int[] levels = new int[dimension];
        for (int i = 0; i < dimension; i++) {
            levels[i] = mixed.get(i).mixedLevel();
        }
        TupleIndex index = new TupleIndex(packing.words(), 1024);
        classOfTuple = new int[roundOfTuple.length];
        long[] scratch = new long[packing.words()];
        for (int tuple = 0; tuple < roundOfTuple.length; tuple++) {
            for (int i = 0; i < dimension; i++) {
                packing.put(scratch, 0, i, roundOfTuple[tuple] == NONE ? 0 : mixedCode(mixed.get(i), tuple, i));
            }
            classOfTuple[tuple] = index.number(scratch);
        }
        classes = tuples.regrouped(packing, levels, index.keys(), classOfTuple, index.size());
        suppressed = new boolean[classes.size()];
        for (int tuple = 0; tuple < roundOfTuple.length; tuple++) {
            suppressed[classOfTuple[tuple]] |= roundOfTuple[tuple] == NONE;
        }
    }

    private int mixedCode(BoundHierarchy hierarchy, int tuple, int attribute) {
        int level = levelsOfRound.get(roundOfTuple[tuple])[attribute];
        return hierarchy.mixedCode(level, hierarchy.generalize(tuples.code(tuple, attribute), level));
    }

    /** The classes once they are joined. */
    public EquivalenceClasses classes() {
        return classes;
    }

    /** Finds the classes again without the tuples. */
    public ClassOfTuple lookup() {
        return new RoundClasses(tuples, levelsOfRound, roundOfTuple, classOfTuple);
    }

    public int[] classOfTuple() {
        return classOfTuple.clone();
    }

    /** The decision on the joined classes: suppressed is what no round took, and what violates a model. */
    public AnonymizedClasses withVerdicts(AnonymizedClasses checked) {
        boolean[] all = checked.suppressed().clone();
        long records = 0;
        for (int c = 0; c < all.length; c++) {
            all[c] |= suppressed[c];
            records += all[c] ? classes.count(c) : 0;
        }
        return new AnonymizedClasses(classes, all, all, records, records, AnonymizedClasses.Verdict.ANONYMOUS);
    }
}
