package io.yunyu.api.engine;

import io.yunyu.launcher.WarmState;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** Runs engines, one process for each job. */
public interface EngineRuns {
    /**
     * Runs to the end and returns only after the engine is dead. Whatever goes wrong with the engine is an outcome, not an
     * exception.
     *
     * @param stage told the names of the engine's steps as it says them
     */
    RunOutcome run(EngineRun run, Consumer<String> stage);

    /** Says that a job on exactly these mounts may come soon; an engine for it may be started ahead. */
    default void expect(List<EngineRun.Mount> mounts) {}

    /** How many engines there are, and how often one was ready; empty where none are started ahead. */
    default Optional<WarmState> state() {
        return Optional.empty();
    }

    /** Ends the job's engine if one runs; its outcome is then a failure. */
    void cancel(String jobId);
}
