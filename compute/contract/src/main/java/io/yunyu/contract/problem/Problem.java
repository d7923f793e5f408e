package io.yunyu.contract.problem;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;

/**
 * What went wrong, in words fit for whoever asked: what happened, why, what to do next. Never an original value.
 *
 * @param detail one to three sentences
 */
public record Problem(ProblemCode code, String detail) {
    public Map<String, Object> toJson() {
        return Json.object("code", code.name(), "detail", detail);
    }

    public static Problem parse(JsonObject json) {
        return new Problem(json.enumValue("code", ProblemCode.class), json.string("detail"));
    }
}
