package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.payout.CostBenefit;
import io.yunyu.anonymizer.privacy.AverageRisk;
import io.yunyu.anonymizer.privacy.BasicBetaLikeness;
import io.yunyu.anonymizer.privacy.DeltaDisclosure;
import io.yunyu.anonymizer.privacy.DeltaPresence;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy.LevelSearch;
import io.yunyu.anonymizer.privacy.DistinctLDiversity;
import io.yunyu.anonymizer.privacy.EnhancedBetaLikeness;
import io.yunyu.anonymizer.privacy.EntropyLDiversity;
import io.yunyu.anonymizer.privacy.EntropyLDiversity.Estimator;
import io.yunyu.anonymizer.privacy.EqualTCloseness;
import io.yunyu.anonymizer.privacy.EstimatedKMap;
import io.yunyu.anonymizer.privacy.HierarchicalTCloseness;
import io.yunyu.anonymizer.privacy.Inclusion;
import io.yunyu.anonymizer.privacy.KAnonymity;
import io.yunyu.anonymizer.privacy.KMap;
import io.yunyu.anonymizer.privacy.OrderedTCloseness;
import io.yunyu.anonymizer.privacy.PopulationUniqueness;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.Profitability;
import io.yunyu.anonymizer.privacy.ProfitabilityWithoutAttack;
import io.yunyu.anonymizer.privacy.RecursiveCLDiversity;
import io.yunyu.anonymizer.privacy.SampleUniqueness;
import io.yunyu.contract.json.JsonObject;
import java.util.Arrays;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;
import java.util.Set;

/** Reads one privacy model of a specification. */
final class PrivacyModelReader {
    private final JsonObject json;

    private final CostBenefit costBenefit;

    private PrivacyModelReader(JsonObject json, CostBenefit costBenefit) {
        this.json = json;
        this.costBenefit = costBenefit;
    }

    static PrivacyModel read(JsonObject json, CostBenefit costBenefit) {
        return new PrivacyModelReader(json, costBenefit).read();
    }

    private PrivacyModel read() {
        String model = json.string("model");
        return switch (model) {
            case "k-anonymity" -> with("k").kAnonymity();
            case "distinct-l-diversity" ->
                with("attribute", "l").of(() -> new DistinctLDiversity(attribute(), json.intValue("l")));
            case "shannon-entropy-l-diversity" -> with("attribute", "l").entropy(Estimator.SHANNON);
            case "grassberger-entropy-l-diversity" -> with("attribute", "l").entropy(Estimator.GRASSBERGER);
            case "recursive-c-l-diversity" ->
                with("attribute", "c", "l")
                        .of(() -> new RecursiveCLDiversity(attribute(), number("c"), json.intValue("l")));
            case "equal-t-closeness" -> with("attribute", "t").of(() -> new EqualTCloseness(attribute(), number("t")));
            case "ordered-t-closeness" ->
                with("attribute", "t").of(() -> new OrderedTCloseness(attribute(), number("t")));
            case "hierarchical-t-closeness" ->
                with("attribute", "t").of(() -> new HierarchicalTCloseness(attribute(), number("t")));
            case "delta-disclosure" ->
                with("attribute", "delta").of(() -> new DeltaDisclosure(attribute(), number("delta")));
            case "basic-beta-likeness" ->
                with("attribute", "beta").of(() -> new BasicBetaLikeness(attribute(), number("beta")));
            case "enhanced-beta-likeness" ->
                with("attribute", "beta").of(() -> new EnhancedBetaLikeness(attribute(), number("beta")));
            case "delta-presence" ->
                with("min", "max", "subset").of(() -> new DeltaPresence(number("min"), number("max")));
            case "k-map" ->
                json.has("population") ? estimatedKMap() : with("k", "subset").kMap();
            case "inclusion" -> with("subset").of(Inclusion::new);
            case "average-risk" -> averageRisk();
            case "sample-uniqueness" -> with("threshold").of(() -> new SampleUniqueness(number("threshold")));
            case "profitability-prosecutor" -> with().of(() -> new Profitability(costBenefit, false));
            case "profitability-journalist" -> with("subset").of(() -> new Profitability(costBenefit, true));
            case "profitability-prosecutor-no-attack" ->
                with().of(() -> new ProfitabilityWithoutAttack(costBenefit, false));
            case "profitability-journalist-no-attack" ->
                with("subset").of(() -> new ProfitabilityWithoutAttack(costBenefit, true));
            case "population-uniqueness" -> populationUniqueness();
            case "differential-privacy" -> differentialPrivacy();
            default -> throw new InputException("Privacy model '" + model + "' is not known, or not supported yet.");
        };
    }

    private interface Build {
        PrivacyModel model();
    }

    private PrivacyModel of(Build build) {
        return build.model();
    }

    private PrivacyModel kAnonymity() {
        return new KAnonymity(json.intValue("k"));
    }

    private PrivacyModel kMap() {
        return new KMap(json.intValue("k"));
    }

    private PrivacyModel entropy(Estimator estimator) {
        return new EntropyLDiversity(attribute(), number("l"), estimator);
    }

    private PrivacyModel estimatedKMap() {
        with("k", "population", "significance", "estimator");
        return new EstimatedKMap(
                json.intValue("k"),
                number("significance"),
                population(),
                json.enumValue("estimator", EstimatedKMap.Estimator.class));
    }

    private PrivacyModel populationUniqueness() {
        with("threshold", "estimator", "population");
        return new PopulationUniqueness(
                number("threshold"), json.enumValue("estimator", PopulationUniqueness.Estimator.class), population());
    }

    private PrivacyModel differentialPrivacy() {
        with("epsilon", "delta", "generalization", "searchBudget", "steps", "deterministicSeed");
        boolean searches = json.string("generalization").equals("DATA_DEPENDENT");
        if (!searches && (json.has("searchBudget") || json.has("steps"))) {
            throw new InputException(
                    "Model differential-privacy: searchBudget and steps go with generalization DATA_DEPENDENT.");
        }
        return new DifferentialPrivacy(
                number("epsilon"),
                number("delta"),
                searches
                        ? DifferentialPrivacy.Degree.NONE
                        : json.enumValue("generalization", DifferentialPrivacy.Degree.class),
                searches ? Optional.of(levelSearch()) : Optional.empty(),
                json.has("deterministicSeed")
                        ? OptionalLong.of(json.longValue("deterministicSeed"))
                        : OptionalLong.empty());
    }

    private LevelSearch levelSearch() {
        return new LevelSearch(
                json.has("searchBudget") ? number("searchBudget") : LevelSearch.DEFAULT_BUDGET,
                json.has("steps") ? json.intValue("steps") : LevelSearch.DEFAULT_STEPS);
    }

    private PrivacyModel averageRisk() {
        json.onlyMembers(Set.of("model", "averageRisk", "highestRisk", "recordsAtRisk"));
        return new AverageRisk(number("averageRisk"), optional("highestRisk"), optional("recordsAtRisk"));
    }

    private OptionalDouble optional(String member) {
        return json.has(member) ? OptionalDouble.of(number(member)) : OptionalDouble.empty();
    }

    private PrivacyModelReader with(String... members) {
        Set<String> known = new HashSet<>(Arrays.asList(members));
        known.add("model");
        json.onlyMembers(known);
        return this;
    }

    /** A number, or the name of a region. */
    private long population() {
        return RiskSettingsReader.population(json).orElseThrow();
    }

    private String attribute() {
        return json.string("attribute");
    }

    private double number(String member) {
        return json.decimal(member).doubleValue();
    }
}
