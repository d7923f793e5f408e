package io.yunyu.engine.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import java.util.Random;
import org.junit.jupiter.api.RepeatedTest;
import org.junit.jupiter.api.RepetitionInfo;

class MaximumEntropyTest {
    /** Without monotony a solution exists strictly between the two-point distributions nearest to and farthest from 0. */
    @RepeatedTest(20)
    void probabilities_anyReachableVariance_areFound(RepetitionInfo repetition) {
        long seed = 20_261_200L + repetition.getCurrentRepetition();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        for (int design = 0; design < 20; design++) {
            int d = 2 + random.nextInt(49);
            int js = random.nextInt(Math.min(d, 8));
            int i = 1 + random.nextInt(d + js + 1);
            double least = i <= js ? (double) i * (js + 1 - i) : 0;
            double[] support = PerturbationParameters.counts(d, 1, js).support(i);
            double most = -support[0] * d;
            double variance = least + (most - least) * Math.exp(-12 * random.nextDouble()) * 0.98;
            if (variance <= least * 1.01 + 0.01) {
                continue;
            }
            RowRule rule = RowRule.DEFAULT.withMonotone(false).withVariance(VarianceRule.EXACTLY);
            assertThat(new MaximumEntropy(support, variance, rule).probabilities())
                    .as("d=%d js=%d i=%d variance=%s", d, js, i, variance)
                    .hasValueSatisfying(p -> assertMoments(support, p, variance));
        }
    }

    private static void assertMoments(double[] support, double[] p, double variance) {
        double mean = 0;
        double square = 0;
        for (int k = 0; k < p.length; k++) {
            mean += p[k] * support[k];
            square += p[k] * support[k] * support[k];
        }
        assertThat(mean).isCloseTo(0, within(1e-8));
        assertThat(square).isCloseTo(variance, within(1e-8 * Math.max(1, variance)));
    }

    /** No admissible neighbour of the solution may have higher entropy: moves along the null space of the moments. */
    @RepeatedTest(20)
    void probabilities_anyAdmissibleMove_lowersEntropy(RepetitionInfo repetition) {
        long seed = 20_261_123L + repetition.getCurrentRepetition();
        System.out.println("seed " + seed);
        Random random = new Random(seed);
        int d = 3 + random.nextInt(10);
        int js = random.nextInt(3);
        double variance = (0.15 + 0.15 * random.nextDouble()) * d * d;
        RowRule rule = RowRule.DEFAULT.withMonotone(random.nextBoolean()).withVariance(VarianceRule.EXACTLY);
        rule = random.nextBoolean() ? rule.withStay(0.3) : rule;
        PerturbationParameters design = PerturbationParameters.counts(d, variance, js);
        for (int i : design.rows()) {
            double[] support = design.support(i);
            RowRule tested = rule;
            new MaximumEntropy(support, variance, rule)
                    .probabilities()
                    .ifPresent(p -> assertOptimal(support, p, tested, random));
        }
    }

    private static void assertOptimal(double[] support, double[] p, RowRule rule, Random random) {
        for (int trial = 0; trial < 300; trial++) {
            double[] moved = move(support, p, random);
            if (isAdmissible(support, moved, rule, p)) {
                assertThat(entropy(moved)).isLessThan(entropy(p) + 1e-10);
            }
        }
    }

    /** Shifts mass between four support points so that total, mean and variance stay. */
    private static double[] move(double[] support, double[] p, Random random) {
        int[] at = random.ints(0, support.length).distinct().limit(4).sorted().toArray();
        double[] moved = p.clone();
        double size = (random.nextBoolean() ? 1 : -1) * 1e-4;
        double largest = 0;
        double[] change = new double[4];
        for (int k = 0; k < 4; k++) {
            change[k] = 1;
            for (int other = 0; other < 4; other++) {
                // Divided differences of order three vanish on polynomials of degree two.
                change[k] /= other == k ? 1 : support[at[k]] - support[at[other]];
            }
            largest = Math.max(largest, Math.abs(change[k]));
        }
        for (int k = 0; k < 4; k++) {
            moved[at[k]] += size * change[k] / largest;
        }
        return moved;
    }

    private static boolean isAdmissible(double[] support, double[] moved, RowRule rule, double[] p) {
        for (int k = 0; k < moved.length; k++) {
            boolean falls = rule.monotone() && k > 0 && support[k] <= 0 && moved[k - 1] > moved[k];
            boolean leaves = rule.stay().isPresent()
                    && support[k] == 0
                    && moved[k] < p[k]
                    && p[k] < rule.stay().getAsDouble() + 1e-7;
            if (moved[k] <= 0 || falls || leaves) {
                return false;
            }
        }
        return true;
    }

    private static double entropy(double[] p) {
        double sum = 0;
        for (double q : p) {
            sum -= q * Math.log(q);
        }
        return sum;
    }
}
