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
     * @param codeOf for each attribute and code the code on the round's level
     * @param classOf class of the tuples of this round that share some codes there
     */
    private record Round(int[][] codeOf, Map<List<Integer>, Integer> classOf) implements Serializable {
        private static final long serialVersionUID = 1;

        List<Integer> generalized(int[] codes) {
            List<Integer> generalized = new ArrayList<>(codes.length);
            for (int i = 0; i < codes.length; i++) {
                generalized.add(codeOf[i][codes[i]]);
            }
            return generalized;
        }
    }

    RoundClasses(QuasiIdentifiers quasiIdentifiers, List<int[]> levelsOfRound) {
        for (int[] levels : levelsOfRound) {
            int[][] codeOf = new int[levels.length][];
            for (int i = 0; i < levels.length; i++) {
                codeOf[i] = quasiIdentifiers.attribute(i).step(0, levels[i]);
            }
            rounds.add(new Round(codeOf, new HashMap<>()));
        }
    }

    /** Says the class of a tuple that a round took, and of all that it took with it. */
    void put(int round, int[] codes, int number) {
        rounds.get(round).classOf.put(rounds.get(round).generalized(codes), number);
    }

    /** The same by the codes on the round's levels. */
    void put(int round, List<Integer> generalized, int number) {
        rounds.get(round).classOf.put(generalized, number);
    }

    @Override
    public int of(int[] codes) {
        for (Round round : rounds) {
            Integer found = round.classOf.get(round.generalized(codes));
            if (found != null) {
                return found;
            }
        }
        return -1;
    }
}
