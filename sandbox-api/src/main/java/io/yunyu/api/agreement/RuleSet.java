package io.yunyu.api.agreement;

import io.yunyu.api.budget.BudgetLimits;
import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;

/**
 * The numbers of protection for a jurisdiction: data, not code.
 *
 * @param policyVersion names the set; approvals are bound to it
 * @param minUnitsFloor no agreement may go below
 * @param minUnitsByGrade smallest number of units in a published cell, by the highest grade of the columns granted
 * @param privacyBudget what may be spent on a dataset family by differentially private answers
 */
public record RuleSet(
        String policyVersion,
        int minUnitsFloor,
        int minUnitsDefault,
        Map<Integer, Integer> minUnitsByGrade,
        int pPercent,
        int countMaxNoise,
        int countVariance,
        int countForbidden,
        int maxCells,
        BudgetLimits privacyBudget) {
    private static final Set<String> MEMBERS = Set.of(
            "policyVersion",
            "jurisdiction",
            "source",
            "effectiveFrom",
            "minUnitsFloor",
            "minUnitsDefault",
            "minUnitsByGrade",
            "pPercent",
            "countMaxNoise",
            "countVariance",
            "countForbidden",
            "maxCells",
            "privacyBudget");

    public RuleSet {
        minUnitsByGrade = Map.copyOf(minUnitsByGrade);
    }

    /** @throws JsonException if the resource is not a rule set */
    public static RuleSet load(String resource) {
        try (InputStream in = RuleSet.class.getClassLoader().getResourceAsStream(resource)) {
            if (in == null) {
                throw new JsonException("There is no rule set '" + resource + "' on the class path.");
            }
            return parse(Json.parseObject(in.readAllBytes()));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static RuleSet parse(JsonObject json) {
        json.onlyMembers(MEMBERS);
        JsonObject grades = json.object("minUnitsByGrade");
        Map<Integer, Integer> byGrade = new HashMap<>();
        grades.asMap().keySet().forEach(grade -> byGrade.put(Integer.parseInt(grade), grades.intValue(grade)));
        return new RuleSet(
                json.string("policyVersion"),
                json.intValue("minUnitsFloor"),
                json.intValue("minUnitsDefault"),
                byGrade,
                json.intValue("pPercent"),
                json.intValue("countMaxNoise"),
                json.intValue("countVariance"),
                json.intValue("countForbidden"),
                json.intValue("maxCells"),
                BudgetLimits.parse(json.object("privacyBudget")));
    }

    /** The rules for columns up to a grade under an agreement: the stricter threshold wins. */
    ProtectionRules forGrade(int grade, int agreedMinUnits) {
        int byGrade = minUnitsByGrade.getOrDefault(grade, minUnitsDefault);
        return new ProtectionRules(
                Math.max(minUnitsFloor, Math.max(agreedMinUnits, byGrade)),
                pPercent,
                countMaxNoise,
                countVariance,
                countForbidden,
                maxCells,
                policyVersion);
    }
}
