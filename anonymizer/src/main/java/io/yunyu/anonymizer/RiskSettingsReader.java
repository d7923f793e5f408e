package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.risk.ReleaseContext;
import io.yunyu.contract.json.JsonObject;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeMap;

/** Reads what the risk report needs to know. */
final class RiskSettingsReader {
    /** People by region: CHINA and YUNNAN as of the census of 2020, the others as ARX 3.9.2 has them. */
    private static final Map<String, Long> REGIONS = new TreeMap<>(Map.of(
            "CHINA", 1_411_778_724L,
            "YUNNAN", 47_209_277L,
            "USA", 317_238_626L,
            "EU", 507_420_000L,
            "GERMANY", 80_767_000L));

    private RiskSettingsReader() {}

    static RiskSettings read(JsonObject spec) {
        return new RiskSettings(
                SpecReader.decimal(spec, "riskThreshold", RiskSettings.DEFAULT_THRESHOLD),
                population(spec),
                spec.optionalString("privacyUnit"),
                spec.has("releaseContext") ? Optional.of(context(spec.object("releaseContext"))) : Optional.empty());
    }

    /** A number, or the name of a region. */
    static OptionalLong population(JsonObject json) {
        if (!(json.asMap().get("population") instanceof String region)) {
            return json.has("population") ? OptionalLong.of(json.longValue("population")) : OptionalLong.empty();
        }
        Long people = REGIONS.get(region);
        if (people == null) {
            throw new InputException(
                    "population must be a number or one of " + REGIONS.keySet() + "; give the number of people.");
        }
        return OptionalLong.of(people);
    }

    private static ReleaseContext context(JsonObject json) {
        json.onlyMembers(Set.of("environment", "control", "motive", "breachControl", "prevalence", "acquaintances"));
        ReleaseContext.Environment environment = json.enumValue("environment", ReleaseContext.Environment.class);
        boolean everyone = environment == ReleaseContext.Environment.PUBLIC;
        return new ReleaseContext(
                environment,
                grade(json, "control", everyone),
                grade(json, "motive", everyone),
                grade(json, "breachControl", everyone),
                json.has("prevalence")
                        ? OptionalDouble.of(json.decimal("prevalence").doubleValue())
                        : OptionalDouble.empty(),
                json.has("acquaintances") ? json.intValue("acquaintances") : 150);
    }

    /** In public nothing is controlled, so that the grades may be left out. */
    private static ReleaseContext.Grade grade(JsonObject json, String member, boolean optional) {
        return optional && !json.has(member)
                ? ReleaseContext.Grade.LOW
                : json.enumValue(member, ReleaseContext.Grade.class);
    }
}
