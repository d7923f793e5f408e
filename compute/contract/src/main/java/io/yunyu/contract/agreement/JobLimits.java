package io.yunyu.contract.agreement;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * What an agreement lets one job use. An installation gives a job the smaller of this and its own limits; what is absent is
 * the installation's to say.
 *
 * @param seconds from the job's start on an engine to its end, at least 1
 * @param heapMiB Java heap of its engine, at least 512
 */
public record JobLimits(Optional<Integer> seconds, Optional<Integer> heapMiB) {
    private static final int SMALLEST_HEAP_MIB = 512;

    public JobLimits {
        if (seconds.isEmpty() && heapMiB.isEmpty()) {
            throw new JsonException("Member 'jobLimits' names seconds, heapMiB or both.");
        }
        if (seconds.orElse(1) < 1 || heapMiB.orElse(SMALLEST_HEAP_MIB) < SMALLEST_HEAP_MIB) {
            throw new JsonException("A job's limits are at least 1 second and " + SMALLEST_HEAP_MIB + " MiB of heap.");
        }
    }

    Map<String, Object> toJson() {
        return Json.object("seconds", seconds.orElse(null), "heapMiB", heapMiB.orElse(null));
    }

    static JobLimits parse(JsonObject json) {
        json.onlyMembers(Set.of("seconds", "heapMiB"));
        return new JobLimits(
                json.has("seconds") ? Optional.of(json.intValue("seconds")) : Optional.empty(),
                json.has("heapMiB") ? Optional.of(json.intValue("heapMiB")) : Optional.empty());
    }
}
