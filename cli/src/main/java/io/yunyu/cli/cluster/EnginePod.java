package io.yunyu.cli.cluster;

import io.yunyu.contract.cluster.ClusterRole;
import io.yunyu.contract.json.Json;
import io.yunyu.launcher.EngineSpec;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/**
 * The pod of one role. What every one of them has: an ordinary user, no capability, a read-only root, the runtime's seccomp
 * profile, limits on all it uses, memory instead of the host's disk, no token of a service account, no name service, and
 * of the network what {@link NetworkPolicies} gives its role.
 */
final class EnginePod {
    private static final int USER = 10001;
    private static final int NODE_HEAP_MIB = 256;
    /** What a virtual machine takes besides its heap. */
    private static final int BESIDE_HEAP_MIB = 512;

    private static final int TMP_MIB = 64;
    private static final int OWNER_AND_GROUP_READ = 0440;
    private static final String SETTINGS = "/cluster/settings/settings.json";

    private final KubernetesSpec spec;

    EnginePod(KubernetesSpec spec) {
        this.spec = spec;
    }

    static String name(ClusterRole role) {
        return role.name().toLowerCase(Locale.ROOT);
    }

    static Map<String, Object> labels(ClusterRole role) {
        return Json.object("app.kubernetes.io/name", "yunyu", "app.kubernetes.io/component", name(role));
    }

    Map<String, Object> spec(ClusterRole role) {
        Map<String, Object> pod = new LinkedHashMap<>();
        pod.put("runtimeClassName", spec.runtimeClass());
        pod.put("serviceAccountName", ClusterManifests.ACCOUNT);
        pod.put("automountServiceAccountToken", false);
        // The master's address comes in by the environment, so that no name has to be looked up.
        pod.put("enableServiceLinks", role != ClusterRole.MASTER);
        pod.put("dnsPolicy", "None");
        pod.put("dnsConfig", Json.object("nameservers", List.of("127.0.0.1")));
        pod.put(
                "securityContext",
                Json.object(
                        "runAsNonRoot", true,
                        "runAsUser", USER,
                        "runAsGroup", USER,
                        "fsGroup", USER,
                        "seccompProfile", Json.object("type", "RuntimeDefault")));
        if (role == ClusterRole.WORKER) {
            pod.put(
                    "topologySpreadConstraints",
                    List.of(Json.object(
                            "maxSkew",
                            1,
                            "topologyKey",
                            "kubernetes.io/hostname",
                            "whenUnsatisfiable",
                            "ScheduleAnyway",
                            "labelSelector",
                            Json.object("matchLabels", labels(role)))));
        }
        pod.put("terminationGracePeriodSeconds", 5);
        pod.put("containers", List.of(container(role)));
        pod.put("volumes", volumes(role));
        return pod;
    }

    private Map<String, Object> container(ClusterRole role) {
        Map<String, Object> container = new LinkedHashMap<>();
        container.put("name", name(role));
        container.put("image", spec.image());
        container.put("command", List.of("java"));
        container.put("args", arguments(role));
        container.put("env", environment());
        container.put("ports", ports(role));
        container.put(
                "securityContext",
                Json.object(
                        "allowPrivilegeEscalation", false,
                        "privileged", false,
                        "readOnlyRootFilesystem", true,
                        "capabilities", Json.object("drop", List.of("ALL"))));
        container.put("resources", resources(role));
        container.put("volumeMounts", mounts(role));
        if (role == ClusterRole.DRIVER) {
            // The three channels of every engine; whoever sends the job attaches to them.
            container.put("stdin", true);
            container.put("stdinOnce", true);
            container.put("tty", false);
        }
        return container;
    }

    private List<String> arguments(ClusterRole role) {
        List<String> all = new ArrayList<>(List.of(
                "-Xmx" + heapMiB(role) + "m",
                "-XX:+ExitOnOutOfMemoryError",
                "-XX:-CreateCoredumpOnCrash",
                "-XX:ErrorFile=/dev/null",
                "-XX:-UsePerfData",
                "-XX:+DisableAttachMechanism",
                "-Dfile.encoding=UTF-8",
                "-Djava.io.tmpdir=/tmp"));
        all.addAll(EngineSpec.sparkFlags());
        if (role == ClusterRole.DRIVER) {
            all.addAll(List.of(
                    "-XX:+DisplayVMOutputToStderr",
                    "-Xlog:disable",
                    "-Xlog:all=error:stderr",
                    "-Dyunyu.engine.cluster=" + SETTINGS,
                    "-Dyunyu.engine.master=$(MASTER_SERVICE_HOST)",
                    "-Dyunyu.engine.host=$(POD_IP)",
                    "-Dyunyu.engine.scratch=/scratch"));
        }
        all.addAll(List.of("-cp", "/opt/yunyu/jars/*"));
        switch (role) {
            case DRIVER -> all.add("io.yunyu.engine.EngineMain");
            case MASTER -> all.addAll(List.of(ClusterManifests.NODE_MAIN, "master", "$(POD_IP)", SETTINGS));
            case WORKER ->
                all.addAll(List.of(
                        ClusterManifests.NODE_MAIN,
                        "worker",
                        "$(POD_IP)",
                        SETTINGS,
                        "/scratch",
                        "$(MASTER_SERVICE_HOST)"));
        }
        return all;
    }

    private static List<Map<String, Object>> environment() {
        return List.of(
                Json.object(
                        "name",
                        "POD_IP",
                        "valueFrom",
                        Json.object("fieldRef", Json.object("fieldPath", "status.podIP"))),
                // Where the pages of Spark's master and worker listen: on no address of the network.
                Json.object("name", "SPARK_LOCAL_IP", "value", "127.0.0.1"),
                Json.object("name", "SPARK_HOME", "value", "/opt/yunyu"),
                Json.object("name", "SPARK_SCALA_VERSION", "value", "2.13"),
                Json.object("name", "HOME", "value", "/tmp"),
                Json.object("name", "MALLOC_ARENA_MAX", "value", "2"));
    }

    private static List<Map<String, Object>> ports(ClusterRole role) {
        return NetworkPolicies.portsOf(role).stream()
                .map(port -> Json.object("containerPort", port, "protocol", "TCP"))
                .toList();
    }

    private Map<String, Object> resources(ClusterRole role) {
        int executorMiB = role == ClusterRole.WORKER ? spec.settings().executorMemoryMiB() + BESIDE_HEAP_MIB : 0;
        int scratchMiB = role == ClusterRole.MASTER ? 0 : spec.spillMiB();
        String cpu =
                Integer.toString(role == ClusterRole.WORKER ? spec.settings().coresPerWorker() : 1);
        Map<String, Object> amounts = Json.object(
                "cpu",
                cpu,
                "memory",
                heapMiB(role) + BESIDE_HEAP_MIB + executorMiB + scratchMiB + TMP_MIB + "Mi",
                "ephemeral-storage",
                "64Mi");
        return Json.object("requests", amounts, "limits", amounts);
    }

    private int heapMiB(ClusterRole role) {
        return role == ClusterRole.DRIVER ? spec.driverMemoryMiB() : NODE_HEAP_MIB;
    }

    private List<Map<String, Object>> mounts(ClusterRole role) {
        List<Map<String, Object>> mounts = new ArrayList<>();
        mounts.add(Json.object("name", "tmp", "mountPath", "/tmp"));
        mounts.add(Json.object("name", "settings", "mountPath", "/cluster/settings", "readOnly", true));
        mounts.add(Json.object("name", "secrets", "mountPath", KubernetesSpec.SECRETS.toString(), "readOnly", true));
        if (role != ClusterRole.MASTER) {
            mounts.add(Json.object("name", "scratch", "mountPath", "/scratch"));
            mounts.add(Json.object("name", "tables", "mountPath", spec.tablesPath(), "readOnly", true));
        }
        return mounts;
    }

    private List<Map<String, Object>> volumes(ClusterRole role) {
        List<Map<String, Object>> volumes = new ArrayList<>();
        volumes.add(memory("tmp", TMP_MIB));
        volumes.add(Json.object("name", "settings", "configMap", Json.object("name", ClusterManifests.SETTINGS)));
        volumes.add(Json.object(
                "name",
                "secrets",
                "secret",
                Json.object("secretName", ClusterManifests.SECRET, "defaultMode", OWNER_AND_GROUP_READ)));
        if (role != ClusterRole.MASTER) {
            volumes.add(memory("scratch", spec.spillMiB()));
            volumes.add(Json.object(
                    "name",
                    "tables",
                    "persistentVolumeClaim",
                    Json.object("claimName", spec.tablesClaim(), "readOnly", true)));
        }
        return volumes;
    }

    private static Map<String, Object> memory(String name, int mebibytes) {
        return Json.object("name", name, "emptyDir", Json.object("medium", "Memory", "sizeLimit", mebibytes + "Mi"));
    }
}
