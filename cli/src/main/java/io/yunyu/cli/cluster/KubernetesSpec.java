package io.yunyu.cli.cluster;

import io.yunyu.contract.cluster.ClusterSettings;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.nio.file.Path;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * A cluster of engines on Kubernetes, as its operator writes it down.
 *
 * @param namespace of its own: everything in it belongs to this cluster
 * @param image of the engine, by digest, so that what was judged is what runs
 * @param runtimeClass of the hosts: a runtime that keeps the kernel away from containers, such as gVisor's or Kata's
 * @param tablesClaim claim of the volume with the encrypted tables, which is mounted read-only
 * @param tablesPath where it is mounted; tables must lie at the same path as in the jobs
 * @param driverMemoryMiB heap of the driver
 * @param spillMiB memory that each pod may fill with spill
 */
record KubernetesSpec(
        String namespace,
        String image,
        String runtimeClass,
        String tablesClaim,
        String tablesPath,
        ClusterSettings settings,
        int driverMemoryMiB,
        int spillMiB) {
    static final Path SECRETS = Path.of("/cluster/secrets");

    private static final Set<String> MEMBERS = Set.of(
            "namespace",
            "image",
            "runtimeClass",
            "tablesClaim",
            "tablesPath",
            "workers",
            "coresPerWorker",
            "executorMemoryMiB",
            "driverMemoryMiB",
            "spillMiB");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Pattern IMAGE = Pattern.compile("[a-z0-9][a-z0-9._:/-]{0,400}@sha256:[0-9a-f]{64}");
    private static final int LEAST_MIB = 256;

    KubernetesSpec {
        for (String name : new String[] {namespace, runtimeClass, tablesClaim}) {
            if (!NAME.matcher(name).matches()) {
                throw new JsonException("namespace, runtimeClass and tablesClaim must be names of Kubernetes objects:"
                        + " lower-case letters, digits and hyphens.");
            }
        }
        if (!IMAGE.matcher(image).matches()) {
            throw new JsonException("image must name the engine's image by its digest, NAME@sha256:…, not by a tag that"
                    + " somebody can move.");
        }
        if (!tablesPath.matches("(/[A-Za-z0-9._-]+)+") || tablesPath.contains("/..")) {
            throw new JsonException("tablesPath must be an absolute path.");
        }
        if (driverMemoryMiB < LEAST_MIB || spillMiB < LEAST_MIB) {
            throw new JsonException("driverMemoryMiB and spillMiB must be at least " + LEAST_MIB + ".");
        }
    }

    static KubernetesSpec of(JsonObject json) {
        JsonObject known = json.onlyMembers(MEMBERS);
        return new KubernetesSpec(
                known.string("namespace"),
                known.string("image"),
                known.string("runtimeClass"),
                known.string("tablesClaim"),
                known.string("tablesPath"),
                new ClusterSettings(
                        SECRETS,
                        known.intValue("workers"),
                        known.intValue("coresPerWorker"),
                        known.intValue("executorMemoryMiB")),
                known.intValue("driverMemoryMiB"),
                known.intValue("spillMiB"));
    }
}
