package io.yunyu.cli.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/** What every manifest of ours must have, told from the written files alone. */
final class ManifestRules {
    private static final Set<String> VOLUMES = Set.of("emptyDir", "configMap", "secret", "persistentVolumeClaim");
    private static final Set<String> KINDS =
            Set.of("Namespace", "ServiceAccount", "ConfigMap", "NetworkPolicy", "Service", "StatefulSet", "Pod");

    private final Set<String> broken = new TreeSet<>();

    private ManifestRules() {}

    /** Names of the rules that are broken. */
    static Set<String> brokenBy(List<Map<String, Object>> objects) {
        ManifestRules rules = new ManifestRules();
        objects.forEach(rules::object);
        rules.must(objects.stream().anyMatch(ManifestRules::deniesAll), "default-deny");
        return rules.broken;
    }

    private void must(boolean holds, String rule) {
        if (!holds) {
            broken.add(rule);
        }
    }

    private void object(Map<String, Object> object) {
        must(KINDS.contains(object.get("kind")), "kinds");
        switch (String.valueOf(object.get("kind"))) {
            case "Namespace" ->
                must(
                        "restricted".equals(at(object, "metadata", "labels", "pod-security.kubernetes.io/enforce")),
                        "restricted");
            case "ServiceAccount" ->
                must(Boolean.FALSE.equals(object.get("automountServiceAccountToken")), "account-token");
            case "NetworkPolicy" -> policy(object);
            case "Service" ->
                must(
                        !Set.of("NodePort", "LoadBalancer").contains(String.valueOf(at(object, "spec", "type"))),
                        "service");
            case "Pod" -> pod(map(object.get("spec")));
            case "StatefulSet" -> pod(map(at(object, "spec", "template", "spec")));
            default -> {
                // The others carry nothing that could be loosened.
            }
        }
    }

    private static boolean deniesAll(Map<String, Object> object) {
        return "NetworkPolicy".equals(object.get("kind"))
                && map(at(object, "spec", "podSelector")).isEmpty()
                && Set.copyOf(list(at(object, "spec", "policyTypes"))).equals(Set.of("Ingress", "Egress"))
                && list(at(object, "spec", "ingress")).isEmpty()
                && list(at(object, "spec", "egress")).isEmpty();
    }

    /** A rule names pods of the same namespace and ports, or it lets in or out whom nobody meant. */
    private void policy(Map<String, Object> object) {
        for (String[] direction : new String[][] {{"ingress", "from"}, {"egress", "to"}}) {
            for (Object rule : list(at(object, "spec", direction[0]))) {
                List<?> peers = list(map(rule).get(direction[1]));
                must(!peers.isEmpty() && !list(map(rule).get("ports")).isEmpty(), "policy-names-all");
                for (Object peer : peers) {
                    must(
                            map(peer).keySet().equals(Set.of("podSelector"))
                                    && !map(at(map(peer), "podSelector", "matchLabels"))
                                            .isEmpty(),
                            "policy-names-all");
                }
            }
        }
    }

    private void pod(Map<String, Object> pod) {
        must(pod.get("runtimeClassName") instanceof String, "runtime-class");
        must(Boolean.FALSE.equals(pod.get("automountServiceAccountToken")), "token");
        must("None".equals(pod.get("dnsPolicy")), "dns");
        for (String shared : List.of("hostNetwork", "hostPID", "hostIPC", "shareProcessNamespace")) {
            must(!Boolean.TRUE.equals(pod.get(shared)), "host");
        }
        must(Boolean.TRUE.equals(at(pod, "securityContext", "runAsNonRoot")), "non-root");
        must("RuntimeDefault".equals(at(pod, "securityContext", "seccompProfile", "type")), "seccomp");
        for (Object volume : list(pod.get("volumes"))) {
            volume(map(volume));
        }
        for (Object container : list(pod.get("containers"))) {
            container(map(container));
        }
        must(!pod.containsKey("initContainers") && !pod.containsKey("ephemeralContainers"), "one-container");
    }

    private void volume(Map<String, Object> volume) {
        must(volume.keySet().stream().allMatch(k -> k.equals("name") || VOLUMES.contains(k)), "volumes");
        if (volume.containsKey("emptyDir")) {
            must("Memory".equals(at(volume, "emptyDir", "medium")), "memory-for-scratch");
            must(at(volume, "emptyDir", "sizeLimit") != null, "sized-scratch");
        }
        if (volume.containsKey("persistentVolumeClaim")) {
            must(Boolean.TRUE.equals(at(volume, "persistentVolumeClaim", "readOnly")), "tables-read-only");
        }
        if (volume.containsKey("secret")) {
            must(Integer.valueOf(0440).equals(at(volume, "secret", "defaultMode")), "secret-mode");
        }
    }

    private void container(Map<String, Object> container) {
        must(String.valueOf(container.get("image")).matches(".*@sha256:[0-9a-f]{64}"), "digest");
        must(Boolean.TRUE.equals(at(container, "securityContext", "readOnlyRootFilesystem")), "read-only-root");
        must(Boolean.FALSE.equals(at(container, "securityContext", "allowPrivilegeEscalation")), "escalation");
        must(!Boolean.TRUE.equals(at(container, "securityContext", "privileged")), "privileged");
        must(List.of("ALL").equals(at(container, "securityContext", "capabilities", "drop")), "capabilities");
        must(at(container, "securityContext", "capabilities", "add") == null, "capabilities");
        must(
                map(at(container, "resources", "limits")).keySet().equals(Set.of("cpu", "memory", "ephemeral-storage")),
                "limits");
        for (Object variable : list(container.get("env"))) {
            must(!String.valueOf(at(map(variable), "valueFrom")).contains("secretKeyRef"), "no-secret-in-environment");
        }
        for (Object mount : list(container.get("volumeMounts"))) {
            boolean writable = !Boolean.TRUE.equals(map(mount).get("readOnly"));
            must(!writable || Set.of("tmp", "scratch").contains(map(mount).get("name")), "mounts-read-only");
        }
    }

    private static Object at(Map<String, Object> object, String... path) {
        Object at = object;
        for (String name : path) {
            at = map(at).get(name);
        }
        return at;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return Optional.ofNullable((Map<String, Object>) value).orElse(Map.of());
    }

    private static List<?> list(Object value) {
        return value == null ? new ArrayList<>() : (List<?>) value;
    }
}
