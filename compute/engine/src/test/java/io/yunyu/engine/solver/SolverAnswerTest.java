package io.yunyu.engine.solver;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.job.SolveJob;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import io.yunyu.engine.channel.SealKeys;
import io.yunyu.engine.channel.SolverQuestions;
import io.yunyu.engine.suppression.InProcessSolver;
import io.yunyu.engine.suppression.InfeasibleSuppressionException;
import io.yunyu.engine.suppression.MadeUpTables;
import io.yunyu.engine.suppression.PatternCheck;
import io.yunyu.engine.suppression.ProposedPattern;
import io.yunyu.engine.suppression.SuppressionLimits;
import io.yunyu.engine.suppression.SuppressionProblem;
import io.yunyu.engine.suppression.TaskForm;
import io.yunyu.engine.suppression.WholeCheck;
import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.time.Duration;
import java.util.Arrays;
import java.util.Random;
import java.util.stream.LongStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Every answer that a solver could give, without a process between: the engine ends with a pattern for its proof to judge,
 * or with words of its own, and with nothing else. What a solver's process can do beside answering is in
 * {@link SandboxedSolverTest}.
 */
class SolverAnswerTest {
    private static final SuppressionLimits LIMITS = SuppressionLimits.of(Duration.ofSeconds(60));
    private static final SuppressionProblem PROBLEM = MadeUpTables.counts(5, 5, 1, 1);

    /** What stands in the place of a solver: sees the opened table, and answers with bytes that are then sealed. */
    private interface Answer {
        byte[] to(ByteBuffer task);
    }

    private static final Answer HONEST = task -> SolverAnswer.to(task, new InProcessSolver());

    /** A solver that answers in memory, and the seal under which it does. */
    private static class MemorySolver implements SolverQuestions {
        final ByteArrayOutputStream task = new ByteArrayOutputStream();
        private final SealKeys keys = SealKeys.generate();
        private final Answer answer;
        private byte[] sealed = new byte[0];
        private int given;

        MemorySolver(Answer answer) {
            this.answer = answer;
        }

        @Override
        public String startSolver(long seconds) {
            return keys.sealTo();
        }

        @Override
        public void giveTask(byte[] piece, boolean last) {
            task.writeBytes(piece);
            if (last) {
                try {
                    TaskSeal.Opened opened = TaskSeal.open(task.toByteArray(), keys, "job-1");
                    sealed = sealed(answer.to(opened.task()), opened.answerKey());
                } catch (GeneralSecurityException e) {
                    throw new IllegalStateException(e);
                }
            }
        }

        byte[] sealed(byte[] said, byte[] answerKey) throws GeneralSecurityException {
            return TaskSeal.sealAnswer(said, answerKey, "job-1");
        }

        @Override
        public Piece takeAnswer() {
            int end = Math.min(sealed.length, given + SolveJob.PIECE_BYTES);
            Piece piece = new Piece(Arrays.copyOfRange(sealed, given, end), end == sealed.length);
            given = end;
            return piece;
        }
    }

    private static ProposedPattern solve(SolverQuestions questions) {
        return new SandboxedSolver(questions, "job-1").solve(PROBLEM, LIMITS);
    }

    private static void assertFormBroken(SolverQuestions questions) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> solve(questions))
                .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.ENGINE_ENDED))
                .withMessageContaining("did not keep to the form of its answer")
                .withMessageContaining("Nothing was released");
    }

    @Test
    void solve_honestAnswer_isAPatternWithItsProof() {
        ProposedPattern pattern = solve(new MemorySolver(HONEST));
        WholeCheck.assertSafe(PROBLEM, pattern);
        assertThat(PatternCheck.of(PROBLEM, pattern).rule()).isEmpty();
    }

    /** Of the same form, since both tables have as many cells and requirements: only the proof tells. */
    @Test
    void solve_answerForAnotherTable_isNoProofOfThisOne() {
        SuppressionProblem other = LongStream.range(2, 10_000)
                .mapToObj(seed -> MadeUpTables.counts(5, 5, seed, 1))
                .filter(table ->
                        table.requirements().size() == PROBLEM.requirements().size()
                                && !table.primaries().equals(PROBLEM.primaries()))
                .findFirst()
                .orElseThrow();
        byte[] task = TaskForm.write(other, LIMITS);
        ProposedPattern pattern = solve(new MemorySolver(ours -> HONEST.to(ByteBuffer.wrap(task))));
        assertThat(PatternCheck.of(PROBLEM, pattern).rule()).isPresent();
        assertThat(PatternCheck.of(other, pattern).rule()).isEmpty();
    }

    @Test
    void solve_answerOfAnotherSizeOrKind_isFoundOut() {
        byte[] small = TaskForm.write(MadeUpTables.counts(3, 3, 7, 1), LIMITS);
        assertFormBroken(new MemorySolver(ours -> HONEST.to(ByteBuffer.wrap(small))));
        assertFormBroken(new MemorySolver(ours -> new byte[0]));
        assertFormBroken(new MemorySolver(ours -> new byte[] {0}));
        assertFormBroken(new MemorySolver(ours -> new byte[] {2}));
        assertFormBroken(new MemorySolver(ours -> new byte[] {3, 0, 0, 0}));
        assertFormBroken(new MemorySolver(ours -> new byte[] {-1}));
    }

    @Test
    void solve_cellThatIsNoFlaggedOne_cannotBeToldToBeHopeless() {
        int flagged = PROBLEM.primaries().nextSetBit(0);
        int other = PROBLEM.primaries().nextClearBit(0);
        for (int cell : new int[] {-1, Integer.MIN_VALUE, other, PROBLEM.size(), Integer.MAX_VALUE}) {
            assertFormBroken(new MemorySolver(
                    ours -> ByteBuffer.allocate(5).put((byte) 1).putInt(cell).array()));
        }
        assertThatThrownBy(() -> solve(new MemorySolver(ours ->
                        ByteBuffer.allocate(5).put((byte) 1).putInt(flagged).array())))
                .isInstanceOf(InfeasibleSuppressionException.class);
    }

    @ParameterizedTest
    @EnumSource(ProblemCode.class)
    void solve_refusalOfAnyCode_isSaidInTheEnginesWords(ProblemCode code) {
        assertThatExceptionOfType(ProblemException.class)
                .isThrownBy(() -> solve(new MemorySolver(ours -> new byte[] {2, (byte) code.ordinal()})))
                .satisfies(e -> assertThat(e.problem().code())
                        .isIn(
                                ProblemCode.BAD_REQUEST,
                                ProblemCode.QUERY_REFUSED,
                                ProblemCode.HOST_LACKS_LAYER,
                                ProblemCode.INTERNAL))
                .satisfies(e -> assertThat(e.getMessage()).endsWith("."));
    }

    @Test
    void solve_refusalOfNoCode_isAnErrorOfTheSolvers() {
        for (byte code : new byte[] {-1, Byte.MIN_VALUE, Byte.MAX_VALUE}) {
            assertThatExceptionOfType(ProblemException.class)
                    .isThrownBy(() -> solve(new MemorySolver(ours -> new byte[] {2, code})))
                    .satisfies(e -> assertThat(e.problem().code()).isEqualTo(ProblemCode.INTERNAL));
        }
    }

    @Test
    void solve_answerUnderAnotherKeyOrJob_orPlayedAgain_isFoundOut() {
        assertFormBroken(new MemorySolver(HONEST) {
            @Override
            byte[] sealed(byte[] said, byte[] answerKey) throws GeneralSecurityException {
                return super.sealed(said, TaskSeal.newAnswerKey());
            }
        });
        assertFormBroken(new MemorySolver(HONEST) {
            @Override
            byte[] sealed(byte[] said, byte[] answerKey) throws GeneralSecurityException {
                return TaskSeal.sealAnswer(said, answerKey, "job-2");
            }
        });
        MemorySolver before = new MemorySolver(HONEST);
        solve(before);
        assertFormBroken(new MemorySolver(HONEST) {
            @Override
            byte[] sealed(byte[] said, byte[] answerKey) {
                return before.sealed;
            }
        });
    }

    @Test
    void solve_piecesEmptyOrWithoutEnd_areFoundOut() {
        assertFormBroken(new MemorySolver(HONEST) {
            @Override
            public Piece takeAnswer() {
                return new Piece(new byte[0], false);
            }
        });
        int[] taken = {0};
        assertFormBroken(new MemorySolver(HONEST) {
            @Override
            public Piece takeAnswer() {
                taken[0] += SolveJob.PIECE_BYTES;
                return new Piece(new byte[SolveJob.PIECE_BYTES], false);
            }
        });
        assertThat(taken[0]).isLessThanOrEqualTo(SolveJob.MOST_ANSWER_BYTES + SolveJob.PIECE_BYTES);
    }

    /** Sealed as it should be, and wrong in a bit or several: whatever passes the proof is safe by other arithmetic too. */
    @Test
    void solve_changedAnswers_areRefusedOrSafe() {
        System.out.println("SolverAnswerTest seed 20261201");
        Random random = new Random(20261201);
        byte[] honest = HONEST.to(ByteBuffer.wrap(TaskForm.write(PROBLEM, LIMITS)));
        assertThat(honest[0]).isZero();
        int proved = 0;
        int unproved = 0;
        int malformed = 0;
        for (int round = 0; round < 5_000; round++) {
            byte[] changed = honest.clone();
            for (int bit = 1 + random.nextInt(3); bit > 0; bit--) {
                changed[1 + random.nextInt(changed.length - 1)] ^= (byte) (1 << random.nextInt(8));
            }
            ProposedPattern pattern;
            try {
                pattern = SolverAnswer.read(ByteBuffer.wrap(changed), PROBLEM);
            } catch (ProblemException e) {
                malformed++;
                continue;
            }
            boolean safe = WholeCheck.isSafe(PROBLEM, pattern);
            assertThat(PatternCheck.of(PROBLEM, pattern).rule().isEmpty()).isEqualTo(safe);
            proved += safe ? 1 : 0;
            unproved += safe ? 0 : 1;
        }
        assertThat(proved).isPositive();
        assertThat(unproved).isPositive();
        assertThat(malformed).isPositive();
    }
}
