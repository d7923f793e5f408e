package io.yunyu.anonymizer.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.language.Phrases;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class RandomForestTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261130L);

    /** Whether two features differ decides, and nothing else: no sum over features can know it. */
    @Test
    void score_exclusiveOr_isLearnedByTheForestOnly() {
        System.out.println("RandomForestTest: seed " + SEED);
        Random random = new Random(SEED);
        int[] a = random.ints(2_000, 0, 2).toArray();
        int[] b = random.ints(2_000, 0, 2).toArray();
        int[] c = random.ints(2_000, 0, 5).toArray();
        CrossValidation validation =
                new CrossValidation(IntStream.range(0, 2_000).toArray(), row -> a[row] ^ b[row], row -> row);
        Trial trial = validation.on(List.of(row -> a[row], row -> b[row], row -> c[row]));

        Score forest = trial.score(Classifier.RANDOM_FOREST);
        assertThat(forest.accuracy()).isGreaterThan(0.99);
        assertThat(forest.curves().get(0).area()).isGreaterThan(0.99);
        assertThat(trial.score(Classifier.LOGISTIC_REGRESSION).accuracy()).isLessThan(0.6);
        assertThat(trial.score(Classifier.NAIVE_BAYES).accuracy()).isLessThan(0.6);
        assertThat(trial.score(Classifier.RANDOM_FOREST)).isEqualTo(forest);
    }

    /** Nothing to part by: the mean of the samples' frequencies. */
    @Test
    void probabilities_noFeature_areNearTheFrequencies() {
        CountedTuples records = new CountedTuples(
                List.of(),
                IntStream.range(0, 1_000).map(at -> at % 10 < 7 ? 0 : 1).toArray(),
                2);
        assertThat(RandomForest.of(records).probabilities(0)[0])
                .isCloseTo(0.7, within(0.02))
                .isNotCloseTo(0.7, within(1e-9));
    }

    /** Tuples that nothing was learned from, as a fold has, go where their values lead. */
    @Test
    void probabilities_tupleOfNoRecord_followItsValues() {
        Random random = new Random(SEED);
        int[] a = random.ints(1_000, 0, 4).toArray();
        int[] b = IntStream.range(0, 1_000).toArray();
        int[] responses = Arrays.stream(a).map(value -> value / 2).toArray();
        CountedTuples records = new CountedTuples(List.of(a, b), responses, 2);
        for (int record = 0; record < 100; record++) {
            records.add(record, responses[record], -1);
        }
        RandomForest forest = RandomForest.of(records);

        for (int record = 0; record < 100; record++) {
            double[] found = forest.probabilities(records.tupleOf(record));
            assertThat(found[0] + found[1]).isCloseTo(1, within(1e-9));
            assertThat(found[responses[record]])
                    .as("seed %d, record %d", SEED, record)
                    .isGreaterThan(0.6);
        }
    }

    /** A value of one record, and that alone of its response: no leaf is that small. */
    @Test
    void probabilities_lonelyRecord_hasNoLeafOfItsOwn() {
        int[] a = IntStream.range(0, 1_000).map(at -> at == 0 ? 1 : 0).toArray();
        CountedTuples records = new CountedTuples(List.of(a), a, 2);
        double[] found = RandomForest.of(records).probabilities(records.tupleOf(0));
        assertThat(found[1]).isLessThan(0.1);
    }

    @Test
    void obstacle_tooManyTuples_isSaid() {
        int[] all = IntStream.range(0, 50_000).toArray();
        assertThat(RandomForest.obstacle(records(all, 25)))
                .hasValueSatisfying(
                        reason -> assertThat(Phrases.chinese(reason)).isPresent());
        assertThat(RandomForest.obstacle(records(all, 20))).isEmpty();
    }

    private static CountedTuples records(int[] feature, int responses) {
        return new CountedTuples(
                List.of(feature),
                Arrays.stream(feature).map(at -> at % responses).toArray(),
                responses);
    }
}
