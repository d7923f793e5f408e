package io.yunyu.engine.perturbation;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.within;

import java.util.Collections;
import java.util.List;
import org.junit.jupiter.api.Nested;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class MagnitudePerturbationTest {
    private static final NoiseMagnitude FLEX = new NoiseMagnitude.Flex(1000, 0.20, 0.03, 2);
    private static final PerturbationTable ALL =
            PerturbationTable.of(PerturbationParameters.magnitudes(TableType.ALL, 10, 3, 2, List.of(1, 5, 10))
                    .withFirstRule(RowRule.DEFAULT.withVariance(VarianceRule.EXACTLY)));
    private static final PerturbationTable SMALL =
            PerturbationTable.of(PerturbationParameters.magnitudes(TableType.SMALL_CELLS, 5, 1, 5, List.of(1, 3, 5))
                    .withFirstRule(RowRule.DEFAULT.withVariance(VarianceRule.EXACTLY)));

    private static MagnitudePerturbation perturbation(
            NoiseMagnitude magnitude, double extra, PerturbationTable... tables) {
        return new MagnitudePerturbation(
                new MagnitudeParameters(magnitude, List.of(1.0), extra, true, MagnitudeTables.of(tables)));
    }

    private static MagnitudeCell cell(double sum, double largest, long key) {
        return new MagnitudeCell(sum, new double[] {largest}, 5, key, false);
    }

    @Nested
    class Perturb {
        /** Computed with this project's tables from the formula by hand: unit 100, rows 10, 5 and between. */
        @ParameterizedTest
        @CsvSource({"2000, 500, 0, 1000", "2000, 500, 50000000, 2000", "500, 500, 0, 0", "-2000, -500, 0, -1000"})
        void perturb_contributionBelowFlexPoint_usesSmallCoefficient(
                double sum, double largest, long key, double expected) {
            assertThat(perturbation(FLEX, 0, ALL).perturb(cell(sum, largest, key)))
                    .isCloseTo(expected, within(1e-9));
        }

        @Test
        void coefficient_flexPointAndInfinity_areSmallAndLarge() {
            NoiseMagnitude.Flex flex = new NoiseMagnitude.Flex(1000, 0.20, 0.03, 2);
            assertThat(flex.coefficient(1000)).isCloseTo(0.20, within(1e-15));
            assertThat(flex.coefficient(1e12)).isCloseTo(0.03, within(1e-8));
            assertThat(flex.coefficient(100_000)).isCloseTo(0.0378, within(1e-4));
        }

        @Test
        void perturb_noiseDownwards_neverCrossesZero() {
            for (long key = 0; key < CellKey.MODULUS; key += 1_234_567) {
                double positive =
                        perturbation(FLEX, 2, ALL).perturb(new MagnitudeCell(300, new double[] {900}, 3, key, true));
                double negative =
                        perturbation(FLEX, 2, ALL).perturb(new MagnitudeCell(-300, new double[] {900}, 3, key, true));
                assertThat(positive).isNotNegative();
                assertThat(negative).isEqualTo(-positive);
            }
        }

        @Test
        void perturb_allKeys_isUnbiasedWithVarianceOfUnit() {
            // Unit 100, sum 100 times the unit: no truncation. Exact integral over the intervals of the last row.
            MagnitudePerturbation perturbation = perturbation(FLEX, 0, ALL);
            double mean = 0;
            double square = 0;
            for (PerturbationRow row : ALL.rows()) {
                if (row.i() == ALL.maxValue()) {
                    double noise = perturbation.perturb(cell(10_000, 500, row.lower())) - 10_000;
                    mean += noise * (row.upper() - row.lower()) / 1e8;
                    square += noise * noise * (row.upper() - row.lower()) / 1e8;
                    assertThat(Math.abs(noise)).isLessThanOrEqualTo(1000 + 1e-9);
                }
            }
            assertThat(mean).isCloseTo(0, within(1e-4));
            assertThat(square).isCloseTo(3 * 100 * 100, within(1e-1));
        }

        @Test
        void perturb_sensitiveCell_getsExtraUnitsUnlessNoiseIsZero() {
            MagnitudePerturbation perturbation = perturbation(FLEX, 2, ALL);
            for (long key : new long[] {0, 99_999_999}) {
                double plain = perturbation.perturb(cell(10_000, 500, key)) - 10_000;
                double sensitive =
                        perturbation.perturb(new MagnitudeCell(10_000, new double[] {500}, 5, key, true)) - 10_000;
                assertThat(sensitive - plain).isCloseTo(Math.signum(plain) * 200, within(1e-9));
            }
            assertThat(perturbation.perturb(new MagnitudeCell(10_000, new double[] {500}, 5, 50_000_000, true)))
                    .isEqualTo(10_000);
        }

        @ParameterizedTest
        @CsvSource({"0, 500", "0, 0", "700, 0"})
        void perturb_nothingToScale_leavesSum(double sum, double largest) {
            assertThat(perturbation(FLEX, 2, ALL).perturb(cell(sum, largest, 3)))
                    .isEqualTo(sum);
            assertThat(perturbation(FLEX, 2, ALL).perturb(new MagnitudeCell(sum, new double[0], 0, 3, true)))
                    .isEqualTo(sum);
        }

        @Test
        void perturb_contributionBelowSeparation_usesSmallCellsInUnitsOfOne() {
            // Separation point 5: a contribution of 4 below it, sum 20 beyond the last row.
            double expected = 20 + SMALL.noise(5, 1_000_000);
            assertThat(perturbation(FLEX, 0, ALL, SMALL).perturb(cell(20, 4, 1_000_000)))
                    .isEqualTo(expected);
            assertThat(perturbation(FLEX, 0, ALL).perturb(cell(20, 4, 1_000_000)))
                    .isCloseTo(20 + 0.8 * ALL.noise(10, 1_000_000), within(1e-12));
        }

        @Test
        void perturb_sumSmallerThanUnit_isOwnUnitAndSilentForSimpleBelowSeparation() {
            // Unit 0.2 * 900 = 180 is larger than the sum; the sum becomes the unit, row 1 applies.
            long key = 60_000_000;
            assertThat(perturbation(FLEX, 0, ALL).perturb(cell(90, 900, key)))
                    .isCloseTo(90 + 90 * ALL.noise(1, key), within(1e-9));
            // 0.9 / 0.2 is below the separation point 5: small cells in units of one, interpolated between i = 0 and 1.
            assertThat(perturbation(FLEX, 0, ALL, SMALL).perturb(cell(0.9, 900, 99_999_999)))
                    .isCloseTo(0.9 + 0.9 * SMALL.noise(1, 99_999_999), within(1e-9));
            assertThat(perturbation(new NoiseMagnitude.Simple(0.2), 0, ALL, SMALL)
                            .perturb(cell(0.9, 900, 99_999_999)))
                    .isEqualTo(0.9);
        }

        @Test
        void perturb_parityTables_followContributors() {
            PerturbationTable even =
                    PerturbationTable.ofRows(TableType.EVEN, List.of(PerturbationRow.ofDecimals(1, 0, -1, 1, 0, 1)));
            PerturbationTable odd =
                    PerturbationTable.ofRows(TableType.ODD, List.of(PerturbationRow.ofDecimals(1, 2, 1, 1, 0, 1)));
            MagnitudePerturbation perturbation = perturbation(FLEX, 0, even, odd);
            assertThat(perturbation.perturb(new MagnitudeCell(1000, new double[] {500}, 4, 7, false)))
                    .isEqualTo(900);
            assertThat(perturbation.perturb(new MagnitudeCell(1000, new double[] {500}, 5, 7, false)))
                    .isEqualTo(1100);
        }
    }

    @Nested
    class Refusals {
        @Test
        void parameters_hostile_areRefused() {
            MagnitudeTables tables = MagnitudeTables.of(ALL);
            for (List<Double> epsilons : List.of(
                    List.<Double>of(),
                    List.of(0.5),
                    List.of(1.0, 1.5),
                    List.of(1.0, -0.1),
                    List.of(1.0, Double.NaN),
                    Collections.nCopies(7, 1.0))) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> new MagnitudeParameters(FLEX, epsilons, 0, true, tables))
                        .withMessageContaining("Factors");
            }
            for (double extra : new double[] {-1, Double.NaN, Double.POSITIVE_INFINITY}) {
                assertThatIllegalArgumentException()
                        .isThrownBy(() -> new MagnitudeParameters(FLEX, List.of(1.0), extra, true, tables))
                        .withMessageContaining("Extra noise");
            }
        }

        @Test
        void magnitude_hostile_isRefused() {
            assertThatIllegalArgumentException().isThrownBy(() -> new NoiseMagnitude.Simple(0));
            assertThatIllegalArgumentException().isThrownBy(() -> new NoiseMagnitude.Simple(1.5));
            assertThatIllegalArgumentException().isThrownBy(() -> new NoiseMagnitude.Simple(Double.NaN));
            assertThatIllegalArgumentException().isThrownBy(() -> new NoiseMagnitude.Flex(0, 0.2, 0.03, 2));
            assertThatIllegalArgumentException().isThrownBy(() -> new NoiseMagnitude.Flex(9, 0.03, 0.2, 2));
            assertThatIllegalArgumentException().isThrownBy(() -> new NoiseMagnitude.Flex(9, 0.2, 0.03, 0.5));
        }

        @Test
        void tables_incompleteOrDouble_areRefused() {
            PerturbationTable even = PerturbationTable.ofRows(TableType.EVEN, ALL.rows());
            PerturbationTable odd = PerturbationTable.ofRows(TableType.ODD, ALL.rows());
            assertThatIllegalArgumentException().isThrownBy(() -> MagnitudeTables.of());
            assertThatIllegalArgumentException().isThrownBy(() -> MagnitudeTables.of(even));
            assertThatIllegalArgumentException().isThrownBy(() -> MagnitudeTables.of(ALL, even, odd));
            assertThatIllegalArgumentException().isThrownBy(() -> MagnitudeTables.of(ALL, ALL));
            assertThatIllegalArgumentException().isThrownBy(() -> MagnitudeTables.of(SMALL));
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            new MagnitudeParameters(FLEX, List.of(1.0, 0.5), 0, true, MagnitudeTables.of(even, odd)))
                    .withMessageContaining("parity");
        }

        @Test
        void cell_hostile_isRefusedWithoutNamingValues() {
            assertThatIllegalArgumentException().isThrownBy(() -> cell(Double.NaN, 1, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> cell(1, Double.POSITIVE_INFINITY, 0));
            assertThatIllegalArgumentException().isThrownBy(() -> cell(1, 1, -1));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> new MagnitudeCell(4711, new double[] {1}, -4711, 0, false))
                    .satisfies(e -> assertThat(e.getMessage()).doesNotContain("4711"));
            assertThat(cell(4711, 4711, 4711).toString()).doesNotContain("4711");
            assertThatIllegalArgumentException()
                    .isThrownBy(() ->
                            perturbation(FLEX, 0, ALL).perturb(new MagnitudeCell(1, new double[] {1, 1}, 2, 0, false)))
                    .withMessageContaining("2 magnifiers");
        }

        @Test
        void topContributions_hostile_isRefused() {
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Magnifier.topContributions(new double[1], new double[1], 7));
            assertThatIllegalArgumentException()
                    .isThrownBy(() -> Magnifier.topContributions(new double[1], new double[2], 1));
        }
    }

    @Test
    void topContributions_tiesAndSigns_areOrderedByAbsoluteValueThenWeight() {
        assertThat(Magnifier.topContributions(new double[] {3, -5, 5, 1}, new double[] {9, 2, 4, 100}, 3))
                .containsExactly(20, -10, 27);
        assertThat(Magnifier.topContributions(new double[] {3}, new double[] {2}, 3))
                .containsExactly(6);
        assertThat(Magnifier.range(new double[] {4, -2, 0})).containsExactly(6);
        assertThat(Magnifier.range(new double[0])).isEmpty();
        assertThat(Magnifier.mean(10, 4)).containsExactly(2.5);
        assertThat(Magnifier.mean(0, 0)).isEmpty();
    }
}
