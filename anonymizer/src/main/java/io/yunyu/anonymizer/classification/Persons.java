package io.yunyu.anonymizer.classification;

import java.util.stream.IntStream;

/** Whose the records are: a person may have several, of one response or of several. */
final class Persons {
    private final int[] personOf;
    private final int size;
    private final int[] with;
    private final int[] withThisAlone;

    /**
     * @param personOf of each record, numbered from 0 on
     * @param responses of each record, numbered from 0 on
     */
    Persons(int[] personOf, int[] responses) {
        this.personOf = personOf;
        this.size = IntStream.of(personOf).max().orElse(-1) + 1;
        this.with = new int[IntStream.of(responses).max().orElse(-1) + 1];
        this.withThisAlone = new int[with.length];
        long[] pairs = IntStream.range(0, personOf.length)
                .mapToLong(at -> (long) personOf[at] << Integer.SIZE | responses[at])
                .sorted()
                .distinct()
                .toArray();
        for (int from = 0; from < pairs.length; ) {
            int to = from;
            while (to < pairs.length && pairs[to] >> Integer.SIZE == pairs[from] >> Integer.SIZE) {
                with[(int) pairs[to++]]++;
            }
            withThisAlone[(int) pairs[from]] += to == from + 1 ? 1 : 0;
            from = to;
        }
    }

    /** Number of persons. */
    int size() {
        return size;
    }

    /** The fewer of the persons who have records of a response, and of those who have others. */
    int fewer(int response) {
        return Math.min(with[response], size - withThisAlone[response]);
    }

    /** For each of some folds its records, ascending; all of a person are in one. */
    int[][] folds(int number) {
        return IntStream.range(0, number)
                .mapToObj(fold -> IntStream.range(0, personOf.length)
                        .filter(at -> personOf[at] % number == fold)
                        .toArray())
                .toArray(int[][]::new);
    }
}
