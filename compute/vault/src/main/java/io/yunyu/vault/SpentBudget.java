package io.yunyu.vault;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.util.Optional;

/**
 * What an account was charged for the keys of queries so far.
 *
 * @param rhoMicros in millionths of rho
 * @param deltaPicos in trillionths; empty, for good, if a vault that counted no delta charged the account before
 */
record SpentBudget(long rhoMicros, Optional<Long> deltaPicos) {
    static final SpentBudget NOTHING = new SpentBudget(0, Optional.of(0L));

    SpentBudget plus(QueryCost cost) {
        return new SpentBudget(rhoMicros + cost.rhoMicros(), deltaPicos.map(delta -> delta + cost.deltaPicos()));
    }

    byte[] toBytes() {
        return Json.bytes(Json.object("rhoMicros", rhoMicros, "deltaPicos", deltaPicos.orElse(null)));
    }

    static SpentBudget parse(byte[] bytes) {
        JsonObject json = Json.parseObject(bytes);
        return new SpentBudget(
                json.longValue("rhoMicros"),
                json.has("deltaPicos") ? Optional.of(json.longValue("deltaPicos")) : Optional.empty());
    }
}
