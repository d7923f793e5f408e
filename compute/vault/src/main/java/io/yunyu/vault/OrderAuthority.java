package io.yunyu.vault;

import io.yunyu.contract.agreement.Signature;
import io.yunyu.contract.job.IngestOrder;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.vault.crypto.Ed25519;

/** What a provider's signed order lets an ingest engine have. */
final class OrderAuthority {
    private final DatasetKeys keys;

    OrderAuthority(DatasetKeys keys) {
        this.keys = keys;
    }

    /**
     * The order of a question, if its signature holds and it is by the provider that the dataset is pinned to; the first
     * order pins it.
     *
     * @throws io.yunyu.contract.problem.ProblemException to refuse
     */
    IngestOrder verified(JsonObject question) {
        IngestOrder order = signed(question);
        String dataset = question.string("dataset");
        if (!dataset.equals(order.dataset()) && !dataset.equals(order.dataset() + DatasetKeys.PROBLEMS)) {
            throw Refusals.key("The order is for dataset '" + order.dataset() + "', not for '" + dataset + "'.");
        }
        if (keys.isDestroyed(order.dataset())) {
            throw Refusals.key("The keys of dataset '" + order.dataset() + "' were destroyed; use another dataset id.");
        }
        DatasetPin pin = keys.pinOr(order.dataset(), DatasetPin.of(order));
        if (!pin.equals(DatasetPin.of(order))) {
            throw Refusals.key("Dataset '" + order.dataset() + "' belongs to provider '" + pin.provider()
                    + "', its key and family '" + pin.family() + "' since its first order; this order names others.");
        }
        return order;
    }

    private static IngestOrder signed(JsonObject question) {
        try {
            String text = question.string("order");
            IngestOrder order = IngestOrder.parse(text);
            Signature signature = Signature.parse(question.object("signature"));
            if (Ed25519.verifies(order.providerKey(), IngestOrder.TYPE, text, signature)) {
                return order;
            }
        } catch (JsonException e) {
            throw Refusals.key("The order cannot be accepted: " + e.getMessage());
        }
        throw Refusals.key("The order is not signed by the provider key that it names.");
    }
}
