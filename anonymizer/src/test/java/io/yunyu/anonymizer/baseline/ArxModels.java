package io.yunyu.anonymizer.baseline;

import io.yunyu.anonymizer.payout.CostBenefit;
import io.yunyu.anonymizer.privacy.AverageRisk;
import io.yunyu.anonymizer.privacy.BasicBetaLikeness;
import io.yunyu.anonymizer.privacy.DeltaDisclosure;
import io.yunyu.anonymizer.privacy.DeltaPresence;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.anonymizer.privacy.DistinctLDiversity;
import io.yunyu.anonymizer.privacy.EnhancedBetaLikeness;
import io.yunyu.anonymizer.privacy.EntropyLDiversity;
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
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalLong;

/** Reads the privacy models of the baseline: ARX class names with parameters. */
final class ArxModels {
    private static final long USA = 317_238_626L;

    private ArxModels() {}

    static PrivacyModel parse(String text) {
        int open = text.indexOf('(');
        String name = open < 0 ? text : text.substring(0, open);
        List<String> arguments = open < 0
                ? List.of()
                : Arrays.asList(text.substring(open + 1, text.length() - 1).split(","));
        Map<String, String> named = new LinkedHashMap<>();
        arguments.stream().filter(a -> a.contains("=")).forEach(a -> named.put(a.split("=")[0], a.split("=")[1]));
        String first = arguments.isEmpty() ? "" : arguments.get(0);
        return switch (name) {
            case "KAnonymity" -> new KAnonymity(integer(named, "k"));
            case "DistinctLDiversity" -> new DistinctLDiversity(first, integer(named, "l"));
            case "EntropyLDiversity" ->
                new EntropyLDiversity(
                        first, decimal(named, "l"), EntropyLDiversity.Estimator.valueOf(arguments.get(2)));
            case "RecursiveCLDiversity" -> new RecursiveCLDiversity(first, decimal(named, "c"), integer(named, "l"));
            case "EqualDistanceTCloseness" -> new EqualTCloseness(first, decimal(named, "t"));
            case "OrderedDistanceTCloseness" -> new OrderedTCloseness(first, decimal(named, "t"));
            case "HierarchicalDistanceTCloseness" -> new HierarchicalTCloseness(first, decimal(named, "t"));
            case "DDisclosurePrivacy" -> new DeltaDisclosure(first, decimal(named, "d"));
            case "BasicBLikeness" -> new BasicBetaLikeness(first, decimal(named, "b"));
            case "EnhancedBLikeness" -> new EnhancedBetaLikeness(first, decimal(named, "b"));
            case "DPresence" -> new DeltaPresence(decimal(named, "dMin"), decimal(named, "dMax"));
            case "Inclusion" -> new Inclusion();
            case "KMap" -> named.containsKey("pop") ? estimated(arguments, named) : new KMap(integer(named, "k"));
            case "AverageReidentificationRisk" -> averageRisk(first, named);
            case "SampleUniqueness" -> new SampleUniqueness(Double.parseDouble(first));
            case "ProfitabilityProsecutor" -> new Profitability(CostBenefit.DEFAULT, false);
            case "ProfitabilityJournalist" -> new Profitability(CostBenefit.DEFAULT, true);
            case "ProfitabilityProsecutorNoAttack" -> new ProfitabilityWithoutAttack(CostBenefit.DEFAULT, false);
            case "ProfitabilityJournalistNoAttack" -> new ProfitabilityWithoutAttack(CostBenefit.DEFAULT, true);
            case "PopulationUniqueness" ->
                new PopulationUniqueness(
                        Double.parseDouble(first), PopulationUniqueness.Estimator.valueOf(arguments.get(1)), USA);
            case "EDDifferentialPrivacy" -> differentialPrivacy(arguments, named);
            default -> throw new Unsupported("model " + name);
        };
    }

    private static PrivacyModel estimated(List<String> arguments, Map<String, String> named) {
        String population = String.valueOf(named.get("pop"));
        return new EstimatedKMap(
                integer(named, "k"),
                decimal(named, "sig"),
                population.equals("USA") ? USA : Long.parseLong(population),
                EstimatedKMap.Estimator.valueOf(arguments.get(3)));
    }

    /** ARX's deterministic mode has this seed. */
    private static PrivacyModel differentialPrivacy(List<String> arguments, Map<String, String> named) {
        if (arguments.contains("data-dependent")) {
            return new DifferentialPrivacy(
                    decimal(named, "eps"),
                    decimal(named, "delta"),
                    DifferentialPrivacy.Degree.NONE,
                    Optional.of(new DifferentialPrivacy.LevelSearch(
                            decimal(named, "searchBudget"),
                            Integer.parseInt(String.valueOf(named.get("steps")).split(" ")[0]))),
                    OptionalLong.of(0xDEADBEEF));
        }
        return new DifferentialPrivacy(
                decimal(named, "eps"),
                decimal(named, "delta"),
                DifferentialPrivacy.Degree.valueOf(arguments.get(2)),
                OptionalLong.of(0xDEADBEEF));
    }

    private static PrivacyModel averageRisk(String first, Map<String, String> named) {
        return named.isEmpty()
                ? new AverageRisk(Double.parseDouble(first))
                : new AverageRisk(
                        decimal(named, "avg"),
                        OptionalDouble.of(decimal(named, "highest")),
                        OptionalDouble.of(decimal(named, "atRisk")));
    }

    private static int integer(Map<String, String> named, String key) {
        return Integer.parseInt(String.valueOf(named.get(key)));
    }

    private static double decimal(Map<String, String> named, String key) {
        return Double.parseDouble(String.valueOf(named.get(key)));
    }
}
