package io.yunyu.cli.cluster;

import io.yunyu.contract.cluster.ClusterRole;
import io.yunyu.contract.json.Json;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A cluster of engines as objects of Kubernetes: Spark Standalone in StatefulSets, which asks nothing of the cluster's API
 * and so needs no token, and a pod for the driver of one job. No secret is in them.
 */
final class ClusterManifests {
    static final String NODE_MAIN = "io.yunyu.engine.cluster.ClusterNodeMain";
    static final String ACCOUNT = "engine";
    static final String SETTINGS = "cluster-settings";
    static final String SECRET = "cluster-secrets";

    private final KubernetesSpec spec;
    private final EnginePod pods;

    ClusterManifests(KubernetesSpec spec) {
        this.spec = spec;
        this.pods = new EnginePod(spec);
    }

    /** Objects by the file they go into, in the order in which they are applied. */
    Map<String, List<Map<String, Object>>> files() {
        Map<String, List<Map<String, Object>>> files = new LinkedHashMap<>();
        files.put("1-namespace.yaml", List.of(namespace(), account(), settings()));
        files.put("2-network.yaml", NetworkPolicies.of(spec));
        files.put(
                "3-nodes.yaml",
                List.of(
                        service(ClusterRole.MASTER, Map.of()),
                        service(ClusterRole.WORKER, Json.object("clusterIP", "None")),
                        nodes(ClusterRole.MASTER, 1),
                        nodes(ClusterRole.WORKER, spec.settings().workers())));
        files.put("4-driver.yaml", List.of(driver()));
        return files;
    }

    /** Kubernetes itself refuses pods there that are less restricted. */
    private Map<String, Object> namespace() {
        Map<String, Object> labels = new LinkedHashMap<>();
        for (String mode : List.of("enforce", "audit", "warn")) {
            labels.put("pod-security.kubernetes.io/" + mode, "restricted");
        }
        return Json.object(
                "apiVersion",
                "v1",
                "kind",
                "Namespace",
                "metadata",
                Json.object("name", spec.namespace(), "labels", labels));
    }

    private Map<String, Object> account() {
        return Json.object(
                "apiVersion",
                "v1",
                "kind",
                "ServiceAccount",
                "metadata",
                metadata(ACCOUNT, Map.of()),
                "automountServiceAccountToken",
                false);
    }

    private Map<String, Object> settings() {
        return Json.object(
                "apiVersion",
                "v1",
                "kind",
                "ConfigMap",
                "metadata",
                metadata(SETTINGS, Map.of()),
                "immutable",
                true,
                "data",
                Json.object("settings.json", Json.write(spec.settings().toJson())));
    }

    private Map<String, Object> service(ClusterRole role, Map<String, Object> more) {
        Map<String, Object> service = new LinkedHashMap<>(more);
        service.put("selector", EnginePod.labels(role));
        service.put(
                "ports",
                NetworkPolicies.portsOf(role).stream()
                        .map(port -> Json.object("name", "port-" + port, "protocol", "TCP", "port", port))
                        .toList());
        return Json.object(
                "apiVersion",
                "v1",
                "kind",
                "Service",
                "metadata",
                metadata(EnginePod.name(role), EnginePod.labels(role)),
                "spec",
                service);
    }

    private Map<String, Object> nodes(ClusterRole role, int replicas) {
        return Json.object(
                "apiVersion",
                "apps/v1",
                "kind",
                "StatefulSet",
                "metadata",
                metadata(EnginePod.name(role), EnginePod.labels(role)),
                "spec",
                Json.object(
                        "serviceName",
                        EnginePod.name(role),
                        "replicas",
                        replicas,
                        "podManagementPolicy",
                        "Parallel",
                        "selector",
                        Json.object("matchLabels", EnginePod.labels(role)),
                        "template",
                        Json.object(
                                "metadata", Json.object("labels", EnginePod.labels(role)), "spec", pods.spec(role))));
    }

    /** Started for one job and never again. */
    private Map<String, Object> driver() {
        Map<String, Object> pod = new LinkedHashMap<>(pods.spec(ClusterRole.DRIVER));
        pod.put("restartPolicy", "Never");
        return Json.object(
                "apiVersion",
                "v1",
                "kind",
                "Pod",
                "metadata",
                metadata(EnginePod.name(ClusterRole.DRIVER), EnginePod.labels(ClusterRole.DRIVER)),
                "spec",
                pod);
    }

    private Map<String, Object> metadata(String name, Map<String, Object> labels) {
        return labels.isEmpty()
                ? Json.object("name", name, "namespace", spec.namespace())
                : Json.object("name", name, "namespace", spec.namespace(), "labels", labels);
    }
}
