package io.yunyu.cli.client;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.time.Duration;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Submits jobs and follows them until they rest. */
public final class JobClient {
    private static final Set<String> MOVING = Set.of("SUBMITTED", "RUNNING", "APPROVED");
    private static final long SHORTEST_PAUSE_MILLIS = 20;
    private static final long LONGEST_PAUSE_MILLIS = 200;

    private final ApiClient api;

    public JobClient(ApiClient api) {
        this.api = api;
    }

    public JsonObject submit(String agreement, String sql, Optional<String> idempotencyKey) {
        return submit(agreement, sql, Optional.empty(), Optional.empty(), idempotencyKey);
    }

    /**
     * @param priority high, normal or low; normal if absent
     * @param rhoMicros what a differentially private query may spend, if less than its agreement allows
     */
    public JsonObject submit(
            String agreement,
            String sql,
            Optional<String> priority,
            Optional<Long> rhoMicros,
            Optional<String> idempotencyKey) {
        return api.post(
                "/api/v1/jobs",
                Json.object(
                        "agreementId",
                        agreement,
                        "kind",
                        "sql",
                        "sql",
                        sql,
                        "priority",
                        priority.orElse(null),
                        "rhoMicros",
                        rhoMicros.orElse(null)),
                idempotencyKey);
    }

    /**
     * @param request {@code {dataset, spec}} of a data element; the specification names no file
     * @param priority high, normal or low; normal if absent
     */
    public JsonObject submitElement(
            String agreement, Map<String, Object> request, Optional<String> priority, Optional<String> idempotencyKey) {
        return submitElement(agreement, request, priority, Optional.empty(), idempotencyKey);
    }

    /** @param rhoMicros under a privacy clause, what the element may spend at most; absent for what the agreement allows */
    public JsonObject submitElement(
            String agreement,
            Map<String, Object> request,
            Optional<String> priority,
            Optional<Long> rhoMicros,
            Optional<String> idempotencyKey) {
        return api.post(
                "/api/v1/jobs",
                Json.object(
                        "agreementId",
                        agreement,
                        "kind",
                        "anonymize",
                        "request",
                        Json.write(request),
                        "priority",
                        priority.orElse(null),
                        "rhoMicros",
                        rhoMicros.orElse(null)),
                idempotencyKey);
    }

    /** @param publication number of one of the agreement's planned publications, counted from 1 */
    public JsonObject submitPublication(
            String agreement, int publication, Optional<String> priority, Optional<String> idempotencyKey) {
        return api.post(
                "/api/v1/jobs",
                Json.object(
                        "agreementId",
                        agreement,
                        "kind",
                        "publication",
                        "publication",
                        publication,
                        "priority",
                        priority.orElse(null)),
                idempotencyKey);
    }

    /** Waits until the job is in review, refused, failed, denied, released or cancelled. */
    public JsonObject awaitRest(String path, String what) {
        long start = System.nanoTime();
        String shown = "";
        long pause = SHORTEST_PAUSE_MILLIS;
        while (true) {
            JsonObject job = api.get(path);
            String state = job.string("state");
            if (!MOVING.contains(state)) {
                Console.status("");
                return job;
            }
            Duration taken = Duration.ofNanos(System.nanoTime() - start);
            Console.status("  " + what + ": " + words(step(job).orElse(state)), taken);
            // Line by line the rows of a batch would be too many lines.
            String step = tenths(job).or(() -> job.optionalString("stage")).orElse(shown);
            if (!step.equals(shown) && System.console() == null) {
                Console.progress("  " + what + ": " + words(step));
                shown = step;
            }
            pause(pause);
            pause = Math.min(LONGEST_PAUSE_MILLIS, pause + pause / 4);
        }
    }

    private static Optional<String> step(JsonObject job) {
        Optional<String> stage = job.optionalString("stage");
        return stage.filter(s -> s.equals("ROWS_READ") && job.has("rowsRead"))
                .map(s -> job.longValue("rowsRead") + " rows read")
                .or(() -> tenths(job))
                .or(() -> stage);
    }

    private static Optional<String> tenths(JsonObject job) {
        long tenths = job.has("tenthsRead") ? job.longValue("tenthsRead") : 0;
        return tenths > 0 && tenths < 10
                ? Optional.of(tenths + " of 10 parts of reading the tables done")
                : Optional.empty();
    }

    private static String words(String step) {
        return step.toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    /** @throws ProblemException if the job did not reach the wanted state, with the job's own problem */
    public static void require(JsonObject job, String state) {
        if (!job.string("state").equals(state)) {
            throw new ProblemException(
                    job.has("problem")
                            ? Problem.parse(JsonObject.of(job.object("problem").asMap()))
                            : new Problem(
                                    ProblemCode.INTERNAL,
                                    "The job ended as " + job.string("state") + ", not as " + state + "."));
        }
    }

    private static void pause(long millis) {
        try {
            Thread.sleep(millis);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.INTERNAL, "Waiting for the job was interrupted; the job goes on.");
        }
    }
}
