package io.yunyu.api.budget;

import io.yunyu.contract.json.Json;
import java.util.Map;

/**
 * An account of the privacy budget, in millionths of rho and trillionths of delta.
 *
 * @param recipient organization, or empty for all recipients of the family together
 * @param spent by answers, whatever became of them
 * @param reserved for jobs that are under way
 * @param limit of the rule set
 */
public record Balance(String family, String recipient, Amount spent, Amount reserved, Amount limit) {
    private static final double DELTA = 1e-6;

    /** Costs of both kinds. */
    public record Amount(long rhoMicros, long deltaPicos) {
        Map<String, Object> toJson() {
            return Json.object("rhoMicros", rhoMicros, "deltaPicos", deltaPicos);
        }
    }

    public Amount left() {
        return new Amount(
                Math.max(0, limit.rhoMicros - spent.rhoMicros - reserved.rhoMicros),
                Math.max(0, limit.deltaPicos - spent.deltaPicos - reserved.deltaPicos));
    }

    /** Whether a further cost stays within the limits. */
    public boolean covers(Amount cost) {
        return cost.rhoMicros <= left().rhoMicros && cost.deltaPicos <= left().deltaPicos;
    }

    /** Upper bound of the epsilon, at delta 10^-6, that the spent rho amounts to (Bun and Steinke 2016, proposition 1.3). */
    public double epsilonAtMost() {
        double rho = spent.rhoMicros / 1e6;
        return rho + 2 * Math.sqrt(rho * Math.log(1 / DELTA));
    }

    public Map<String, Object> toJson() {
        return Json.object(
                "family", family,
                "recipient", recipient.isEmpty() ? null : recipient,
                "limit", limit.toJson(),
                "spent", spent.toJson(),
                "reserved", reserved.toJson(),
                "left", left().toJson());
    }
}
