package io.yunyu.engine.suppression;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Arrays;
import java.util.Optional;
import java.util.Random;
import org.junit.jupiter.api.Test;

class FormsTest {
    private static final SuppressionLimits LIMITS = new SuppressionLimits(Duration.ofSeconds(7), 5000, 300);
    private final SuppressionProblem problem = MadeUpTables.counts(5, 6, 2, 1);
    private final byte[] task = TaskForm.write(problem, LIMITS);
    private final ProposedPattern pattern = new InProcessSolver().solve(problem, LIMITS);
    private final byte[] answer = PatternForm.write(pattern);

    @Test
    void task_writtenAndRead_isTheSame() {
        TaskForm.Task read = TaskForm.read(ByteBuffer.wrap(task));
        assertThat(read.limits()).isEqualTo(LIMITS);
        assertThat(TaskForm.write(read.problem(), read.limits())).isEqualTo(task);
        assertThat(read.problem().requirements()).isEqualTo(problem.requirements());
        assertThat(read.problem().increases).contains(Double.POSITIVE_INFINITY);
    }

    @Test
    void task_cutAnywhereOrTooLong_isRefusedWithoutAValue() {
        for (int length = 0; length < task.length; length++) {
            assertMalformed(Arrays.copyOf(task, length));
        }
        assertMalformed(Arrays.copyOf(task, task.length + 1));
    }

    private static void assertMalformed(byte[] bytes) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> TaskForm.read(ByteBuffer.wrap(bytes)))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.BAD_REQUEST))
                .satisfies(e -> assertThat(e.getMessage()).doesNotContainPattern("[0-9]"));
    }

    @Test
    void task_changedAnywhere_isReadOrRefusedAndNothingElse() {
        System.out.println("FormsTest seed 20261129");
        Random random = new Random(20261129);
        int refused = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] changed = task.clone();
            changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
            try {
                TaskForm.read(ByteBuffer.wrap(changed));
            } catch (ProblemException e) {
                refused++;
            }
        }
        assertThat(refused).isPositive();
    }

    @Test
    void task_moreCellsThanAllowed_isRefused() {
        int size = TaskForm.MOST_CELLS + 1;
        SuppressionProblem large = new SuppressionProblem(
                new double[size],
                new double[size],
                new double[size],
                new double[size],
                new java.util.BitSet(),
                java.util.List.of(),
                java.util.List.of());
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> TaskForm.write(large, LIMITS))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.TOO_LARGE));
        // The place of the number of cells, after form, time and two sizes.
        byte[] announced = task.clone();
        ByteBuffer.wrap(announced).putInt(17, Integer.MAX_VALUE);
        assertMalformed(announced);
    }

    @Test
    void pattern_writtenAndRead_isTheSame() {
        ProposedPattern read =
                PatternForm.read(ByteBuffer.wrap(answer), problem).orElseThrow();
        assertThat(read.suppressed()).isEqualTo(pattern.suppressed());
        assertThat(read.optimal()).isEqualTo(pattern.optimal());
        WholeCheck.assertSafe(problem, read);
        PossibleTable far = new PossibleTable(new int[] {0, 3, 40}, new long[] {Long.MIN_VALUE, -1, Long.MAX_VALUE});
        ProposedPattern wide = new ProposedPattern(
                pattern.suppressed(),
                1,
                false,
                java.util.List.of(far),
                java.util.Collections.nCopies(problem.requirements().size(), 0),
                java.util.Collections.nCopies(problem.requirements().size(), -1));
        PossibleTable same = PatternForm.read(ByteBuffer.wrap(PatternForm.write(wide)), problem)
                .orElseThrow()
                .tables()
                .get(0);
        assertThat(new long[] {same.change(0), same.change(3), same.change(40)})
                .containsExactly(Long.MIN_VALUE, -1, Long.MAX_VALUE);
    }

    @Test
    void pattern_cutOrChangedAnywhere_isReadOrEmptyAndNothingElse() {
        for (int length = 0; length < answer.length; length++) {
            assertThat(PatternForm.read(ByteBuffer.wrap(Arrays.copyOf(answer, length)), problem))
                    .isEmpty();
        }
        Random random = new Random(20261130);
        int unsafe = 0;
        for (int round = 0; round < 20_000; round++) {
            byte[] changed = answer.clone();
            changed[8 + random.nextInt(changed.length - 8)] ^= (byte) (1 << random.nextInt(8));
            Optional<ProposedPattern> read = PatternForm.read(ByteBuffer.wrap(changed), problem);
            unsafe += read.isEmpty() || !WholeCheck.isSafe(problem, read.get()) ? 1 : 0;
        }
        // The bit of optimality, and withholding one cell more, are the only changes that leave it safe.
        assertThat(unsafe).isGreaterThan(15_000);
    }

    @Test
    void pattern_ofAnotherProblem_isEmpty() {
        assertThat(PatternForm.read(ByteBuffer.wrap(answer), MadeUpTables.counts(2, 2, 1, 1)))
                .isEmpty();
    }
}
