package io.yunyu.anonymizer.classes;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * Rounds over tuples that are not held: of each only its classes are remembered, and a tuple is of the first round that took
 * the class which the tuple would have there. What is left is searched here as soon as its tuples fit.
 */
final class DistantRounds implements RecodingRounds {
    private final GroupedMicrodata data;
    private final List<Round> rounds = new ArrayList<>();
    private @Nullable GroupedMicrodata left;
    private @Nullable GroupedMicrodata leftBefore;

    private record Round(EquivalenceClasses classes, boolean[] taken) {}

    DistantRounds(GroupedMicrodata data) {
        this.data = data;
        this.left = data;
    }

    @Override
    public boolean hasLeft() {
        return left().rowCount() > 0;
    }

    @Override
    public GroupedMicrodata left() {
        GroupedMicrodata known = left;
        if (known == null) {
            known = leftBefore != null && leftBefore.holdsTuples()
                    ? without(leftBefore, rounds.get(rounds.size() - 1))
                    : data.distantRecords().outside(numbered((round, c) -> 0));
            left = known;
        }
        return known;
    }

    private static GroupedMicrodata without(GroupedMicrodata held, Round round) {
        int[] classOf = ClassNumbering.ofTuples(held.tuples(), round.classes);
        int[] remaining = new int[classOf.length];
        int number = 0;
        for (int tuple = 0; tuple < classOf.length; tuple++) {
            if (!round.taken[classOf[tuple]]) {
                remaining[number++] = tuple;
            }
        }
        return held.restrictedTo(Arrays.copyOf(remaining, number));
    }

    @Override
    public boolean take(EquivalenceClasses classes, boolean[] taken) {
        boolean any = false;
        for (boolean one : taken) {
            any |= one;
        }
        if (any) {
            leftBefore = left();
            left = null;
            rounds.add(new Round(classes, taken.clone()));
        }
        return any;
    }

    /** Says the number of a round's class. */
    private interface Numbering {
        int of(Round round, int equivalenceClass);
    }

    private RoundClasses numbered(Numbering numbering) {
        RoundClasses lookup = new RoundClasses(
                data.quasiIdentifiers(),
                rounds.stream().map(round -> round.classes.levels()).toList());
        for (int r = 0; r < rounds.size(); r++) {
            Round round = rounds.get(r);
            for (int c = 0; c < round.taken.length; c++) {
                if (round.taken[c]) {
                    List<Integer> codes = new ArrayList<>();
                    for (int i = 0; i < data.quasiIdentifiers().dimension(); i++) {
                        codes.add(round.classes.code(c, i));
                    }
                    lookup.put(r, codes, numbering.of(round, c));
                }
            }
        }
        return lookup;
    }

    @Override
    public Joined joined() {
        QuasiIdentifiers labels = data.quasiIdentifiers().mixed();
        Map<List<Integer>, Integer> numberOf = new HashMap<>();
        RoundClasses numbers = numbered((round, c) -> {
            List<Integer> label = mixedCodes(labels, round.classes, c);
            Integer known = numberOf.putIfAbsent(label, numberOf.size());
            return known == null ? numberOf.size() - 1 : known;
        });
        long[][] keys = new long[numberOf.size()][labels.words()];
        numberOf.forEach((label, number) -> {
            for (int i = 0; i < label.size(); i++) {
                labels.put(keys[number], 0, i, label.get(i));
            }
        });
        EquivalenceClasses classes = data.distantRecords().joined(numbers, labels, keys);
        // They come in the order of their first records.
        Map<List<Integer>, Integer> placeOf = new HashMap<>();
        boolean[] suppressed = new boolean[classes.size()];
        for (int c = 0; c < classes.size(); c++) {
            List<Integer> label = new ArrayList<>();
            for (int i = 0; i < labels.dimension(); i++) {
                label.add(classes.code(c, i));
            }
            placeOf.put(label, c);
            suppressed[c] = !numberOf.containsKey(label);
        }
        RoundClasses lookup = numbered((round, c) -> {
            Integer place = placeOf.get(mixedCodes(labels, round.classes, c));
            if (place == null) {
                throw new IllegalStateException("A class that a round took has no record.");
            }
            return place;
        });
        return new Joined(classes, suppressed, new int[0], lookup);
    }

    private static List<Integer> mixedCodes(QuasiIdentifiers labels, EquivalenceClasses classes, int c) {
        List<Integer> codes = new ArrayList<>();
        for (int i = 0; i < labels.dimension(); i++) {
            codes.add(labels.attribute(i).mixedCode(classes.level(i), classes.code(c, i)));
        }
        return codes;
    }
}
