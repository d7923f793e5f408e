package io.yunyu.launcher;

import io.yunyu.contract.job.EngineJob;
import java.time.Duration;
import java.util.function.Supplier;

/**
 * A job whose engine may ask for a solver of secondary suppression: a second sandbox without table, key and network, which
 * is started at the question and dead when the job is over.
 *
 * <p>Guarantees: what passes between the two passes here sealed, of bounded length and number; no solver outlives the
 * engine. It does not promise that the solver is right, nor that its sealing key is its own if this process lies.
 */
public final class SolverRun {
    private SolverRun() {}

    /**
     * As {@link EngineProcess#run}.
     *
     * @param solvers starts one; what it throws refuses the engine's question
     */
    public static EngineOutcome run(
            EngineProcess engine,
            EngineJob job,
            VaultPort vault,
            Supplier<EngineProcess> solvers,
            EngineListener listener,
            Duration timeout) {
        try (SolverRelay relay = new SolverRelay(job.jobId(), solvers, timeout)) {
            engine.onDeath(relay::close);
            return engine.run(job, relay.before(vault), listener, timeout);
        }
    }
}
