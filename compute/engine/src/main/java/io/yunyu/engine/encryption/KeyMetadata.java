package io.yunyu.engine.encryption;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.channel.KeyAccessDenied;
import java.util.Set;

/**
 * What a file says about the key of one of its columns: enough to ask the vault for it, and worth nothing without.
 *
 * @param column declared column, or an internal one
 * @param wrapped the data key, wrapped by the column's key in the vault
 */
record KeyMetadata(String dataset, String column, String wrapped) {
    byte[] toBytes() {
        return Json.bytes(Json.object("c", column, "d", dataset, "w", wrapped));
    }

    static KeyMetadata parse(byte[] bytes) {
        try {
            JsonObject json = Json.parseObject(bytes).onlyMembers(Set.of("c", "d", "w"));
            return new KeyMetadata(json.string("d"), json.string("c"), json.string("w"));
        } catch (JsonException e) {
            throw new KeyAccessDenied("A file of the table carries key metadata that is not ours.");
        }
    }
}
