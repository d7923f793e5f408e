package io.yunyu.launcher;

import static org.assertj.core.api.Assertions.assertThat;

import io.yunyu.contract.job.PlansJob;
import io.yunyu.contract.job.ProgramJob;
import io.yunyu.contract.problem.ProblemCode;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** A program and its guard in real sandboxes, where one of them dies while neither says a word. */
class ProgramRunTest {
    private static EngineLauncher launcher;

    @BeforeAll
    static void open() {
        launcher = Sandboxed.launcher();
    }

    @AfterAll
    static void close() {
        if (launcher != null) {
            launcher.close();
        }
    }

    /** A guard that waits for a plan is asked nothing while the program computes: its death must be noticed all the same. */
    @Test
    void guard_killedWhileTheProgramIdles_endsTheProgram() throws Exception {
        try (EngineProcess program = launcher.start(Sandboxed.spec("never-ends"));
                EngineProcess guard = launcher.start(Sandboxed.spec("asks-for-a-plan"))) {
            CompletableFuture<ProgramRun.Outcome> outcome = run(program, guard);
            guard.kill();
            assertThat(outcome.get().result().problem().orElseThrow().code()).isEqualTo(ProblemCode.ENGINE_ENDED);
            assertThat(outcome.get().tables()).isEmpty();
            assertThat(program.isReady()).isFalse();
        }
    }

    @Test
    void program_killedWhileItIdles_endsTheGuard() throws Exception {
        try (EngineProcess program = launcher.start(Sandboxed.spec("never-ends"));
                EngineProcess guard = launcher.start(Sandboxed.spec("asks-for-a-plan"))) {
            CompletableFuture<ProgramRun.Outcome> outcome = run(program, guard);
            program.kill();
            assertThat(outcome.get().result().problem().orElseThrow().code()).isEqualTo(ProblemCode.PROGRAM_FAILED);
            assertThat(ProcessHandle.of(guard.pid()).filter(SandboxProcess::isRunning))
                    .isEmpty();
        }
    }

    private static CompletableFuture<ProgramRun.Outcome> run(EngineProcess program, EngineProcess guard)
            throws Exception {
        CompletableFuture<ProgramRun.Outcome> outcome = CompletableFuture.supplyAsync(() -> ProgramRun.run(
                program,
                guard,
                new ProgramJob("program-1", "Main", List.of(), List.of()),
                new PlansJob("program-1", "{}"),
                Sandboxed.PATIENCE));
        // Until both have their job, and the guard has asked for a plan.
        while (program.isReady() || guard.isReady()) {
            Thread.sleep(10);
        }
        Thread.sleep(500);
        return outcome;
    }
}
