package io.yunyu.anonymizer.classes;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** Classes of tuples that were generalized in several rounds: the first round that took a tuple says which it is in. */
final class RoundClasses implements ClassOfTuple {
    private static final long serialVersionUID = 1;

    private final List<Round> rounds = new ArrayList<>();

    /**
     * @param labelOf for each attribute and code the label that the round gives it
     * @param classOf class of the tuples of this round that show some labels
     */
    private record Round(int[][] labelOf, Map<List<Integer>, Integer> classOf) implements Serializable {
        private static final long serialVersionUID = 1;

        List<Integer> labels(int[] codes) {
            List<Integer> labels = new ArrayList<>(codes.length);
            for (int i = 0; i < codes.length; i++) {
                labels.add(labelOf[i][codes[i]]);
            }
            return labels;
        }
    }

    /** @param roundOfTuple negative where no round took a tuple */
    RoundClasses(EquivalenceClasses tuples, List<int[]> levelsOfRound, int[] roundOfTuple, int[] classOfTuple) {
        int dimension = tuples.quasiIdentifiers().dimension();
        for (int[] levels : levelsOfRound) {
            int[][] labelOf = new int[dimension][];
            for (int i = 0; i < dimension; i++) {
                labelOf[i] = tuples.quasiIdentifiers().attribute(i).step(0, levels[i]);
            }
            rounds.add(new Round(labelOf, new HashMap<>()));
        }
        int[] codes = new int[dimension];
        for (int tuple = 0; tuple < roundOfTuple.length; tuple++) {
            if (roundOfTuple[tuple] >= 0) {
                for (int i = 0; i < dimension; i++) {
                    codes[i] = tuples.code(tuple, i);
                }
                Round round = rounds.get(roundOfTuple[tuple]);
                round.classOf.put(round.labels(codes), classOfTuple[tuple]);
            }
        }
    }

    @Override
    public int of(int[] codes) {
        for (Round round : rounds) {
            Integer found = round.classOf.get(round.labels(codes));
            if (found != null) {
                return found;
            }
        }
        return -1;
    }
}
