package io.yunyu.api.review;

import io.yunyu.api.job.Job;
import io.yunyu.contract.json.Json;
import java.util.Map;
import java.util.Optional;

/**
 * Cells that are answered as an earlier job of the dataset family first was: of the same units, or of nearly the same.
 *
 * @param job that was answered first; absent if another provider decided on it
 */
public record EarlierAnswers(Optional<Job> job, long cells) {
    Map<String, Object> toJson() {
        return Json.object(
                "cells", cells,
                "jobId", job.map(Job::id).orElse(null),
                "releaseId", job.flatMap(Job::releaseId).orElse(null),
                "state", job.map(j -> j.state().name()).orElse(null),
                "developer", job.map(Job::developer).orElse(null),
                "submittedAt", job.map(j -> j.createdAt().toString()).orElse(null));
    }
}
