package io.yunyu.ledger.store;

import io.yunyu.contract.encoding.StrictBase64;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.contract.merkle.MerkleHashing;
import java.util.Map;

/**
 * Up to where ledger and outside file were found to agree. It only saves work: whoever forges it makes the next start
 * look at less, and the audit after it finds what the start did not.
 *
 * @param size of the last checkpoint then
 * @param root base64 of its root
 * @param bytes length of the outside file then
 * @param digest {@code sha256:…} of these bytes
 */
record Reconciled(long size, String root, long bytes, String digest) {
    static final Reconciled NOTHING = new Reconciled(0, StrictBase64.encode(MerkleHashing.empty()), 0, "");

    Map<String, Object> toJson() {
        return Json.object("size", size, "root", root, "bytes", bytes, "digest", digest);
    }

    static Reconciled parse(JsonObject json) {
        return new Reconciled(
                json.longValue("size"), json.string("root"), json.longValue("bytes"), json.string("digest"));
    }
}
