package io.yunyu.contract.agreement;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;
import java.util.Set;

/**
 * A detached signature over a document. This class only carries it; who verifies it holds the cryptography.
 *
 * @param key the signer's public key, {@code ed25519:…}
 * @param value base64 of 64 bytes
 */
public record Signature(String key, String value) {
    public Map<String, Object> toJson() {
        return Json.object("key", key, "value", value);
    }

    public static Signature parse(JsonObject json) {
        json.onlyMembers(Set.of("key", "value"));
        return new Signature(json.string("key"), json.string("value"));
    }

    /** The bytes that are signed: the document's type sets apart documents that could be mistaken for each other. */
    public static byte[] message(String type, String document) {
        return ("yunyu/" + type + "/1\n" + document).getBytes(java.nio.charset.StandardCharsets.UTF_8);
    }
}
