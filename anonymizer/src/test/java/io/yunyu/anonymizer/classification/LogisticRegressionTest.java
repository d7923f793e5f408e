package io.yunyu.anonymizer.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import io.yunyu.contract.language.Phrases;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class LogisticRegressionTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261130L);

    private static final int RESPONSES = 3;

    /**
     * At the optimum each weight is the number of its records found, less that expected: the weights follow from the
     * probabilities, and must give them again. Record by record.
     */
    @Test
    void probabilities_randomRecords_areThoseOfTheOnlyOptimum() {
        System.out.println("LogisticRegressionTest: seed " + SEED);
        Random random = new Random(SEED);
        for (int run = 0; run < 20; run++) {
            int n = 20 + random.nextInt(400);
            int[] cardinalities = random.ints(1 + random.nextInt(4), 1, 7).toArray();
            List<int[]> features = new ArrayList<>();
            for (int cardinality : cardinalities) {
                features.add(random.ints(n, 0, cardinality).toArray());
            }
            int[] responses = IntStream.range(0, n)
                    .map(at -> random.nextInt(3) == 0 ? random.nextInt(RESPONSES) : features.get(0)[at] % RESPONSES)
                    .toArray();
            CountedTuples records = new CountedTuples(features, responses, RESPONSES);
            LogisticRegression regression = LogisticRegression.of(records, 1e-8);

            assertThat(regression.isConverged())
                    .as("seed %d, run %d", SEED, run)
                    .isTrue();
            double[] ofResponse = new double[RESPONSES];
            double[][][] ofValue = new double[features.size()][8][RESPONSES];
            for (int at = 0; at < n; at++) {
                double[] probabilities = regression.probabilities(records.tupleOf(at));
                assertThat(Arrays.stream(probabilities).sum()).isCloseTo(1, within(1e-12));
                for (int response = 0; response < RESPONSES; response++) {
                    double more = (responses[at] == response ? 1 : 0) - probabilities[response];
                    ofResponse[response] += more;
                    for (int i = 0; i < features.size(); i++) {
                        ofValue[i][features.get(i)[at]][response] += more;
                    }
                }
            }
            for (int at = 0; at < n; at++) {
                double[] expected = new double[RESPONSES];
                for (int response = 0; response < RESPONSES; response++) {
                    expected[response] = ofResponse[response];
                    for (int i = 0; i < features.size(); i++) {
                        expected[response] += ofValue[i][features.get(i)[at]][response];
                    }
                    expected[response] = Math.exp(expected[response]);
                }
                double sum = Arrays.stream(expected).sum();
                for (int response = 0; response < RESPONSES; response++) {
                    assertThat(regression.probabilities(records.tupleOf(at))[response])
                            .as("seed %d, run %d, record %d", SEED, run, at)
                            .isCloseTo(expected[response] / sum, within(2 * (features.size() + 1) * n * 1e-8));
                }
            }
        }
    }

    /** No derivative is exactly 0 in the end. */
    @Test
    void isConverged_toleranceThatCannotBeMet_isFalse() {
        Random random = new Random(SEED);
        CountedTuples records = new CountedTuples(
                List.of(random.ints(300, 0, 7).toArray(), random.ints(300, 0, 5).toArray()),
                random.ints(300, 0, RESPONSES).toArray(),
                RESPONSES);
        assertThat(LogisticRegression.of(records, 0).isConverged()).isFalse();
    }

    /** Without features two weights are left, u and -u, with u = 30 - 40 / (1 + exp(-2 u)); solved by bisection. */
    @Test
    void probabilities_noFeature_areThoseOfTheEquation() {
        int[] responses = IntStream.range(0, 40).map(at -> at < 30 ? 0 : 1).toArray();
        double low = 0;
        double high = 10;
        for (int i = 0; i < 100; i++) {
            double u = (low + high) / 2;
            if (30 - 40 / (1 + Math.exp(-2 * u)) > u) {
                low = u;
            } else {
                high = u;
            }
        }

        double[] found = LogisticRegression.of(new CountedTuples(List.of(), responses, 2))
                .probabilities(0);

        assertThat(found[0])
                .isCloseTo(1 / (1 + Math.exp(-2 * low)), within(1e-5))
                .isBetween(0.73, 0.75);
    }

    /** A response of no record learned from, as may be in a fold, is improbable and not impossible. */
    @Test
    void probabilities_responseOfNoRecord_areFinite() {
        CountedTuples records = new CountedTuples(
                List.of(IntStream.range(0, 100).map(at -> at % 4).toArray()),
                IntStream.range(0, 100).map(at -> at % 2).toArray(),
                3);
        for (int at = 0; at < 4; at++) {
            double[] found = LogisticRegression.of(records).probabilities(records.tupleOf(at));
            assertThat(found[2]).isBetween(1e-6, 0.1);
            assertThat(found[at % 2]).isGreaterThan(0.8);
        }
    }

    @Test
    void probabilities_otherOrderOfRecords_areTheSame() {
        Random random = new Random(SEED);
        List<int[]> records = new ArrayList<>();
        for (int at = 0; at < 500; at++) {
            int a = random.nextInt(5);
            records.add(new int[] {a, random.nextInt(3), random.nextInt(3) == 0 ? random.nextInt(3) : a % 3});
        }
        // The order decides how tuples are numbered, not what their codes are.
        LogisticRegression one = LogisticRegression.of(counted(records), 1e-8);
        int[] first = records.get(0);
        double[] before = one.probabilities(counted(records).tupleOf(0));
        Collections.shuffle(records, random);
        CountedTuples shuffled = counted(records);
        double[] after = LogisticRegression.of(shuffled, 1e-8).probabilities(shuffled.tupleOf(records.indexOf(first)));

        assertThat(after).containsExactly(before, within(1e-5));
    }

    private static CountedTuples counted(List<int[]> records) {
        return new CountedTuples(List.of(column(records, 0), column(records, 1)), column(records, 2), RESPONSES);
    }

    private static int[] column(List<int[]> records, int column) {
        return records.stream().mapToInt(record -> record[column]).toArray();
    }

    @Test
    void obstacle_tooManyValuesOrTuples_isSaid() {
        int[] all = IntStream.range(0, 70_000).toArray();
        assertThat(LogisticRegression.obstacle(records(List.of(all), 3)))
                .hasValueSatisfying(
                        reason -> assertThat(Phrases.chinese(reason)).isPresent());
        assertThat(LogisticRegression.obstacle(records(List.of(all), 2))).isEmpty();
        List<int[]> digits = new ArrayList<>();
        for (int power = 1; power <= 40 * 40; power *= 40) {
            int of = power;
            digits.add(IntStream.range(0, 60_000).map(at -> at / of % 40).toArray());
        }
        assertThat(LogisticRegression.obstacle(records(digits, 50))).isPresent();
        assertThat(LogisticRegression.obstacle(records(digits, 40))).isEmpty();
    }

    private static CountedTuples records(List<int[]> features, int responses) {
        int[] codes = IntStream.range(0, features.get(0).length)
                .map(at -> at % responses)
                .toArray();
        return new CountedTuples(features, codes, responses);
    }
}
