package io.yunyu.api.budget;

import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.Set;

/**
 * How much may be spent on one dataset family, for ever: by one recipient under all its agreements, and by all recipients
 * together. Part of the rule set.
 *
 * @param recipientRhoMicros in millionths of rho
 * @param recipientDeltaPicos in trillionths
 */
public record BudgetLimits(
        long recipientRhoMicros, long familyRhoMicros, long recipientDeltaPicos, long familyDeltaPicos) {
    private static final Set<String> MEMBERS =
            Set.of("recipientRhoMicros", "familyRhoMicros", "recipientDeltaPicos", "familyDeltaPicos");

    public BudgetLimits {
        if (recipientRhoMicros < 1
                || familyRhoMicros < recipientRhoMicros
                || recipientDeltaPicos < 0
                || familyDeltaPicos < recipientDeltaPicos) {
            throw new JsonException(
                    "Limits of the privacy budget must be positive, and a family's at least those of one recipient.");
        }
    }

    public static BudgetLimits parse(JsonObject json) {
        json.onlyMembers(MEMBERS);
        return new BudgetLimits(
                json.longValue("recipientRhoMicros"),
                json.longValue("familyRhoMicros"),
                json.longValue("recipientDeltaPicos"),
                json.longValue("familyDeltaPicos"));
    }
}
