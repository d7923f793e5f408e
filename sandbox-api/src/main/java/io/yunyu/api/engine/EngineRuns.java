package io.yunyu.api.engine;

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

    /** Ends the job's engine if one runs; its outcome is then a failure. */
    void cancel(String jobId);
}
