package io.yunyu.engine.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.BitSet;
import java.util.List;
import java.util.Set;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

class InProcessSolverTest {
    private static final SuppressionLimits LIMITS = SuppressionLimits.of(Duration.ofSeconds(60));
    private final InProcessSolver solver = new InProcessSolver();

    /** The largest unit makes totals of about 1e13, as sums in the smallest coin have them. */
    @ParameterizedTest
    @ValueSource(longs = {1, 1000, 10_000_000})
    void solve_flatTable_showsEveryRequirementInWholeNumbers(long unit) {
        System.out.println("InProcessSolverTest seed 5");
        SuppressionProblem problem = MadeUpTables.counts(16, 16, 5, unit);
        ProposedPattern pattern = solver.solve(problem, LIMITS);
        WholeCheck.assertSafe(problem, pattern);
        assertThat(problem.requirements().stream().filter(r -> r.known() >= 0)).isNotEmpty();
        // Shared: without that there would be two for each requirement.
        assertThat(pattern.tables().size()).isLessThan(problem.requirements().size());
    }

    /** By default the first of the three. */
    static LongStream cubes() {
        return LongStream.rangeClosed(1, Boolean.getBoolean("yunyu.tests.long") ? 3 : 1);
    }

    @ParameterizedTest
    @MethodSource("cubes")
    void solve_threeDimensions_showsEveryRequirementInWholeNumbers(long seed) {
        System.out.println("InProcessSolverTest seed " + seed);
        SuppressionProblem problem = MadeUpTables.cube(5, seed);
        WholeCheck.assertSafe(problem, solver.solve(problem, LIMITS));
    }

    @Test
    void solve_costs_whatProtectDoes() {
        SuppressionProblem problem = MadeUpTables.counts(8, 8, 9, 1);
        ProposedPattern pattern = solver.solve(problem, LIMITS);
        assertThat(pattern.optimal()).isTrue();
        assertThat(pattern.cost())
                .isEqualTo(SecondarySuppression.protect(problem, LIMITS).cost());
    }

    /** Rounded tables of the linear program need no help here; this is the help, alone. */
    @Test
    void find_inWholeNumbers_findsWhatThereIsAndNothingElse() {
        SuppressionProblem problem = MadeUpTables.cube(4, 7);
        BitSet all = problem.suppressible();
        Deadline deadline = Deadline.in(Duration.ofSeconds(60));
        for (Requirement requirement : problem.requirements()) {
            for (Direction direction : Direction.values()) {
                PossibleTable table = WholeNumberSearch.find(problem, all, requirement, direction, deadline)
                        .orElseThrow();
                assertThat(table.isPossible(problem, all)).isTrue();
                assertThat(table.shows(requirement, direction)).isTrue();
                assertThat(WholeNumberSearch.find(problem, problem.primaries(), requirement, direction, deadline)
                                .filter(t -> !t.isPossible(problem, problem.primaries())))
                        .isEmpty();
            }
        }
        BitSet alone = new BitSet();
        alone.set(problem.requirements().get(0).cell());
        assertThat(WholeNumberSearch.find(problem, alone, problem.requirements().get(0), Direction.UP, deadline))
                .isEmpty();
    }

    /** The farthest table of the linear program is one of halves, where a + c moves by 1; rounded it adds up no more. */
    @Test
    void prove_tableThatRoundingBreaks_isLookedForInWholeNumbers() {
        // 0 a, 1 b, 2 c, 3 a + b, 4 b + c, 5 a + c
        double[] values = {20, 20, 20, 40, 40, 40};
        List<TableEquation> sums =
                List.of(TableEquation.total(3, 0, 1), TableEquation.total(4, 1, 2), TableEquation.total(5, 0, 2));
        SuppressionProblem problem = Grids.counts(values, values, sums, List.of(Requirement.of(5, 1, 1)));
        Deadline deadline = Deadline.in(Duration.ofSeconds(30));
        ProposedPattern pattern = new ProofSearch(problem, Grids.cells(0, 1, 2, 5), deadline)
                .prove(false)
                .orElseThrow();
        WholeCheck.assertSafe(problem, pattern);
        assertThat(pattern.tables()).hasSize(2).allMatch(table -> table.change(5) % 2 == 0);
    }

    /** A proof that misses one requirement is none. */
    @Test
    void prove_patternThatIsNotSafe_isEmpty() {
        SuppressionProblem problem = MadeUpTables.counts(10, 10, 4, 1);
        Deadline deadline = Deadline.in(Duration.ofSeconds(30));
        BitSet cells = solver.solve(problem, LIMITS).suppressed();
        assertThat(new ProofSearch(problem, cells, deadline).prove(true)).isPresent();
        int refused = 0;
        BitSet secondaries = (BitSet) cells.clone();
        secondaries.andNot(problem.primaries());
        for (int cell = secondaries.nextSetBit(0); cell >= 0; cell = secondaries.nextSetBit(cell + 1)) {
            BitSet fewer = (BitSet) cells.clone();
            fewer.clear(cell);
            refused += new ProofSearch(problem, fewer, deadline).prove(true).isEmpty() ? 1 : 0;
        }
        // Of an optimal pattern no cell of any weight can be spared.
        assertThat(refused).isEqualTo(secondaries.cardinality()).isPositive();
    }

    @Test
    void isPossible_anyChangeOfAPossibleTable_isFound() {
        SuppressionProblem problem = MadeUpTables.counts(6, 6, 3, 1);
        ProposedPattern pattern = solver.solve(problem, LIMITS);
        for (PossibleTable table : pattern.tables()) {
            int[] cells = table.cells();
            for (int k = 0; k < cells.length; k++) {
                long[] changes = new long[cells.length];
                for (int j = 0; j < cells.length; j++) {
                    changes[j] = table.change(cells[j]) * (j == k ? 2 : 1);
                }
                assertThat(new PossibleTable(cells, changes).isPossible(problem, pattern.suppressed()))
                        .isFalse();
            }
            assertThat(table.isPossible(problem, problem.primaries())
                            == Set.copyOf(boxed(cells)).stream().allMatch(problem.primaries()::get))
                    .isTrue();
        }
    }

    private static List<Integer> boxed(int[] cells) {
        List<Integer> all = new ArrayList<>();
        for (int cell : cells) {
            all.add(cell);
        }
        return all;
    }

    @Test
    void solve_cellThatNothingCanHide_isNamed() {
        assertThatExceptionOfType(InfeasibleSuppressionException.class)
                .isThrownBy(() -> solver.solve(MadeUpTables.hopeless(), LIMITS))
                .satisfies(e -> assertThat(e.cell()).isEqualTo(4));
    }

    @Test
    void solve_numbersThatAreNotWhole_areRefused() {
        double[] values = Grids.withTotals(new double[][] {{1.5, 5}, {7, 9}});
        SuppressionProblem problem =
                Grids.counts(values, values, Grids.equations(2, 2), List.of(Requirement.of(4, 1, 1)));
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> solver.solve(problem, LIMITS))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.BAD_REQUEST));
        assertThat(MadeUpTables.counts(3, 3, 1, 1L << 45).isWhole()).isFalse();
    }

    @Test
    void solve_nothingToProtect_withholdsNothing() {
        SuppressionProblem problem = MadeUpTables.counts(2, 2, 1, 1);
        double[] values = problem.values;
        ProposedPattern pattern = solver.solve(Grids.counts(values, values, problem.equations(), List.of()), LIMITS);
        assertThat(pattern.suppressed().isEmpty()).isTrue();
        assertThat(pattern.optimal()).isTrue();
    }
}
