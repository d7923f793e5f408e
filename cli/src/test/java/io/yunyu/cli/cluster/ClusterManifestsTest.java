package io.yunyu.cli.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.yunyu.contract.cluster.ClusterConnection;
import io.yunyu.contract.cluster.ClusterRole;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.yaml.snakeyaml.LoaderOptions;
import org.yaml.snakeyaml.Yaml;
import org.yaml.snakeyaml.constructor.SafeConstructor;

/** The manifests as they are written, held against Kubernetes' own types and our rules; and both tried by loosening them. */
class ClusterManifestsTest {
    private static final String SPEC =
            """
            {"namespace": "yunyu-health", "image": "registry.example/engine@sha256:%s", "runtimeClass": "gvisor",
             "tablesClaim": "tables", "tablesPath": "/tables", "workers": 3, "coresPerWorker": 2,
             "executorMemoryMiB": 4096, "driverMemoryMiB": 2048, "spillMiB": 8192}
            """
                    .formatted("0".repeat(64));

    private static List<Map<String, Object>> written() {
        List<Map<String, Object>> objects = new ArrayList<>();
        for (List<Map<String, Object>> file : new ClusterManifests(KubernetesSpec.of(Json.parseObject(SPEC)))
                .files()
                .values()) {
            for (Object object :
                    new Yaml(new SafeConstructor(new LoaderOptions())).loadAll(ClusterCommand.yaml(file))) {
                objects.add(map(object));
            }
        }
        return objects;
    }

    @SuppressWarnings("unchecked")
    private static Map<String, Object> map(Object value) {
        return (Map<String, Object>) value;
    }

    @Test
    void files_allObjects_areOfKubernetesTypes() {
        assertThat(written()).hasSize(12).allSatisfy(object -> assertThat(KubernetesApi.problem(object))
                .isEmpty());
    }

    @Test
    void files_allObjects_keepOurRules() {
        assertThat(ManifestRules.brokenBy(written())).isEmpty();
    }

    @Test
    void files_connections_areThoseOfAClusterInBothDirections() {
        Set<ClusterConnection> in = new HashSet<>();
        Set<ClusterConnection> out = new HashSet<>();
        for (Map<String, Object> object : written()) {
            JsonObject policy = Json.parseObject(Json.write(object));
            if (!policy.string("kind").equals("NetworkPolicy")
                    || !policy.object("spec").object("podSelector").has("matchLabels")) {
                continue;
            }
            ClusterRole own = role(policy.object("spec").object("podSelector"));
            for (JsonObject rule : policy.object("spec").objects("ingress")) {
                ports(rule).forEach(port -> in.add(new ClusterConnection(peer(rule, "from"), own, port)));
            }
            for (JsonObject rule : policy.object("spec").objects("egress")) {
                ports(rule).forEach(port -> out.add(new ClusterConnection(own, peer(rule, "to"), port)));
            }
        }
        assertThat(in).containsExactlyInAnyOrderElementsOf(ClusterConnection.all());
        assertThat(out).isEqualTo(in);
    }

    private static ClusterRole peer(JsonObject rule, String direction) {
        return role(rule.objects(direction).get(0).object("podSelector"));
    }

    private static List<Integer> ports(JsonObject rule) {
        return rule.objects("ports").stream().map(port -> port.intValue("port")).toList();
    }

    private static ClusterRole role(JsonObject selector) {
        return ClusterRole.valueOf(selector.object("matchLabels")
                .string("app.kubernetes.io/component")
                .toUpperCase(Locale.ROOT));
    }

    /** A change to one place of the manifests, and the rule that must notice it. Without a value: the member is left out. */
    @ParameterizedTest
    @CsvSource({
        "Pod, spec.runtimeClassName, , runtime-class",
        "Pod, spec.automountServiceAccountToken, true, token",
        "StatefulSet, spec.template.spec.automountServiceAccountToken, , token",
        "StatefulSet, spec.template.spec.hostNetwork, true, host",
        "StatefulSet, spec.template.spec.dnsPolicy, ClusterFirst, dns",
        "Pod, spec.securityContext.runAsNonRoot, false, non-root",
        "Pod, spec.securityContext.seccompProfile.type, Unconfined, seccomp",
        "Pod, spec.containers.0.securityContext.readOnlyRootFilesystem, , read-only-root",
        "Pod, spec.containers.0.securityContext.allowPrivilegeEscalation, true, escalation",
        "Pod, spec.containers.0.securityContext.privileged, true, privileged",
        "Pod, spec.containers.0.securityContext.capabilities.drop, , capabilities",
        "Pod, spec.containers.0.resources.limits.memory, , limits",
        "Pod, spec.containers.0.image, registry.example/engine:latest, digest",
        "Pod, spec.containers.0.volumeMounts.4.readOnly, , mounts-read-only",
        "Pod, spec.volumes.0.emptyDir.sizeLimit, , sized-scratch",
        "Pod, spec.volumes.0.emptyDir.medium, , memory-for-scratch",
        "Pod, spec.volumes.2.secret.defaultMode, 511, secret-mode",
        "Pod, spec.volumes.4.persistentVolumeClaim.readOnly, false, tables-read-only",
        "Pod, spec.volumes.4.hostPath, /, volumes",
        "Namespace, metadata.labels.pod-security.kubernetes.io/enforce, baseline, restricted",
        "ServiceAccount, automountServiceAccountToken, true, account-token",
        "NetworkPolicy, spec.policyTypes.1, , default-deny",
        "NetworkPolicy, spec.podSelector.matchLabels, , default-deny",
        "Service, spec.type, LoadBalancer, service",
        "Namespace, kind, ClusterRoleBinding, kinds"
    })
    void rules_oneOfThemLoosened_areBroken(String kind, String path, String value, String rule) {
        List<Map<String, Object>> objects = written();
        // Leaving out a selector selects everything, so there it is the default's selector that must not be narrowed.
        Object changed = path.equals("spec.podSelector.matchLabels") ? Map.of("a", "b") : parsed(value);
        change(objects, kind, path, changed);
        assertThat(ManifestRules.brokenBy(objects)).contains(rule);
    }

    @Test
    void rules_policyThatNamesNobody_isBroken() {
        List<Map<String, Object>> objects = written();
        Map<String, Object> driver = objects.stream()
                .filter(o -> o.get("kind").equals("NetworkPolicy")
                        && map(o.get("metadata")).get("name").equals("driver"))
                .findFirst()
                .orElseThrow();
        change(List.of(driver), "NetworkPolicy", "spec.egress.0.to", null);
        assertThat(ManifestRules.brokenBy(objects)).containsExactly("policy-names-all");
    }

    @ParameterizedTest
    @CsvSource({
        "Pod, spec.containers.0.readOnlyRootFilesystem, true",
        "Pod, spec.automountServiceToken, false",
        "Pod, spec.containers.0.name, ",
        "Pod, spec.containers, ",
        "Pod, spec.securityContext, true",
        "Pod, spec.securityContext.runAsUser, nobody",
        "NetworkPolicy, spec.policyType, Egress",
        "NetworkPolicy, spec.policyTypes, Egress",
        "StatefulSet, spec.selector, ",
        "StatefulSet, spec.replicas, many",
        "Service, spec.ports.0.port, ",
        "Service, apiVersion, v2"
    })
    void types_somethingElse_areNotThose(String kind, String path, String value) {
        List<Map<String, Object>> objects = written();
        change(objects, kind, path, parsed(value));
        assertThat(objects)
                .anySatisfy(object -> assertThat(KubernetesApi.problem(object)).isPresent());
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "image|\"registry.example/engine:latest\"",
                "runtimeClass|\"\"",
                "namespace|\"Yunyu\"",
                "tablesPath|\"../tables\"",
                "workers|0",
                "spillMiB|1",
                "hostNetwork|true"
            })
    void spec_notAsItMustBe_isRefused(String member, String value) {
        Map<String, Object> members =
                new java.util.LinkedHashMap<>(Json.parseObject(SPEC).asMap());
        members.put(member, Json.parseObject("{\"v\":" + value + "}").asMap().get("v"));
        assertThatThrownBy(() -> KubernetesSpec.of(Json.parseObject(Json.write(members))))
                .isInstanceOfAny(JsonException.class, io.yunyu.contract.problem.ProblemException.class);
    }

    private static Object parsed(String value) {
        if (value == null) {
            return null;
        } else if (value.equals("true") || value.equals("false")) {
            return Boolean.valueOf(value);
        }
        return value.matches("[0-9]+") ? (Object) Integer.valueOf(value) : value;
    }

    /** Changes the first object of a kind. A dot in a path separates; a label's name is the last of its path. */
    private static void change(List<Map<String, Object>> objects, String kind, String path, Object value) {
        Object at = objects.stream()
                .filter(o -> o.get("kind").equals(kind))
                .findFirst()
                .orElseThrow();
        String[] names = path.startsWith("metadata.labels.")
                ? new String[] {"metadata", "labels", path.substring("metadata.labels.".length())}
                : path.split("\\.");
        for (int i = 0; i < names.length - 1; i++) {
            at = at instanceof List<?> list ? list.get(Integer.parseInt(names[i])) : map(at).get(names[i]);
        }
        String last = names[names.length - 1];
        if (at instanceof List<?> list) {
            list.remove(Integer.parseInt(last));
        } else if (value == null) {
            map(at).remove(last);
        } else {
            map(at).put(last, value);
        }
    }
}
