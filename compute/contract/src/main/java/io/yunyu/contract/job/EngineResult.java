package io.yunyu.contract.job;

import io.yunyu.contract.disclosure.DisclosureReport;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.Problem;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * How an engine's job ended: the payload of the end frame. For a refused query the report carries the findings.
 *
 * @param problem present unless the status is {@code DONE}
 * @param report present for SQL and check jobs that were checked
 * @param ingest present for ingests that are done
 * @param candidateDigest {@code sha256:…} of the candidate before sealing; present for SQL jobs that are done
 * @param noiseDrawn for differentially private jobs, whether noise may have been drawn, which costs budget whatever came
 *     of it; absent means that nobody knows
 */
public record EngineResult(
        Status status,
        Optional<Problem> problem,
        Optional<DisclosureReport> report,
        Optional<IngestReport> ingest,
        Optional<String> candidateDigest,
        Optional<Boolean> noiseDrawn) {
    /** Refused: policy says no, the same job will be refused again. Failed: it may be tried again. */
    public enum Status {
        DONE,
        REFUSED,
        FAILED
    }

    /** A result that says nothing of noise. */
    public EngineResult(
            Status status,
            Optional<Problem> problem,
            Optional<DisclosureReport> report,
            Optional<IngestReport> ingest,
            Optional<String> candidateDigest) {
        this(status, problem, report, ingest, candidateDigest, Optional.empty());
    }

    /** The same result of a job that drew no noise. */
    public EngineResult withoutNoise() {
        return new EngineResult(status, problem, report, ingest, candidateDigest, Optional.of(false));
    }

    /** Done, with nothing to show for it: all of a program's outcome was said before its end. */
    public static EngineResult done() {
        return new EngineResult(Status.DONE, Optional.empty(), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public static EngineResult failed(Problem problem) {
        return new EngineResult(
                Status.FAILED, Optional.of(problem), Optional.empty(), Optional.empty(), Optional.empty());
    }

    public Map<String, Object> toJson() {
        return Json.object(
                "status",
                status.name(),
                "problem",
                problem.map(Problem::toJson).orElse(null),
                "report",
                report.map(DisclosureReport::toJson).orElse(null),
                "ingest",
                ingest.map(IngestReport::toJson).orElse(null),
                "candidateDigest",
                candidateDigest.orElse(null),
                "noiseDrawn",
                noiseDrawn.orElse(null));
    }

    public static EngineResult parse(JsonObject json) {
        json.onlyMembers(Set.of("status", "problem", "report", "ingest", "candidateDigest", "noiseDrawn"));
        return new EngineResult(
                json.enumValue("status", Status.class),
                json.has("problem") ? Optional.of(Problem.parse(json.object("problem"))) : Optional.empty(),
                json.has("report") ? Optional.of(DisclosureReport.parse(json.object("report"))) : Optional.empty(),
                json.has("ingest") ? Optional.of(IngestReport.parse(json.object("ingest"))) : Optional.empty(),
                json.optionalString("candidateDigest"),
                json.has("noiseDrawn") ? Optional.of(json.bool("noiseDrawn")) : Optional.empty());
    }
}
