package io.yunyu.cli.client;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.problem.Problem;
import io.yunyu.contract.problem.ProblemCode;
import io.yunyu.contract.problem.ProblemException;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Base64;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Calls the control plane's REST API as one authenticated person. Problems come back as {@link ProblemException}. */
public final class ApiClient {
    private final HttpClient http =
            HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();
    private final URI address;
    private final @Nullable String authorization;

    private ApiClient(URI address, @Nullable String authorization) {
        this.address = address;
        this.authorization = authorization;
    }

    /** @param token an API token */
    public static ApiClient withToken(String address, String token) {
        return new ApiClient(URI.create(address), "Bearer " + token);
    }

    /** For the one call that turns a password into a token. */
    public static ApiClient withPassword(String address, String person, String password) {
        byte[] pair = (person + ":" + password).getBytes(StandardCharsets.UTF_8);
        return new ApiClient(URI.create(address), "Basic " + Base64.getEncoder().encodeToString(pair));
    }

    public JsonObject get(String path) {
        return Json.parseObject(getBytes(path));
    }

    public byte[] getBytes(String path) {
        return send(request(path).GET().build());
    }

    public JsonObject post(String path, Map<String, Object> body) {
        return post(path, body, Optional.empty());
    }

    /** @param idempotencyKey makes a repeated call harmless */
    public JsonObject post(String path, Map<String, Object> body, Optional<String> idempotencyKey) {
        HttpRequest.Builder request = request(path).header("Content-Type", "application/json");
        idempotencyKey.ifPresent(key -> request.header("Idempotency-Key", key));
        byte[] answer =
                send(request.POST(BodyPublishers.ofByteArray(Json.bytes(body))).build());
        return answer.length == 0 ? JsonObject.of(Map.of()) : Json.parseObject(answer);
    }

    private HttpRequest.Builder request(String path) {
        HttpRequest.Builder request =
                HttpRequest.newBuilder(address.resolve(path)).timeout(Duration.ofSeconds(120));
        if (authorization != null) {
            request.header("Authorization", authorization);
        }
        request.header("Accept-Language", Console.language().tag());
        return request.header("Accept", "application/json, application/problem+json, */*;q=0.5");
    }

    private byte[] send(HttpRequest request) {
        try {
            HttpResponse<byte[]> response = http.send(request, BodyHandlers.ofByteArray());
            if (response.statusCode() >= 400) {
                throw new ProblemException(problem(response));
            }
            return response.body();
        } catch (IOException e) {
            throw new ProblemException(
                    ProblemCode.ADDRESS_UNAVAILABLE,
                    "Nobody answers at " + address + ". Is the server running? Start one with: yunyu serve");
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new ProblemException(ProblemCode.INTERNAL, "The call was interrupted.");
        }
    }

    private static Problem problem(HttpResponse<byte[]> response) {
        try {
            JsonObject body = Json.parseObject(response.body());
            return new Problem(
                    body.enumValue("code", ProblemCode.class),
                    body.optionalString("detail")
                            .orElse(body.optionalString("title").orElse("")));
        } catch (JsonException notAProblem) {
            ProblemCode code =
                    switch (response.statusCode()) {
                        case 401 -> ProblemCode.NOT_AUTHENTICATED;
                        case 403 -> ProblemCode.NOT_ALLOWED;
                        case 404 -> ProblemCode.NOT_FOUND;
                        default -> ProblemCode.INTERNAL;
                    };
            return new Problem(code, "The server answered with status " + response.statusCode() + ".");
        }
    }
}
