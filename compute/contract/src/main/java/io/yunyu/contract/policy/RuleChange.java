package io.yunyu.contract.policy;

import io.yunyu.contract.agreement.ProtectionRules;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Rules that are stricter than those in force. Numbers are multiples of five: whoever could try every number would learn
 * from the answers how many units a cell has.
 *
 * @param minUnits smallest number of units in a published cell, 5 to 100
 * @param pPercent of the p% rule, 5 to 100
 * @param dominance the (n,k) rule, n 1 or 2: more contributions are not known of a cell
 * @param functions functions of SQL that queries may no longer use
 * @param shapes parts of a query that may no longer occur
 * @param currentDeclarations whether columns count as the catalog declares them now, not as it did when the job came
 */
public record RuleChange(
        Optional<Integer> minUnits,
        Optional<Integer> pPercent,
        Optional<Dominance> dominance,
        Set<String> functions,
        Set<String> shapes,
        boolean currentDeclarations) {
    public static final Set<String> FUNCTIONS = Set.of(
            "count",
            "count-distinct",
            "sum",
            "avg",
            "variance",
            "stddev",
            "median",
            "percentile",
            "approx_percentile",
            "round",
            "year",
            "quarter",
            "month",
            "date_trunc",
            "level",
            "band");
    public static final Set<String> SHAPES =
            Set.of("join", "where", "having", "order-by", "limit", "group-by", "grouping-sets");
    private static final int STEP = 5;
    private static final int MOST = 100;

    /** @param k percent, a multiple of five below 100 */
    public record Dominance(int n, int k) {
        public Dominance {
            if (n < 1 || n > 2 || k < STEP || k >= MOST || k % STEP != 0) {
                throw new JsonException(
                        "Rule 'dominance' takes n,k such as 2,85: n is 1 or 2, k a multiple of 5 below 100.");
            }
        }
    }

    public RuleChange {
        functions = Set.copyOf(new TreeSet<>(functions));
        shapes = Set.copyOf(new TreeSet<>(shapes));
        minUnits.ifPresent(n -> requireStep("min-units", n));
        pPercent.ifPresent(n -> requireStep("p-percent", n));
        if (!FUNCTIONS.containsAll(functions)) {
            throw new JsonException("Rule 'forbid-function' takes one of " + new TreeSet<>(FUNCTIONS) + ".");
        }
        if (!SHAPES.containsAll(shapes)) {
            throw new JsonException("Rule 'forbid-shape' takes one of " + new TreeSet<>(SHAPES) + ".");
        }
        if (minUnits.isEmpty()
                && pPercent.isEmpty()
                && dominance.isEmpty()
                && functions.isEmpty()
                && shapes.isEmpty()
                && !currentDeclarations) {
            throw new JsonException("Name at least one rule, such as min-units=20.");
        }
    }

    private static void requireStep(String rule, int value) {
        if (value < STEP || value > MOST || value % STEP != 0) {
            throw new JsonException("Rule '" + rule + "' takes a multiple of 5 from 5 to 100.");
        }
    }

    /** The stricter of the rules in force and these. */
    public ProtectionRules over(ProtectionRules rules) {
        return new ProtectionRules(
                Math.max(rules.minUnits(), minUnits.orElse(0)),
                Math.max(rules.pPercent(), pPercent.orElse(0)),
                rules.countMaxNoise(),
                rules.countVariance(),
                rules.countForbidden(),
                rules.maxCells(),
                rules.policyVersion());
    }

    /** Reads rules as the command line takes them, {@code min-units=20}. */
    public static RuleChange of(List<String> rules) {
        Optional<Integer> minUnits = Optional.empty();
        Optional<Integer> pPercent = Optional.empty();
        Optional<Dominance> dominance = Optional.empty();
        Set<String> functions = new TreeSet<>();
        Set<String> shapes = new TreeSet<>();
        boolean current = false;
        for (String rule : rules) {
            int at = rule.indexOf('=');
            String value = rule.substring(at + 1).strip().toLowerCase(Locale.ROOT);
            switch (at < 0 ? "" : rule.substring(0, at).strip()) {
                case "min-units" -> minUnits = Optional.of(number("min-units", value));
                case "p-percent" -> pPercent = Optional.of(number("p-percent", value));
                case "dominance" -> dominance = Optional.of(dominance(value));
                case "forbid-function" -> functions.add(value);
                case "forbid-shape" -> shapes.add(value);
                case "declarations" -> current = current(value);
                default ->
                    throw new JsonException("Rules are min-units=N, p-percent=N, dominance=N,K, forbid-function=NAME,"
                            + " forbid-shape=NAME and declarations=current.");
            }
        }
        return new RuleChange(minUnits, pPercent, dominance, functions, shapes, current);
    }

    private static boolean current(String value) {
        if (!value.equals("current")) {
            throw new JsonException("Rule 'declarations' takes 'current' only.");
        }
        return true;
    }

    private static Dominance dominance(String value) {
        String[] parts = value.split(",", -1);
        return new Dominance(number("dominance", parts[0]), parts.length == 2 ? number("dominance", parts[1]) : 0);
    }

    private static int number(String rule, String value) {
        if (!value.matches("[0-9]{1,3}")) {
            throw new JsonException("Rule '" + rule + "' takes whole numbers.");
        }
        return Integer.parseInt(value);
    }

    public Map<String, Object> toJson() {
        return Json.object(
                "minUnits",
                minUnits.orElse(null),
                "pPercent",
                pPercent.orElse(null),
                "dominance",
                dominance.map(d -> Json.object("n", d.n, "k", d.k)).orElse(null),
                "forbidFunctions",
                functions.isEmpty() ? null : functions.stream().sorted().toList(),
                "forbidShapes",
                shapes.isEmpty() ? null : shapes.stream().sorted().toList(),
                "currentDeclarations",
                currentDeclarations ? true : null);
    }

    /** @throws JsonException for an unknown member, or a value out of range */
    public static RuleChange parse(JsonObject json) {
        json.onlyMembers(
                Set.of("minUnits", "pPercent", "dominance", "forbidFunctions", "forbidShapes", "currentDeclarations"));
        Optional<Dominance> dominance = Optional.empty();
        if (json.has("dominance")) {
            JsonObject rule = json.object("dominance").onlyMembers(Set.of("n", "k"));
            dominance = Optional.of(new Dominance(rule.intValue("n"), rule.intValue("k")));
        }
        return new RuleChange(
                json.has("minUnits") ? Optional.of(json.intValue("minUnits")) : Optional.empty(),
                json.has("pPercent") ? Optional.of(json.intValue("pPercent")) : Optional.empty(),
                dominance,
                json.has("forbidFunctions") ? Set.copyOf(new TreeSet<>(json.strings("forbidFunctions"))) : Set.of(),
                json.has("forbidShapes") ? Set.copyOf(new TreeSet<>(json.strings("forbidShapes"))) : Set.of(),
                json.boolOr("currentDeclarations", false));
    }
}
