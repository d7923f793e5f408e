package io.yunyu.contract.agreement;

import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;
import java.util.Set;

/**
 * How the cells of an aggregate are protected. Values come from agreement and grade (a rule set), never from code.
 *
 * @param minUnits smallest number of distinct privacy units in a published cell (threshold rule)
 * @param pPercent of the p% rule for sums and means, 1..100
 * @param countMaxNoise D of the perturbation table: |noise| of a count never exceeds it
 * @param countVariance V of the perturbation table
 * @param countForbidden js of the perturbation table: perturbed counts 1..js never occur
 * @param maxCells most cells that one query may produce
 * @param policyVersion names the rule set; an approval is bound to it
 */
public record ProtectionRules(
        int minUnits,
        int pPercent,
        int countMaxNoise,
        int countVariance,
        int countForbidden,
        int maxCells,
        String policyVersion) {
    private static final Set<String> MEMBERS = Set.of(
            "minUnits", "pPercent", "countMaxNoise", "countVariance", "countForbidden", "maxCells", "policyVersion");

    public ProtectionRules {
        if (minUnits < 1
                || pPercent < 1
                || pPercent > 100
                || countMaxNoise < 1
                || countVariance < 1
                || countForbidden < 0
                || maxCells < 1) {
            throw new JsonException("Protection rules are out of range.");
        }
    }

    public Map<String, Object> toJson() {
        return Json.object(
                "minUnits",
                minUnits,
                "pPercent",
                pPercent,
                "countMaxNoise",
                countMaxNoise,
                "countVariance",
                countVariance,
                "countForbidden",
                countForbidden,
                "maxCells",
                maxCells,
                "policyVersion",
                policyVersion);
    }

    public static ProtectionRules parse(JsonObject json) {
        json.onlyMembers(MEMBERS);
        return new ProtectionRules(
                json.intValue("minUnits"),
                json.intValue("pPercent"),
                json.intValue("countMaxNoise"),
                json.intValue("countVariance"),
                json.intValue("countForbidden"),
                json.intValue("maxCells"),
                json.string("policyVersion"));
    }
}
