package io.yunyu.engine.primary;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.DoubleStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class PrimaryRulesTest {
    private static final PrimaryRules DEFAULT = new PrimaryRules(
            10, Optional.of(new DominanceRule(2, 85)), Optional.of(PriorPosteriorRule.pPercent(10)), true);

    private static MagnitudeFacts facts(double... values) {
        return new MagnitudeFacts(
                values.length, DoubleStream.of(values).filter(v -> v != 0).count(), List.of(Contributions.of(values)));
    }

    private static double[] twelveWith(double first) {
        double[] values = new double[12];
        Arrays.fill(values, 10);
        values[0] = first;
        return values;
    }

    @ParameterizedTest
    @CsvSource({"0, false", "1, true", "9, true", "10, false"})
    void isTooFew_tenDemanded_publishesExactlyTen(long units, boolean tooFew) {
        assertThat(DEFAULT.isTooFew(units)).isEqualTo(tooFew);
    }

    @Test
    void unsafe_zerosOnly_isZeroRuleAndNotTooFew() {
        assertThat(DEFAULT.unsafe(facts(new double[12]))).containsExactly(PrimaryRules.ZERO);
        assertThat(DEFAULT.unsafe(facts(new double[3]))).contains(PrimaryRules.MIN_UNITS);
    }

    @Test
    void unsafe_zerosBesideOne_hideNothing() {
        double[] values = new double[12];
        values[5] = 100;
        assertThat(DEFAULT.unsafe(facts(values)))
                .containsExactly(PrimaryRules.MIN_UNITS, PrimaryRules.DOMINANCE, PrimaryRules.P_PERCENT);
    }

    @Test
    void unsafe_negativeContributions_countByTheirSize() {
        double[] alternating = twelveWith(10);
        for (int k = 0; k < 12; k += 2) {
            alternating[k] = -10;
        }
        // The plain sum is 0, and a rule on it would divide by nothing.
        assertThat(DEFAULT.unsafe(facts(alternating))).isEmpty();
        assertThat(DEFAULT.unsafe(facts(twelveWith(-2000))))
                .containsExactly(PrimaryRules.DOMINANCE, PrimaryRules.P_PERCENT);
    }

    @Test
    void unsafe_onlyTheHoldingDominates_isFlagged() {
        double[] units = twelveWith(10);
        MagnitudeFacts held = new MagnitudeFacts(12, 12, List.of(Contributions.of(units), Contributions.of(110, 5, 5)));
        assertThat(DEFAULT.unsafe(facts(units))).isEmpty();
        assertThat(DEFAULT.unsafe(held)).containsExactly(PrimaryRules.DOMINANCE, PrimaryRules.P_PERCENT);
        assertThat(DEFAULT.protectionLevel(held)).isCloseTo(100 / 85.0 * 115 - 120, within(1e-9));
    }

    @Test
    void pPercent_largestWaives_protectsTheNextAgainstItsLargestAttacker() {
        PriorPosteriorRule rule = PriorPosteriorRule.pPercent(10);
        double[] values = {1000, 100, 5};
        double[] ones = {1, 1, 1};
        assertThat(rule.isUnsafe(Contributions.of(values, ones, new boolean[3])))
                .isTrue();
        // 1105 - 100 - 1000 = 5 is less than a tenth of 100; of 100, 100, 20 the one who waives is still an attacker.
        assertThat(rule.isUnsafe(Contributions.of(values, ones, new boolean[] {true, false, false})))
                .isTrue();
        assertThat(rule.isUnsafe(
                        Contributions.of(new double[] {1000, 100, 20}, ones, new boolean[] {true, false, false})))
                .isFalse();
        assertThat(rule.isUnsafe(Contributions.of(values, ones, new boolean[] {true, true, true})))
                .isFalse();
    }

    /** A weight stands for equal contributions, taken as far as the rule asks. */
    @ParameterizedTest
    @CsvSource({"1, 10", "2, 20", "3, 30", "4, 38", "5, 46", "6, 51", "9, 51"})
    void largest_weights_areReplications(int n, double expected) {
        assertThat(Contributions.of(new double[] {8, 5, 10}, new double[] {2, 1, 3}, new boolean[3])
                        .largest(n))
                .isEqualTo(expected);
    }

    @Test
    void of_notFinite_isRefusedWithoutTheValue() {
        for (double bad : new double[] {Double.NaN, Double.POSITIVE_INFINITY}) {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Contributions.of(1, bad))
                    .withMessageContaining("not a finite number");
        }
    }

    @Test
    void constructors_outOfRange_sayTheLimits() {
        assertThatIllegalArgumentException().isThrownBy(() -> new DominanceRule(0, 85));
        assertThatIllegalArgumentException().isThrownBy(() -> new DominanceRule(2, 100));
        assertThatIllegalArgumentException().isThrownBy(() -> new PriorPosteriorRule(50, 25, 1));
        assertThatIllegalArgumentException().isThrownBy(() -> new PriorPosteriorRule(10, 100, 0));
        assertThatIllegalArgumentException()
                .isThrownBy(() -> new PrimaryRules(0, Optional.empty(), Optional.empty(), false));
    }
}
