package io.yunyu.vault;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.vault.crypto.Ed25519;
import java.time.Instant;
import java.util.Set;

/** A provider's signed order to destroy the keys, and thereby the data, of a dataset of its own. */
record DestroyOrder(String dataset, Instant at) {
    static final String TYPE = "DestroyOrder";

    String toText() {
        return Json.write(Json.object("@type", TYPE, "dataset", dataset, "at", at.toString()));
    }

    static DestroyOrder parse(String text) {
        JsonObject json = Json.parseObject(text).onlyMembers(Set.of("@type", "dataset", "at"));
        DestroyOrder order = new DestroyOrder(json.string("dataset"), json.instant("at"));
        if (!order.toText().equals(text)) {
            throw new JsonException("The order is not in canonical form, so that its signature could not be checked.");
        }
        return order;
    }

    /** The order of a request, if it is signed by the key that the dataset is pinned to. */
    static DestroyOrder verified(JsonObject request, DatasetKeys keys) {
        DestroyOrder order = parse(request.string("order"));
        Signature signature = Signature.parse(request.object("signature"));
        boolean signed = keys.pin(order.dataset())
                .map(pin -> Ed25519.verifies(pin.providerKey(), TYPE, order.toText(), signature))
                .orElse(false);
        if (!signed) {
            throw Refusals.key("The order to destroy dataset '" + order.dataset() + "' is not signed by its provider.");
        }
        return order;
    }
}
