package io.yunyu.cli.cluster;

import io.yunyu.contract.cluster.ClusterConnection;
import io.yunyu.contract.cluster.ClusterRole;
import io.yunyu.contract.json.Json;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;

/** Nobody in the namespace may connect to anyone or be connected to, and then each role what {@link ClusterConnection} names. */
final class NetworkPolicies {
    private NetworkPolicies() {}

    static List<Map<String, Object>> of(KubernetesSpec spec) {
        List<Map<String, Object>> policies = new ArrayList<>();
        policies.add(policy(spec, "default-deny", Map.of(), List.of(), List.of()));
        for (ClusterRole role : ClusterRole.values()) {
            policies.add(policy(
                    spec,
                    EnginePod.name(role),
                    Json.object("matchLabels", EnginePod.labels(role)),
                    rules(role, "from", ClusterConnection::to, ClusterConnection::from),
                    rules(role, "to", ClusterConnection::from, ClusterConnection::to)));
        }
        return policies;
    }

    /** Ports at which a role is reached. */
    static List<Integer> portsOf(ClusterRole role) {
        return ClusterConnection.all().stream()
                .filter(c -> c.to() == role)
                .map(ClusterConnection::port)
                .distinct()
                .sorted()
                .toList();
    }

    private static List<Map<String, Object>> rules(
            ClusterRole role,
            String direction,
            Function<ClusterConnection, ClusterRole> own,
            Function<ClusterConnection, ClusterRole> peer) {
        Map<ClusterRole, TreeSet<Integer>> ports = new LinkedHashMap<>();
        for (ClusterConnection connection : ClusterConnection.all()) {
            if (own.apply(connection) == role) {
                ports.computeIfAbsent(peer.apply(connection), p -> new TreeSet<>())
                        .add(connection.port());
            }
        }
        List<Map<String, Object>> rules = new ArrayList<>();
        ports.forEach((other, numbers) -> rules.add(Json.object(
                direction,
                List.of(Json.object("podSelector", Json.object("matchLabels", EnginePod.labels(other)))),
                "ports",
                numbers.stream()
                        .map(port -> Json.object("protocol", "TCP", "port", port))
                        .toList())));
        return rules;
    }

    private static Map<String, Object> policy(
            KubernetesSpec spec,
            String name,
            Map<String, Object> pods,
            List<Map<String, Object>> ingress,
            List<Map<String, Object>> egress) {
        return Json.object(
                "apiVersion",
                "networking.k8s.io/v1",
                "kind",
                "NetworkPolicy",
                "metadata",
                Json.object("name", name, "namespace", spec.namespace()),
                "spec",
                Json.object(
                        "podSelector",
                        pods,
                        "policyTypes",
                        List.of("Ingress", "Egress"),
                        "ingress",
                        ingress,
                        "egress",
                        egress));
    }
}
