package io.yunyu.contract.job;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;
import java.util.Set;

/** Check one query after the other against a grant, as a program comes up with them. Needs no key and no table. */
public record PlansJob(String jobId, String grant) implements EngineJob {
    @Override
    public Map<String, Object> toJson() {
        return Json.object("kind", "plans", "jobId", jobId, "grant", grant);
    }

    static PlansJob parse(JsonObject json) {
        json.onlyMembers(Set.of("kind", "jobId", "grant"));
        return new PlansJob(json.string("jobId"), json.string("grant"));
    }
}
