package io.yunyu.vault;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;

/**
 * How long the chain of a family's differencing guard was when an engine last showed it.
 *
 * @param entries its length
 * @param head its last link
 */
record GuardHead(long entries, String head) {
    byte[] toBytes() {
        return Json.bytes(Json.object("entries", entries, "head", head));
    }

    static GuardHead parse(byte[] bytes) {
        JsonObject json = Json.parseObject(bytes);
        return new GuardHead(json.longValue("entries"), json.string("head"));
    }
}
