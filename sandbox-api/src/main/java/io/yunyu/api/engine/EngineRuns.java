package io.yunyu.api.engine;

import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.launcher.EngineListener;
import io.yunyu.launcher.ProgramRun;
import io.yunyu.launcher.WarmState;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Runs engines, one process for each job. */
public interface EngineRuns {
    /**
     * Runs to the end and returns only after the engine is dead. Whatever goes wrong with the engine is an outcome, not an
     * exception.
     *
     * @param progress told the engine's steps as it says them
     */
    RunOutcome run(EngineRun run, EngineListener progress);

    /**
     * Runs a developer's program and the guard of its plans to their end; both are dead when this returns. Whatever goes
     * wrong is an outcome, not an exception.
     */
    default ProgramRun.Outcome run(ProgramOrder order) {
        return new ProgramRun.Outcome(
                EngineResult.failed(new Problem(ProblemCode.PROGRAM_FAILED, "No programs run here.")), List.of());
    }

    /** @throws io.yunyu.contract.problem.ProblemException HOST_LACKS_LAYER if this installation cannot run programs */
    default void requirePrograms() {}

    /** Says that a job on exactly these mounts of this provider may come soon; an engine for it may be started ahead. */
    default void expect(String provider, List<EngineRun.Mount> mounts) {}

    /** How many engines there are, and how often one was ready; empty where none are started ahead. */
    default Optional<WarmState> state() {
        return Optional.empty();
    }

    /** The process on this host of each running job's engine, of a program's sandbox. */
    default Map<String, Long> processes() {
        return Map.of();
    }

    /** Ends the job's engine if one runs; its outcome is then a failure. */
    void cancel(String jobId);
}
