package io.yunyu.contract.cluster;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Set;

/**
 * One Spark Standalone cluster, said alike to all its processes. Holds nothing secret, and no setting of Spark's: what
 * protects a cluster is not for a file to change.
 *
 * @param secrets directory of the cluster's secrets, at the same place on every host
 * @param workers number of workers; each runs one executor
 * @param coresPerWorker task threads of an executor
 * @param executorMemoryMiB heap of an executor
 */
public record ClusterSettings(Path secrets, int workers, int coresPerWorker, int executorMemoryMiB) {
    private static final int MOST_WORKERS = 1000;
    private static final int MOST_CORES = 1024;
    private static final int LEAST_MEMORY_MIB = 256;
    private static final Set<String> MEMBERS = Set.of("secrets", "workers", "coresPerWorker", "executorMemoryMiB");

    public ClusterSettings {
        if (workers < 1 || workers > MOST_WORKERS || coresPerWorker < 1 || coresPerWorker > MOST_CORES) {
            throw bad("workers must be from 1 to " + MOST_WORKERS + " and coresPerWorker from 1 to " + MOST_CORES);
        }
        if (executorMemoryMiB < LEAST_MEMORY_MIB) {
            throw bad("executorMemoryMiB must be at least " + LEAST_MEMORY_MIB);
        }
    }

    /** @throws ProblemException if the file cannot be read or says something else */
    public static ClusterSettings read(Path file) {
        try {
            JsonObject json = Json.parseObject(Files.readAllBytes(file)).onlyMembers(MEMBERS);
            return new ClusterSettings(
                    Path.of(json.string("secrets")),
                    json.intValue("workers"),
                    json.intValue("coresPerWorker"),
                    json.intValue("executorMemoryMiB"));
        } catch (IOException e) {
            throw bad("the file cannot be read");
        } catch (JsonException e) {
            throw bad(String.valueOf(e.getMessage()));
        }
    }

    public Map<String, Object> toJson() {
        return Json.object(
                "secrets",
                secrets.toString(),
                "workers",
                workers,
                "coresPerWorker",
                coresPerWorker,
                "executorMemoryMiB",
                executorMemoryMiB);
    }

    /** Task threads of the whole cluster. */
    public int cores() {
        return workers * coresPerWorker;
    }

    /** @throws ProblemException if it is neither a name nor an IPv4 address */
    public static String host(String host) {
        if (!host.matches("[A-Za-z0-9]([A-Za-z0-9.-]{0,251}[A-Za-z0-9])?")) {
            throw bad("a host must be a name or an IPv4 address");
        }
        return host;
    }

    private static ProblemException bad(String what) {
        return new ProblemException(ProblemCode.BAD_REQUEST, "The settings of the cluster are refused: " + what + ".");
    }
}
