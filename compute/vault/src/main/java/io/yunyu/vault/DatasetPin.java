package io.yunyu.vault;

import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;

/**
 * Whose a dataset is: fixed by its first order, for the vault cannot know it otherwise and the control plane must not be
 * able to change it.
 *
 * @param family dataset family, whose secrets the dataset uses
 */
record DatasetPin(String providerKey, String provider, String family) {
    static DatasetPin of(IngestOrder order) {
        return new DatasetPin(order.providerKey(), order.provider(), order.family());
    }

    byte[] toBytes() {
        return Json.bytes(Json.object("providerKey", providerKey, "provider", provider, "family", family));
    }

    static DatasetPin parse(byte[] bytes) {
        JsonObject json = Json.parseObject(bytes);
        return new DatasetPin(json.string("providerKey"), json.string("provider"), json.string("family"));
    }
}
