package io.yunyu.launcher;

import java.time.Duration;
import java.util.function.Supplier;

/** The launcher's side of a solver, for tests that stand in for the engine. */
public final class OpenRelay implements AutoCloseable {
    private final SolverRelay relay;

    public OpenRelay(String jobId, Supplier<EngineProcess> solvers, Duration mostTime) {
        this.relay = new SolverRelay(jobId, solvers, mostTime);
    }

    public VaultPort port() {
        return relay.before(VaultPort.none());
    }

    @Override
    public void close() {
        relay.close();
    }
}
