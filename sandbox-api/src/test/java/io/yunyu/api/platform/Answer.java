package io.yunyu.api.platform;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;

/** What the server answered. */
public record Answer(HttpResponse<byte[]> response) {
    public int status() {
        return response.statusCode();
    }

    public String text() {
        return new String(response.body(), StandardCharsets.UTF_8);
    }

    public JsonObject json() {
        return Json.parseObject(response.body());
    }

    public String header(String name) {
        return response.headers().firstValue(name).orElse("");
    }

    /** Status and problem code, such as {@code 409 CONFLICT}. */
    public String verdict() {
        return status() < 400 ? String.valueOf(status()) : status() + " " + json().string("code");
    }
}
