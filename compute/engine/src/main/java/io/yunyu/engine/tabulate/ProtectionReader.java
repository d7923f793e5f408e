package io.yunyu.engine.tabulate;

import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.perturbation.MagnitudeParameters;
import io.yunyu.engine.perturbation.NoiseMagnitude;
import io.yunyu.engine.perturbation.PerturbationTable;
import io.yunyu.engine.privacy.ZeroConcentrated;
import io.yunyu.engine.tabulate.Protection.Cost;
import io.yunyu.engine.tabulate.Protection.MagnifierType;
import io.yunyu.engine.tabulate.Protection.MagnitudeNoise;
import io.yunyu.engine.tabulate.TabulationSpec.CountMeasure;
import io.yunyu.engine.tabulate.TabulationSpec.MagnitudeMeasure;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;

/** Reads the member {@code protection}. */
final class ProtectionReader {
    private static final Set<String> MAGNITUDE_MEMBERS = Set.of(
            "type", "k", "flex", "simple", "ptable", "parity", "separation", "sameKey", "useZeroRecordKeys", "mu");

    private final Path folder;
    private final List<CountMeasure> counts;
    private final List<MagnitudeMeasure> magnitudes;

    ProtectionReader(Path folder, List<CountMeasure> counts, List<MagnitudeMeasure> magnitudes) {
        this.folder = folder;
        this.counts = counts;
        this.magnitudes = magnitudes;
    }

    Protection read(JsonObject json) {
        return switch (json.string("method")) {
            case "none" -> {
                json.onlyMembers(Set.of("method", "subtraction"));
                yield new Protection.None(refusesSubtraction(json));
            }
            case "round" -> rounding(json.onlyMembers(Set.of("method", "base", "mode", "subtraction")));
            case "cell-key" -> cellKeys(json.onlyMembers(Set.of("method", "counts", "magnitudes")));
            case "suppress" ->
                suppression(json.onlyMembers(Set.of("method", "cost", "levels", "timeLimitSeconds", "publish")));
            case "differential-privacy" ->
                privacy(json.onlyMembers(Set.of("method", "rho", "epsilon", "delta", "l0", "linf", "bounds")));
            default ->
                throw new TabulationException(
                        "protection.method must be none, round, cell-key, suppress or" + " differential-privacy.");
        };
    }

    private static boolean refusesSubtraction(JsonObject json) {
        String what = json.optionalString("subtraction").orElse("report");
        if (!what.equals("report") && !what.equals("refuse")) {
            throw new TabulationException("protection.subtraction must be report or refuse.");
        }
        return what.equals("refuse");
    }

    private static Protection rounding(JsonObject json) {
        String mode = json.optionalString("mode").orElse("nearest");
        if (!mode.equals("nearest") && !mode.equals("midpoint")) {
            throw new TabulationException("protection.mode must be nearest or midpoint.");
        }
        boolean midpoint = mode.equals("midpoint");
        long base = json.has("base") ? json.longValue("base") : midpoint ? 6 : 5;
        if (base < 2 || base > 1_000_000_000L) {
            throw new TabulationException("protection.base must lie in 2..1000000000.");
        }
        return new Protection.Rounding(base, midpoint, refusesSubtraction(json));
    }

    private Protection cellKeys(JsonObject json) {
        Optional<PerturbationTable> table = Optional.empty();
        if (json.has("counts")) {
            JsonObject given = json.object("counts");
            table = Optional.of(
                    given.has("ptable")
                            ? PerturbationTables.ofFile(folder.resolve(
                                            given.onlyMembers(Set.of("ptable")).string("ptable")))
                                    .get(0)
                            : PerturbationTables.ofParameters(given, "all"));
        }
        if (!counts.isEmpty() && table.isEmpty()) {
            throw new TabulationException("protection.counts is missing: give D, V and js, or a ptable.");
        }
        Map<String, MagnitudeNoise> noises = new LinkedHashMap<>();
        for (MagnitudeMeasure magnitude : magnitudes) {
            noises.put(magnitude.name(), noise(settings(json.object("magnitudes"), magnitude.name())));
        }
        return new Protection.CellKeys(table, Collections.unmodifiableMap(noises));
    }

    /** The settings of all magnitudes, overridden by those of one. */
    private static JsonObject settings(JsonObject json, String name) {
        Map<String, Object> settings = new LinkedHashMap<>(json.asMap());
        settings.remove("variables");
        if (json.has("variables") && json.object("variables").has(name)) {
            settings.putAll(json.object("variables").object(name).asMap());
        }
        return JsonObject.of(settings).onlyMembers(MAGNITUDE_MEMBERS);
    }

    private MagnitudeNoise noise(JsonObject json) {
        MagnifierType type = magnifier(json.optionalString("type").orElse("top-contributions"));
        int k = json.has("k") ? json.intValue("k") : 1;
        if (type != MagnifierType.TOP_CONTRIBUTIONS && k != 1) {
            throw new TabulationException("magnitudes.k is for type top-contributions only.");
        }
        if (json.has("flex") == json.has("simple")) {
            throw new TabulationException("protection.magnitudes needs one of flex and simple.");
        }
        JsonObject size = json.object(json.has("flex") ? "flex" : "simple");
        List<Double> epsilons = epsilons(size);
        if (type == MagnifierType.TOP_CONTRIBUTIONS && epsilons.size() != k) {
            throw new TabulationException("epsilon has " + epsilons.size() + " factors, but k is " + k + ".");
        }
        NoiseMagnitude magnitude;
        if (json.has("flex")) {
            size.onlyMembers(Set.of("fp", "p", "q", "epsilon"));
            List<Double> p = size.list("p", item -> ((Number) item).doubleValue());
            if (p.size() != 2) {
                throw new TabulationException("flex.p must hold the shares for small and for large contributions.");
            }
            magnitude = new NoiseMagnitude.Flex(number(size, "fp"), p.get(0), p.get(1), number(size, "q"));
        } else {
            magnitude = new NoiseMagnitude.Simple(number(size.onlyMembers(Set.of("p", "epsilon")), "p"));
        }
        return new MagnitudeNoise(
                type,
                k,
                json.boolOr("useZeroRecordKeys", false),
                new MagnitudeParameters(
                        magnitude,
                        epsilons,
                        json.has("mu") ? number(json, "mu") : 0,
                        json.boolOr("sameKey", true),
                        PerturbationTables.magnitudes(
                                json, folder, json.boolOr("parity", false), json.boolOr("separation", false))));
    }

    private static MagnifierType magnifier(String name) {
        for (MagnifierType type : MagnifierType.values()) {
            if (type.name().toLowerCase(Locale.ROOT).replace('_', '-').equals(name)) {
                return type;
            }
        }
        throw new TabulationException("magnitudes.type must be top-contributions, mean, range or sum.");
    }

    private static List<Double> epsilons(JsonObject size) {
        if (!size.has("epsilon")) {
            return List.of(1.0);
        }
        return size.asMap().get("epsilon") instanceof List<?>
                ? size.list("epsilon", item -> ((Number) item).doubleValue())
                : List.of(number(size, "epsilon"));
    }

    private static Protection suppression(JsonObject json) {
        JsonObject levels = json.has("levels")
                ? json.object("levels").onlyMembers(Set.of("percent", "zeroRange"))
                : JsonObject.of(Map.of());
        double percent = levels.has("percent") ? number(levels, "percent") : 10;
        double zeroRange = levels.has("zeroRange") ? number(levels, "zeroRange") : 1;
        double seconds = json.has("timeLimitSeconds") ? number(json, "timeLimitSeconds") : 60;
        if (!(percent > 0 && percent <= 1000) || !(zeroRange > 0) || !(seconds > 0 && seconds <= 86_400)) {
            throw new TabulationException(
                    "protection: levels.percent must lie in (0, 1000], levels.zeroRange be above 0"
                            + " and timeLimitSeconds lie in (0, 86400].");
        }
        String cost = json.optionalString("cost").orElse("count");
        for (Cost known : Cost.values()) {
            if (known.name().toLowerCase(Locale.ROOT).equals(cost)) {
                return new Protection.Suppression(
                        known,
                        percent,
                        zeroRange,
                        Duration.ofMillis((long) (seconds * 1000)),
                        json.has("publish") ? publish(json) : List.of());
            }
        }
        throw new TabulationException("protection.cost must be cells, count, value or log.");
    }

    private static List<Map<String, String>> publish(JsonObject json) {
        return json.list("publish", item -> JsonObject.of(Map.of("labels", item == null ? "" : item))
                .stringMap("labels"));
    }

    private static Protection privacy(JsonObject json) {
        if (json.has("rho") == json.has("epsilon")) {
            throw new TabulationException("differential-privacy needs one of rho and epsilon.");
        }
        int l0 = json.has("l0") ? json.intValue("l0") : 1;
        int linf = json.has("linf") ? json.intValue("linf") : 1;
        if (l0 < 1 || linf < 1 || l0 > 1_000_000 || linf > 1_000_000) {
            throw new TabulationException("l0 and linf must lie in 1..1000000.");
        }
        Map<String, double[]> bounds = new LinkedHashMap<>();
        if (json.has("bounds")) {
            for (String name : json.object("bounds").asMap().keySet()) {
                List<Double> pair = json.object("bounds").list(name, item -> ((Number) item).doubleValue());
                if (pair.size() != 2
                        || !(pair.get(0) < pair.get(1))
                        || Math.max(Math.abs(pair.get(0)), Math.abs(pair.get(1))) > 1e12) {
                    throw new TabulationException("bounds." + name + " must hold two ascending numbers within ±1e12.");
                }
                bounds.put(name, new double[] {pair.get(0), pair.get(1)});
            }
        }
        double budget = number(json, json.has("rho") ? "rho" : "epsilon");
        if (!(budget > 0 && budget <= 100)) {
            throw new TabulationException("The privacy budget must lie in (0, 100].");
        }
        if (json.has("rho") || json.has("delta")) {
            double rho = json.has("rho") ? budget : ZeroConcentrated.rho(budget, number(json, "delta"));
            return new Protection.Private(OptionalDouble.of(rho), OptionalDouble.empty(), l0, linf, bounds);
        }
        return new Protection.Private(OptionalDouble.empty(), OptionalDouble.of(budget), l0, linf, bounds);
    }

    private static double number(JsonObject json, String name) {
        return json.decimal(name).doubleValue();
    }
}
