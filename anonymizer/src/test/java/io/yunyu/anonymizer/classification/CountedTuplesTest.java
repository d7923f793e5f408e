package io.yunyu.anonymizer.classification;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CountedTuplesTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261130L);

    /** Also of so many features and values that their combinations do not fit into 64 bits. */
    @Test
    void tupleOf_randomRecords_isTheSameForTheSameCodesOnly() {
        System.out.println("CountedTuplesTest: seed " + SEED);
        Random random = new Random(SEED);
        for (int featureCount : new int[] {0, 1, 3, 6, 7, 13, 40}) {
            int[][] kinds = new int[60][];
            Arrays.setAll(kinds, i -> random.ints(featureCount, 0, 2_000).toArray());
            // Alike but for the first feature, or the last, which a key that overflows would lose.
            for (int i = 40; featureCount > 0 && i < 60; i++) {
                kinds[i] = kinds[i - 20].clone();
                kinds[i][i % 2 == 0 ? 0 : featureCount - 1]++;
            }
            int[][] records = new int[120][];
            Arrays.setAll(records, i -> kinds[random.nextInt(kinds.length)]);
            int[] responses = random.ints(120, 0, 3).toArray();
            List<int[]> features = new ArrayList<>();
            for (int i = 0; i < featureCount; i++) {
                int feature = i;
                features.add(IntStream.range(0, 120)
                        .map(record -> records[record][feature])
                        .toArray());
            }
            CountedTuples tuples = new CountedTuples(features, responses, 3);

            for (int record = 0; record < 120; record++) {
                int tuple = tuples.tupleOf(record);
                int[] expected = new int[3];
                for (int other = 0; other < 120; other++) {
                    boolean same = Arrays.equals(records[record], records[other]);
                    assertThat(tuples.tupleOf(other) == tuple)
                            .as("seed %d, %d features", SEED, featureCount)
                            .isEqualTo(same);
                    expected[responses[other]] += same ? 1 : 0;
                }
                for (int i = 0; i < featureCount; i++) {
                    assertThat(tuples.code(tuple, i)).isEqualTo(records[record][i]);
                }
                for (int response = 0; response < 3; response++) {
                    assertThat(tuples.count(tuple, response)).isEqualTo(expected[response]);
                }
            }
        }
    }

    /** Five times 16 bits: of a key that is not renumbered in time the first feature is shifted out. */
    @Test
    void tupleOf_valuesThatFillTheKey_areAllTold() {
        List<int[]> features = IntStream.range(0, 5)
                .mapToObj(feature -> IntStream.range(0, 32)
                        .map(record -> (record >> feature & 1) * 65_535)
                        .toArray())
                .toList();
        assertThat(new CountedTuples(features, new int[32], 1).size()).isEqualTo(32);
    }

    /** The number that stands for what was read so far needs its place in the key as well. */
    @Test
    void tupleOf_manyTuplesBeforeTheKeyIsFull_areAllTold() {
        int records = 70_000;
        List<int[]> features =
                new ArrayList<>(List.of(IntStream.range(0, records).toArray()));
        for (int feature = 0; feature < 5; feature++) {
            features.add(IntStream.range(0, records)
                    .map(record -> record == 0 ? 65_535 : 0)
                    .toArray());
        }
        assertThat(new CountedTuples(features, new int[records], 1).size()).isEqualTo(records);
    }
}
