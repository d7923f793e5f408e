package io.yunyu.api.replay;

import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.policy.RuleChange;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/**
 * Changed rules and what they would have made of a provider's past jobs.
 *
 * @param provider the organization whose jobs they are
 * @param done whether every job was tried
 */
record PolicyReplay(
        String id, String provider, String person, RuleChange rule, Instant createdAt, boolean done, List<Tried> jobs) {
    PolicyReplay {
        jobs = List.copyOf(jobs);
    }

    /**
     * One job of it.
     *
     * @param jobState its state now
     * @param outcome what the engine said, once it was tried
     */
    record Tried(
            String job,
            String agreement,
            String jobState,
            Instant submittedAt,
            State state,
            Optional<EngineResult> outcome) {}

    enum State {
        WAITING,
        RUNNING,
        DONE,
        FAILED
    }
}
