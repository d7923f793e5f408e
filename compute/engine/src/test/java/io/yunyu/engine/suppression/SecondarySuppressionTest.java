package io.yunyu.engine.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.assertThatIllegalStateException;
import static org.assertj.core.api.Assertions.within;

import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.Comparator;
import java.util.List;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class SecondarySuppressionTest {
    private static final SuppressionLimits EXACT = SuppressionLimits.of(Duration.ofMinutes(5));
    private static final SuppressionLimits HEURISTIC = new SuppressionLimits(Duration.ofMinutes(5), 0, 0);

    /** County 1 has A, B, I, J; the small ones are A, B, I, J, K, N: what is hidden in each table shows in both. */
    @Test
    void protect_linkedTables_areSolvedTogether() {
        // 0 A, 1 B, 2 I, 3 J, 4 K, 5 L, 6 M, 7 N, 8 county 1, 9 county 2, 10 small, 11 big, 12 total
        double[] values = {2, 2, 8, 8, 3, 3, 3, 7, 20, 16, 30, 6, 36};
        List<TableEquation> counties = List.of(
                TableEquation.total(8, 0, 1, 2, 3), TableEquation.total(9, 4, 5, 6, 7), TableEquation.total(12, 8, 9));
        List<TableEquation> groups = List.of(
                TableEquation.total(10, 0, 1, 2, 3, 4, 7),
                TableEquation.total(11, 5, 6),
                TableEquation.total(12, 10, 11));
        List<Requirement> small = new ArrayList<>();
        for (int cell : new int[] {0, 1, 4, 5, 6}) {
            small.add(Requirement.of(cell, 1, 1));
        }
        assertThat(secondaries(linked(values, counties, small))).isEqualTo(Grids.cells());
        assertThat(secondaries(linked(values, groups, small))).isEqualTo(Grids.cells());

        List<TableEquation> both = new ArrayList<>(counties);
        both.addAll(groups);
        SuppressionProblem joint = linked(values, both, small);
        CellInterval exposed =
                SecondarySuppression.audit(joint, joint.primaries()).get(2);
        assertThat(exposed.low()).isCloseTo(3, within(1e-6));
        assertThat(exposed.high()).isCloseTo(3, within(1e-6));
        assertThat(exposed.isProtected()).isFalse();
        assertThat(secondaries(joint)).isEqualTo(Grids.cells(7));
    }

    private static SuppressionProblem linked(double[] values, List<TableEquation> equations, List<Requirement> small) {
        return Grids.counts(values, values, equations, small);
    }

    private static BitSet secondaries(SuppressionProblem problem) {
        BitSet cells = SecondarySuppression.protect(problem, EXACT).suppressed();
        cells.andNot(problem.primaries());
        return cells;
    }

    /** a and c are one person each: each subtracts himself from the total and finds the other. */
    @Test
    void protect_singletonsInOneRow_needCompany() {
        double[] values = {4, 1, 2, 1, 0};
        List<TableEquation> row = List.of(TableEquation.total(0, 1, 2, 3, 4));
        List<Requirement> outsiders = List.of(Requirement.of(1, 1, 1), Requirement.of(3, 1, 1));
        List<Requirement> insiders = new ArrayList<>(outsiders);
        insiders.add(new Requirement(1, 1, 1, 3));
        insiders.add(new Requirement(3, 1, 1, 1));
        assertThat(secondaries(Grids.counts(values, Grids.atLeastOne(values), row, outsiders)))
                .isEqualTo(Grids.cells());
        assertThat(secondaries(Grids.counts(values, Grids.atLeastOne(values), row, insiders)))
                .isEqualTo(Grids.cells(2));
    }

    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3})
    void protect_smallTable_costsWhatTryingEveryPatternFinds(long seed) {
        SuppressionProblem problem = smallTable(seed);
        SuppressionPattern exact = SecondarySuppression.protect(problem, EXACT);
        double cheapest = LongStream.range(0, 1L << problem.size())
                .mapToObj(choice -> BitSet.valueOf(new long[] {choice}))
                .filter(cells -> containsAll(cells, problem.primaries()))
                .sorted(Comparator.comparingDouble(problem::cost))
                .filter(cells ->
                        SecondarySuppression.audit(problem, cells).stream().allMatch(CellInterval::isProtected))
                .mapToDouble(problem::cost)
                .findFirst()
                .orElseThrow();
        assertThat(exact.optimal()).isTrue();
        assertThat(exact.cost()).isEqualTo(cheapest);
        SuppressionPattern heuristic = SecondarySuppression.protect(problem, HEURISTIC);
        assertThat(heuristic.optimal()).isFalse();
        assertThat(heuristic.cost()).isGreaterThanOrEqualTo(cheapest);
    }

    private static boolean containsAll(BitSet cells, BitSet demanded) {
        BitSet missing = (BitSet) demanded.clone();
        missing.andNot(cells);
        return missing.isEmpty();
    }

    private static SuppressionProblem smallTable(long seed) {
        System.out.println("SecondarySuppressionTest seed " + seed);
        Random random = new Random(seed);
        double[][] inner = new double[2][3];
        for (double[] row : inner) {
            for (int c = 0; c < 3; c++) {
                row[c] = 1 + random.nextInt(20);
            }
        }
        double[] values = Grids.withTotals(inner);
        List<Requirement> requirements = List.of(Requirement.of(5, 1, 1 + random.nextInt(4)), Requirement.of(10, 1, 2));
        return Grids.counts(values, values, Grids.equations(2, 3), requirements);
    }

    /** Interval ends of a table of whole numbers with published margins are whole numbers; every such table is tried. */
    @ParameterizedTest
    @ValueSource(longs = {11, 12, 13})
    void audit_innerCells_hasTheIntervalsOfAllPossibleTables(long seed) {
        System.out.println("SecondarySuppressionTest seed " + seed);
        Random random = new Random(seed);
        double[][] inner = new double[3][3];
        for (double[] row : inner) {
            for (int c = 0; c < 3; c++) {
                row[c] = random.nextInt(4);
            }
        }
        double[] values = Grids.withTotals(inner);
        BitSet suppressed = new BitSet();
        List<Requirement> requirements = new ArrayList<>();
        for (int r = 1; r < 4; r++) {
            for (int c = 1; c < 4; c++) {
                if (random.nextInt(3) > 0 && requirements.size() < 6) {
                    suppressed.set(4 * r + c);
                    requirements.add(Requirement.of(4 * r + c, 0, 0));
                }
            }
        }
        int[] lows = new int[16];
        int[] highs = new int[16];
        java.util.Arrays.fill(lows, Integer.MAX_VALUE);
        List<TableEquation> equations = Grids.equations(3, 3);
        tryAll(values, equations, suppressed, suppressed.nextSetBit(0), values.clone(), lows, highs);

        for (CellInterval interval :
                SecondarySuppression.audit(Grids.counts(values, values, equations, requirements), suppressed)) {
            int cell = interval.requirement().cell();
            assertThat(interval.low()).isCloseTo(lows[cell], within(1e-6));
            assertThat(interval.high()).isCloseTo(highs[cell], within(1e-6));
        }
    }

    private static void tryAll(
            double[] values,
            List<TableEquation> equations,
            BitSet cells,
            int cell,
            double[] trial,
            int[] lows,
            int[] highs) {
        if (cell < 0) {
            if (equations.stream().allMatch(e -> e.residual(trial) == 0)) {
                cells.stream().forEach(i -> {
                    lows[i] = Math.min(lows[i], (int) trial[i]);
                    highs[i] = Math.max(highs[i], (int) trial[i]);
                });
            }
            return;
        }
        double most = Math.min(values[cell / 4 * 4], values[cell % 4]);
        for (int value = 0; value <= most; value++) {
            trial[cell] = value;
            tryAll(values, equations, cells, cells.nextSetBit(cell + 1), trial, lows, highs);
        }
        trial[cell] = values[cell];
    }

    @Test
    void protect_threeDimensions_heuristicIsAuditedAndNotFarFromTheOptimum() {
        Random random = new Random(20261125);
        double[] values = new double[5 * 5 * 5];
        List<Requirement> requirements = new ArrayList<>();
        for (int cell = 0; cell < values.length; cell++) {
            int[] at = {cell / 25, cell / 5 % 5, cell % 5};
            if (at[0] > 0 && at[1] > 0 && at[2] > 0) {
                double value = 1 + random.nextInt(30);
                for (int mask = 0; mask < 8; mask++) {
                    int row = (mask & 4) == 0 ? at[0] : 0;
                    int column = (mask & 2) == 0 ? at[1] : 0;
                    values[25 * row + 5 * column + ((mask & 1) == 0 ? at[2] : 0)] += value;
                }
                if (value <= 3) {
                    requirements.add(Requirement.of(cell, 1, 1));
                }
            }
        }
        SuppressionProblem problem =
                Grids.counts(values, Grids.atLeastOne(values), Grids.equations(4, 4, 4), requirements);
        SuppressionPattern heuristic = SecondarySuppression.protect(problem, HEURISTIC);
        SuppressionPattern exact = SecondarySuppression.protect(problem, EXACT);
        assertThat(exact.optimal()).isTrue();
        assertThat(heuristic.cost()).isBetween(exact.cost(), 2 * exact.cost());
        assertThat(SecondarySuppression.audit(problem, heuristic.suppressed())).allMatch(CellInterval::isProtected);
    }

    /** Values and levels of very different size in one table. */
    @ParameterizedTest
    @CsvSource({"1", "1e-6", "1e9"})
    void protect_anyUnitOfMeasure_givesTheSamePattern(double unit) {
        double[] values = Grids.withTotals(new double[][] {{20, 50, 10}, {8, 19, 22}, {17, 32, 12}});
        double[] scaled = new double[values.length];
        double[] uppers = new double[values.length];
        for (int k = 0; k < values.length; k++) {
            scaled[k] = values[k] * unit;
            uppers[k] = Double.POSITIVE_INFINITY;
        }
        SuppressionProblem problem = new SuppressionProblem(
                scaled,
                new double[16],
                uppers,
                values,
                new BitSet(),
                Grids.equations(3, 3),
                List.of(Requirement.of(11, 5 * unit, 8 * unit)));
        for (SuppressionLimits limits : List.of(EXACT, HEURISTIC)) {
            SuppressionPattern pattern = SecondarySuppression.protect(problem, limits);
            assertThat(pattern.suppressed()).isEqualTo(Grids.cells(9, 11, 13, 15));
            assertThat(pattern.intervals().get(0).high()).isCloseTo(30 * unit, within(1e-5 * unit));
        }
    }

    /** The cheapest way up cannot be gone back down: the cell of 2 on it falls by no more than 2. */
    @Test
    void protect_fartherDownThanUp_meetsBothSides() {
        double[] values = Grids.withTotals(new double[][] {{20, 30, 40}, {25, 2, 60}, {35, 50, 70}});
        SuppressionProblem problem =
                Grids.counts(values, values, Grids.equations(3, 3), List.of(Requirement.of(5, 10, 1)));
        CellInterval cheapestUp =
                SecondarySuppression.audit(problem, Grids.cells(5, 6, 9, 10)).get(0);
        assertThat(cheapestUp.high()).isGreaterThanOrEqualTo(21);
        assertThat(cheapestUp.low()).isCloseTo(18, within(1e-6));
        for (SuppressionLimits limits : List.of(EXACT, HEURISTIC)) {
            assertThat(SecondarySuppression.protect(problem, limits).intervals())
                    .allMatch(CellInterval::isProtected);
        }
    }

    @Test
    void protect_cellThatNothingCanHide_isNamed() {
        double[] values = Grids.withTotals(new double[][] {{1, 5}, {7, 9}});
        BitSet fixed = Grids.cells(0, 1, 2, 3, 5, 6, 7, 8);
        SuppressionProblem problem = new SuppressionProblem(
                values, new double[9], values, values, fixed, Grids.equations(2, 2), List.of(Requirement.of(4, 1, 0)));
        for (SuppressionLimits limits : List.of(EXACT, HEURISTIC)) {
            assertThatExceptionOfType(InfeasibleSuppressionException.class)
                    .isThrownBy(() -> SecondarySuppression.protect(problem, limits))
                    .satisfies(e -> assertThat(e.cell()).isEqualTo(4))
                    .withMessageContaining("Cell 4");
        }
    }

    @Test
    void pattern_withUnsafeInterval_cannotBeMade() {
        CellInterval exposed = new CellInterval(Requirement.of(0, 1, 1), 3, 3, 3);
        assertThatIllegalStateException()
                .isThrownBy(() -> new SuppressionPattern(Grids.cells(0), 1, true, List.of(exposed)));
    }

    @Test
    void problem_thatIsNotAdditiveOrNotFinite_isRefused() {
        double[] values = Grids.withTotals(new double[][] {{1, 5}, {7, 9}});
        values[4] = 2;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grids.counts(values, values, Grids.equations(2, 2), List.of()))
                .withMessageContaining("do not add up");
        values[4] = Double.NaN;
        assertThatIllegalArgumentException()
                .isThrownBy(() -> Grids.counts(values, new double[9], List.of(), List.of()));
        assertThatIllegalArgumentException().isThrownBy(() -> new Requirement(1, -1, 0, -1));
    }
}
