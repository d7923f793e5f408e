package io.yunyu.api.engine;

import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.util.Optional;

/** What is told of a job that was too large for the one host on which its kind is computed, cluster or not. */
final class OneHost {
    private OneHost() {}

    /** The same result, with what to do next if the job ran out of memory or time and is of such a kind. */
    static EngineResult advised(EngineJob job, EngineResult result) {
        Optional<Problem> advised = result.problem().flatMap(problem -> advice(job)
                .flatMap(advice -> detail(problem.code(), advice))
                .map(detail -> new Problem(problem.code(), detail)));
        return advised.isEmpty()
                ? result
                : new EngineResult(
                        result.status(),
                        advised,
                        result.report(),
                        result.ingest(),
                        result.candidateDigest(),
                        result.noiseDrawn());
    }

    private static Optional<String> detail(ProblemCode code, String advice) {
        return switch (code) {
            case OUT_OF_MEMORY ->
                Optional.of("The engine ran out of memory. " + advice
                        + " Or ask the operator for larger engines (yunyu.engine.heap).");
            case TIMEOUT ->
                Optional.of("The job did not end within its time and was stopped. " + advice
                        + " Or ask the operator for a longer limit (yunyu.engine.timeout-seconds).");
            default -> Optional.empty();
        };
    }

    private static Optional<String> advice(EngineJob job) {
        if (job instanceof EngineJob.AnonymizeJob) {
            return Optional.of("Data elements are made on one host, also where queries have a cluster."
                    + " Specify fewer columns or quasi-identifiers.");
        } else if (job instanceof EngineJob.PublicationJob) {
            return Optional.of("Planned publications are computed on one host, also where queries have a cluster."
                    + " Plan a table of fewer cells.");
        } else if (job instanceof EngineJob.ReplayJob) {
            return Optional.of("Policies are replayed on one host, also where queries have a cluster."
                    + " Leave this query out of the replay.");
        } else if (job instanceof EngineJob.IngestJob) {
            return Optional.of("Batches are loaded on one host, also where queries have a cluster. Divide the batch.");
        }
        return Optional.empty();
    }
}
