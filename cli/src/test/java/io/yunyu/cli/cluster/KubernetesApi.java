package io.yunyu.cli.cluster;

import com.google.gson.JsonElement;
import com.google.gson.JsonParser;
import io.kubernetes.client.openapi.JSON;
import io.kubernetes.client.openapi.models.V1ConfigMap;
import io.kubernetes.client.openapi.models.V1Namespace;
import io.kubernetes.client.openapi.models.V1NetworkPolicy;
import io.kubernetes.client.openapi.models.V1Pod;
import io.kubernetes.client.openapi.models.V1Service;
import io.kubernetes.client.openapi.models.V1ServiceAccount;
import io.kubernetes.client.openapi.models.V1StatefulSet;
import io.yunyu.contract.json.Json;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/**
 * The types of Kubernetes' API (1.33), generated from its OpenAPI description: unknown and missing members and wrong types are
 * errors. It knows no ranges, and of values such as a protocol's only that they are text.
 */
final class KubernetesApi {
    /** Checks one object. */
    private interface Type {
        void check(JsonElement json) throws IOException;
    }

    private static final Map<String, Type> TYPES = Map.of(
            "v1 Namespace", V1Namespace::validateJsonElement,
            "v1 ServiceAccount", V1ServiceAccount::validateJsonElement,
            "v1 ConfigMap", V1ConfigMap::validateJsonElement,
            "v1 Service", V1Service::validateJsonElement,
            "v1 Pod", V1Pod::validateJsonElement,
            "apps/v1 StatefulSet", V1StatefulSet::validateJsonElement,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy::validateJsonElement);
    private static final Map<String, Class<?>> CLASSES = Map.of(
            "v1 Namespace", V1Namespace.class,
            "v1 ServiceAccount", V1ServiceAccount.class,
            "v1 ConfigMap", V1ConfigMap.class,
            "v1 Service", V1Service.class,
            "v1 Pod", V1Pod.class,
            "apps/v1 StatefulSet", V1StatefulSet.class,
            "networking.k8s.io/v1 NetworkPolicy", V1NetworkPolicy.class);

    private KubernetesApi() {}

    /** What is wrong with an object, or empty. */
    static Optional<String> problem(Map<String, Object> object) {
        String kind = object.get("apiVersion") + " " + object.get("kind");
        if (!TYPES.containsKey(kind)) {
            return Optional.of("There is no " + kind + ".");
        }
        try {
            JsonElement json = JsonParser.parseString(Json.write(object));
            TYPES.get(kind).check(json);
            // Numbers and truth values are checked when they are read.
            Object read = JSON.getGson().fromJson(json, CLASSES.get(kind));
            return read == null ? Optional.of("It is empty.") : Optional.empty();
        } catch (IOException | RuntimeException e) {
            return Optional.of(String.valueOf(e.getMessage()));
        }
    }
}
