package io.yunyu.anonymizer.classification;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.List;
import java.util.Optional;
import java.util.Random;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class ValueSplitTest {
    private static final long SEED = Long.getLong("yunyu.seed", 20261130L);

    /** With two responses no other parting of the values is better: all of them are tried. */
    @Test
    void best_twoResponses_isTheBestOfAllPartings() {
        System.out.println("ValueSplitTest: seed " + SEED);
        Random random = new Random(SEED);
        for (int run = 0; run < 200; run++) {
            int values = 2 + random.nextInt(7);
            int[] counts =
                    random.ints(values * 2, 0, 30).map(count -> count + 1).toArray();
            long[] total = total(counts, 2);
            double best = 0;
            for (int subset = 1; subset < (1 << values) - 1; subset++) {
                best = Math.max(best, purity(counts, 2, subset));
            }

            ValueSplit found =
                    ValueSplit.best(numbers(values), counts, total, 1).orElseThrow();

            assertThat(found.purity()).as("seed %d, run %d", SEED, run).isCloseTo(best, within(1e-9));
            int left = 0;
            for (int value = 0; value < values; value++) {
                left |= found.left().get(value) ? 1 << value : 0;
            }
            assertThat(purity(counts, 2, left)).isCloseTo(best, within(1e-9));
        }
    }

    @Test
    void best_valuesOfNoRecord_areWithTheLargerPart() {
        // Values 0 and 3 are in no record; 1 has fewer records than 2.
        int[] counts = {0, 0, 9, 1, 2, 18, 0, 0};
        ValueSplit split =
                ValueSplit.best(List.of(1, 2), counts, new long[] {11, 19}, 5).orElseThrow();

        assertThat(split.left().get(1)).isNotEqualTo(split.left().get(2));
        assertThat(split.left().get(0)).isEqualTo(split.left().get(2));
        assertThat(split.left().get(3)).isEqualTo(split.left().get(2));
        int[] other = {0, 0, 19, 1, 2, 8, 0, 0};
        ValueSplit reversed =
                ValueSplit.best(List.of(1, 2), other, new long[] {21, 9}, 5).orElseThrow();
        assertThat(reversed.left().get(0)).isEqualTo(reversed.left().get(1));
    }

    @Test
    void best_partsThatWouldBeTooSmall_areNone() {
        int[] counts = {4, 0, 0, 20};
        assertThat(ValueSplit.best(List.of(0, 1), counts, new long[] {4, 20}, 5))
                .isEmpty();
        assertThat(ValueSplit.best(List.of(0, 1), counts, new long[] {4, 20}, 4))
                .isPresent();
        assertThat(ValueSplit.best(List.of(1), counts, new long[] {0, 20}, 1)).isEqualTo(Optional.empty());
    }

    /** Fifty values of one record each tell all responses apart, by chance; taken together they tell none. */
    @Test
    void best_valuesOfFewRecords_areTakenTogether() {
        int[] counts =
                IntStream.range(0, 100).map(i -> i % 2 == i / 2 % 2 ? 1 : 0).toArray();
        assertThat(ValueSplit.best(numbers(50), counts, total(counts, 2), 5)).isEmpty();
        assertThat(ValueSplit.best(numbers(50), counts, total(counts, 2), 1)).isPresent();
        int[] more = counts.clone();
        more[0] = 30;
        ValueSplit split = ValueSplit.best(numbers(50), more, total(more, 2), 5).orElseThrow();
        assertThat(IntStream.range(1, 50)
                        .filter(value -> split.left().get(value) != split.left().get(0)))
                .hasSize(49);
    }

    private static List<Integer> numbers(int number) {
        return IntStream.range(0, number).boxed().toList();
    }

    private static long[] total(int[] counts, int responses) {
        long[] total = new long[responses];
        for (int i = 0; i < counts.length; i++) {
            total[i % responses] += counts[i];
        }
        return total;
    }

    /** By the definition: of either part the squared counts by their sum. */
    private static double purity(int[] counts, int responses, int subset) {
        double[][] parts = new double[2][responses];
        for (int i = 0; i < counts.length; i++) {
            parts[subset >> i / responses & 1][i % responses] += counts[i];
        }
        double purity = 0;
        for (double[] part : parts) {
            double sum = IntStream.range(0, responses).mapToDouble(i -> part[i]).sum();
            for (double count : part) {
                purity += count * count / sum;
            }
        }
        return purity;
    }
}
