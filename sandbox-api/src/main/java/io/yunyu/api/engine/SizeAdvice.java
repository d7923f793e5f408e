package io.yunyu.api.engine;

import io.yunyu.contract.job.EngineJob;
import io.yunyu.contract.job.EngineResult;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import java.util.Optional;

/** What is told of a job that was too large for the host, or for the cluster, that computed it. */
final class SizeAdvice {
    private SizeAdvice() {}

    /** The same result, with what to do next if the job ran out of memory or time and its kind can be made smaller. */
    static EngineResult advised(EngineJob job, EngineResult result, boolean onCluster) {
        Optional<Problem> advised = result.problem().flatMap(problem -> advice(job)
                .flatMap(advice -> detail(problem.code(), advice, onCluster))
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

    private static Optional<String> detail(ProblemCode code, String advice, boolean onCluster) {
        return switch (code) {
            case OUT_OF_MEMORY ->
                Optional.of(
                        onCluster
                                ? "The engine or an executor of its cluster ran out of memory. " + advice
                                        + " Or ask the operator for larger engines (yunyu.engine.heap) and executors"
                                        + " (executorMemoryMiB)."
                                : "The engine ran out of memory. " + advice
                                        + " Or ask the operator for larger engines (yunyu.engine.heap).");
            case TIMEOUT ->
                Optional.of("The job did not end within its time and was stopped. " + advice
                        + " Or ask the operator for a longer limit (yunyu.engine.timeout-seconds).");
            default -> Optional.empty();
        };
    }

    private static Optional<String> advice(EngineJob job) {
        if (job instanceof EngineJob.AnonymizeJob) {
            return Optional.of("Specify fewer columns or quasi-identifiers.");
        } else if (job instanceof EngineJob.PublicationJob) {
            return Optional.of("Plan a table of fewer cells.");
        } else if (job instanceof EngineJob.ReplayJob) {
            return Optional.of("Leave this query out of the replay.");
        } else if (job instanceof EngineJob.IngestJob) {
            return Optional.of("Batches are loaded on one host, also where queries have a cluster. Divide the batch.");
        }
        return Optional.empty();
    }
}
