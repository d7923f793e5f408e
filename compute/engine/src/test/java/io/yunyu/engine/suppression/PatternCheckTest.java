package io.yunyu.engine.suppression;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Arrays;
import java.util.BitSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A table of two rows and two columns with totals; cell 0 is to be protected. */
class PatternCheckTest {
    /** 0 1 | 2 / 3 4 | 5 / 6 7 | 8. */
    private static final double[] VALUES = {3, 20, 23, 30, 40, 70, 33, 60, 93};

    private static final PossibleTable UP = table(7, -7, -7, 7);
    private static final PossibleTable DOWN = table(-3, 3, 3, -3);

    private static PossibleTable table(long... changes) {
        return new PossibleTable(new int[] {0, 1, 3, 4}, changes);
    }

    private static SuppressionProblem problem(double[] values, BitSet fixed, Requirement... requirements) {
        return problem(values, Double.POSITIVE_INFINITY, fixed, requirements);
    }

    private static SuppressionProblem problem(
            double[] values, double upper, BitSet fixed, Requirement... requirements) {
        double[] uppers = new double[9];
        java.util.Arrays.fill(uppers, upper);
        double[] weights = new double[9];
        java.util.Arrays.fill(weights, 1);
        return new SuppressionProblem(
                values,
                new double[9],
                uppers,
                weights,
                fixed,
                List.of(
                        TableEquation.total(2, 0, 1),
                        TableEquation.total(5, 3, 4),
                        TableEquation.total(8, 6, 7),
                        TableEquation.total(6, 0, 3),
                        TableEquation.total(7, 1, 4),
                        TableEquation.total(8, 2, 5)),
                List.of(requirements));
    }

    private static BitSet cells(int... cells) {
        BitSet set = new BitSet();
        for (int cell : cells) {
            set.set(cell);
        }
        return set;
    }

    private static PatternCheck.Result check(BitSet suppressed, PossibleTable up, PossibleTable down) {
        return check(problem(VALUES, new BitSet(), Requirement.of(0, 3, 7)), suppressed, up, down);
    }

    private static PatternCheck.Result check(
            SuppressionProblem problem, BitSet suppressed, PossibleTable up, PossibleTable down) {
        return PatternCheck.of(
                problem, new ProposedPattern(suppressed, 4, true, List.of(up, down), List.of(0), List.of(1)));
    }

    @Test
    void of_provedPattern_passesWithItsRatio() {
        PatternCheck.Result result = check(cells(0, 1, 3, 4), UP, DOWN);
        assertThat(result.rule()).isEmpty();
        assertThat(result.suppressed()).isEqualTo(cells(0, 1, 3, 4));
        assertThat(result.smallestRatio()).isEqualTo(1);
        assertThat(check(cells(0, 1, 3, 4), table(14, -14, -14, 14), DOWN).smallestRatio())
                .isEqualTo(1);
    }

    @Test
    void of_publishedPrimary_isRefusedByName() {
        assertThat(check(cells(1, 3, 4), UP, DOWN).rule()).contains(PatternCheck.PRIMARY_PUBLISHED);
    }

    @Test
    void of_tableThatMovesAPublishedCell_provesNothing() {
        assertThat(check(cells(0, 1, 3), UP, DOWN).rule()).contains(PatternCheck.UNPROVED);
    }

    @Test
    void of_tableThatDoesNotAddUp_provesNothing() {
        assertThat(check(cells(0, 1, 3, 4), table(7, -7, -7, 6), DOWN).rule()).contains(PatternCheck.UNPROVED);
    }

    @Test
    void of_tableThatFallsShortOfALevel_provesNothing() {
        assertThat(check(cells(0, 1, 3, 4), table(6, -6, -6, 6), DOWN).rule()).contains(PatternCheck.UNPROVED);
        assertThat(check(cells(0, 1, 3, 4), UP, table(-2, 2, 2, -2)).rule()).contains(PatternCheck.UNPROVED);
    }

    @Test
    void of_tableBelowABound_provesNothing() {
        assertThat(check(cells(0, 1, 3, 4), table(21, -21, -21, 21), DOWN).rule())
                .contains(PatternCheck.UNPROVED);
        assertThat(check(cells(0, 1, 3, 4), UP, table(-4, 4, 4, -4)).rule()).contains(PatternCheck.UNPROVED);
    }

    @Test
    void of_missingTable_provesNothing() {
        ProposedPattern pattern = new ProposedPattern(cells(0, 1, 3, 4), 4, true, List.of(UP), List.of(0), List.of(-1));
        assertThat(PatternCheck.of(problem(VALUES, new BitSet(), Requirement.of(0, 3, 7)), pattern)
                        .rule())
                .contains(PatternCheck.UNPROVED);
        ProposedPattern none = new ProposedPattern(cells(0, 1, 3, 4), 4, true, List.of(UP), List.of(), List.of());
        assertThat(PatternCheck.of(problem(VALUES, new BitSet(), Requirement.of(0, 3, 7)), none)
                        .rule())
                .contains(PatternCheck.UNPROVED);
    }

    @Test
    void of_attackerWhoKnowsACell_isNotFooledByMovingIt() {
        SuppressionProblem known = problem(VALUES, new BitSet(), new Requirement(0, 3, 7, 1));
        assertThat(check(known, cells(0, 1, 3, 4), UP, DOWN).rule()).contains(PatternCheck.UNPROVED);
        SuppressionProblem other = problem(VALUES, new BitSet(), new Requirement(0, 3, 7, 8));
        assertThat(check(other, cells(0, 1, 3, 4), UP, DOWN).rule()).isEmpty();
    }

    @Test
    void of_cellThatMustBePublished_isNotWithheld() {
        SuppressionProblem demanded = problem(VALUES, cells(4), Requirement.of(0, 3, 7));
        assertThat(check(demanded, cells(0, 1, 3, 4), UP, DOWN).rule()).contains(PatternCheck.UNPROVED);
    }

    /** The problem allows a rounding of doubles; whole numbers do not. */
    @Test
    void of_tableOfFractions_hasNoProof() {
        double[] values = VALUES.clone();
        values[0] = 3 + 1e-9;
        assertThat(check(problem(values, new BitSet(), Requirement.of(0, 3, 7)), cells(0, 1, 3, 4), UP, DOWN)
                        .rule())
                .isEqualTo(Optional.of(PatternCheck.UNPROVED));
    }

    @Test
    void of_numbersThatOverflow_haveNoProof() {
        long most = Long.MAX_VALUE;
        assertThat(check(cells(0, 1, 3, 4), table(most, -most, -most, most), DOWN)
                        .rule())
                .contains(PatternCheck.UNPROVED);
    }

    /** The smallest number is its own negative: as a distance it would be below every bound. */
    @Test
    void of_smallestNumber_isNoTableWithinBounds() {
        SuppressionProblem alone = new SuppressionProblem(
                new double[] {3},
                new double[] {0},
                new double[] {10},
                new double[] {1},
                new BitSet(),
                List.of(),
                List.of(Requirement.of(0, 3, 0)));
        for (long change : new long[] {-3, -4, Long.MIN_VALUE}) {
            PossibleTable table = new PossibleTable(new int[] {0}, new long[] {change});
            ProposedPattern pattern = new ProposedPattern(cells(0), 1, true, List.of(table), List.of(-1), List.of(0));
            assertThat(PatternCheck.of(alone, pattern).rule().isEmpty())
                    .as(change + " of 3")
                    .isEqualTo(change == -3);
        }
    }

    /** The problem allows a share of 1e-9. */
    @Test
    void of_largeTableWithOneTooMany_hasNoProof() {
        double[] values = Arrays.stream(VALUES).map(v -> v * 1e10).toArray();
        values[0] += 1;
        assertThat(check(problem(values, new BitSet(), Requirement.of(0, 3, 7)), cells(0, 1, 3, 4), UP, DOWN)
                        .rule())
                .contains(PatternCheck.UNPROVED);
    }

    @Test
    void of_tableAboveABound_provesNothing() {
        SuppressionProblem bounded = problem(VALUES, 93, new BitSet(), Requirement.of(0, 3, 7));
        assertThat(check(bounded, cells(0, 1, 3, 4), UP, DOWN).rule()).isEmpty();
        // The totals move along; the largest of them leaves its bound by one.
        PossibleTable high = new PossibleTable(new int[] {0, 2, 6, 8}, new long[] {7, 7, 7, 7});
        SuppressionProblem tight = problem(VALUES, 93 + 6, new BitSet(), Requirement.of(0, 3, 7));
        assertThat(check(tight, cells(0, 1, 2, 3, 4, 6, 8), high, DOWN).rule()).contains(PatternCheck.UNPROVED);
        SuppressionProblem wide = problem(VALUES, 93 + 7, new BitSet(), Requirement.of(0, 3, 7));
        assertThat(check(wide, cells(0, 1, 2, 3, 4, 6, 8), high, DOWN).rule()).isEmpty();
    }

    @Test
    void of_severalRatios_tellsTheSmallest() {
        SuppressionProblem problem = problem(VALUES, new BitSet(), Requirement.of(0, 1, 7));
        assertThat(check(problem, cells(0, 1, 3, 4), UP, DOWN).smallestRatio()).isEqualTo(1);
    }

    @Test
    void of_cellThatIsNotInTheTable_isNotWithheld() {
        assertThat(check(cells(0, 1, 3, 4, 9), UP, DOWN).rule()).contains(PatternCheck.UNPROVED);
    }
}
