package io.yunyu.api.engine;

import java.util.Optional;

/**
 * What an agreement allows one job to use; absent where it says nothing. An installation gives a job the smaller of this and
 * its own limits.
 *
 * @param seconds from the job's start to its end, at least 1
 * @param heapMiB Java heap of its engine, at least 512
 */
public record JobLimits(Optional<Integer> seconds, Optional<Integer> heapMiB) {}
