package io.yunyu.anonymizer.classes;

import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Rounds over tuples that are held: each tuple remembers its round. */
final class HeldRounds implements RecodingRounds {
    private static final int NONE = -1;

    private final GroupedMicrodata data;
    private final EquivalenceClasses tuples;
    private final int[] roundOfTuple;
    private final List<int[]> levelsOfRound = new ArrayList<>();
    private int[] leftTuples;
    private @Nullable GroupedMicrodata left;

    HeldRounds(GroupedMicrodata data) {
        this.data = data;
        this.tuples = data.tuples();
        this.roundOfTuple = new int[tuples.size()];
        Arrays.fill(roundOfTuple, NONE);
        this.leftTuples = new int[roundOfTuple.length];
        Arrays.setAll(leftTuples, tuple -> tuple);
        this.left = data;
    }

    @Override
    public boolean hasLeft() {
        return leftTuples.length > 0;
    }

    @Override
    public GroupedMicrodata left() {
        GroupedMicrodata known = left;
        if (known == null) {
            known = data.restrictedTo(leftTuples);
            left = known;
        }
        return known;
    }

    @Override
    public boolean take(EquivalenceClasses classes, boolean[] taken) {
        int[] classOf = ClassNumbering.ofTuples(left().tuples(), classes);
        int round = levelsOfRound.size();
        levelsOfRound.add(classes.levels());
        int[] remaining = new int[leftTuples.length];
        int number = 0;
        for (int i = 0; i < leftTuples.length; i++) {
            if (taken[classOf[i]]) {
                roundOfTuple[leftTuples[i]] = round;
            } else {
                remaining[number++] = leftTuples[i];
            }
        }
        if (number == leftTuples.length) {
            return false;
        }
        leftTuples = Arrays.copyOf(remaining, number);
        left = null;
        return true;
    }

    @Override
    public Joined joined() {
        QuasiIdentifiers from = tuples.quasiIdentifiers();
        int dimension = from.dimension();
        QuasiIdentifiers labels = from.mixed();
        TupleIndex index = new TupleIndex(labels.words(), 1024);
        int[] classOfTuple = new int[roundOfTuple.length];
        long[] scratch = new long[labels.words()];
        for (int tuple = 0; tuple < roundOfTuple.length; tuple++) {
            int round = roundOfTuple[tuple];
            for (int i = 0; i < dimension; i++) {
                labels.put(scratch, 0, i, round == NONE ? 0 : mixedCode(labels.attribute(i), tuple, i, round));
            }
            classOfTuple[tuple] = index.number(scratch);
        }
        EquivalenceClasses classes =
                tuples.regrouped(labels, labels.mixedLevels(), index.keys(), classOfTuple, index.size());
        boolean[] suppressed = new boolean[classes.size()];
        RoundClasses lookup = new RoundClasses(from, levelsOfRound);
        int[] codes = new int[dimension];
        for (int tuple = 0; tuple < roundOfTuple.length; tuple++) {
            if (roundOfTuple[tuple] == NONE) {
                suppressed[classOfTuple[tuple]] = true;
                continue;
            }
            for (int i = 0; i < dimension; i++) {
                codes[i] = tuples.code(tuple, i);
            }
            lookup.put(roundOfTuple[tuple], codes, classOfTuple[tuple]);
        }
        return new Joined(classes, suppressed, classOfTuple, lookup);
    }

    private int mixedCode(BoundHierarchy hierarchy, int tuple, int attribute, int round) {
        int level = levelsOfRound.get(round)[attribute];
        return hierarchy.mixedCode(level, hierarchy.generalize(tuples.code(tuple, attribute), level));
    }
}
