package io.yunyu.anonymizer.privacy;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Frequencies of many draws with a fixed seed lie within five standard deviations of their probabilities. */
class ExponentialMechanismTest {
    private static final int DRAWS = 60_000;

    @ParameterizedTest
    @ValueSource(doubles = {0.1, 1, 4})
    void choose_scores_followsTheirExponentials(double epsilon) {
        List<Fraction> scores = List.of(Fraction.of(-7, 3), Fraction.ZERO, Fraction.of(-1, 2), Fraction.ZERO);
        ExponentialMechanism mechanism = new ExponentialMechanism(new Random(5), Fraction.of(epsilon));
        int[] chosen = new int[scores.size()];
        for (int draw = 0; draw < DRAWS; draw++) {
            chosen[mechanism.choose(scores)]++;
        }

        double[] weights = {Math.exp(-epsilon * 7 / 6), 1, Math.exp(-epsilon / 4), 1};
        double sum = weights[0] + weights[1] + weights[2] + weights[3];
        for (int i = 0; i < chosen.length; i++) {
            assertLikely(chosen[i], weights[i] / sum);
        }
    }

    @ParameterizedTest
    @ValueSource(doubles = {0, 0.3, 1, 2.7})
    void withProbabilityOfExpMinus_gamma_isTrueAsOftenAsItSays(double gamma) {
        ExponentialMechanism mechanism = new ExponentialMechanism(new Random(6), Fraction.of(1, 1));
        int times = 0;
        for (int draw = 0; draw < DRAWS; draw++) {
            times += mechanism.withProbabilityOfExpMinus(Fraction.of(gamma)) ? 1 : 0;
        }
        assertLikely(times, Math.exp(-gamma));
    }

    /** The bound must be able to fail. */
    @Test
    void assertLikely_otherProbability_fails() {
        assertThat(isLikely((int) (DRAWS * 0.30), 0.32)).isFalse();
    }

    private static void assertLikely(int times, double probability) {
        assertThat(isLikely(times, probability))
                .as("%d of %d for %s", times, DRAWS, probability)
                .isTrue();
    }

    private static boolean isLikely(int times, double probability) {
        double deviation = Math.sqrt(DRAWS * probability * (1 - probability));
        return Math.abs(times - DRAWS * probability) <= 5 * deviation;
    }
}
