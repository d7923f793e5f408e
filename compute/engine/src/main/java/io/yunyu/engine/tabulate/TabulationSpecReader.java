package io.yunyu.engine.tabulate;

import io.yunyu.anonymizer.data.DelimitedFormat;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonException;
import io.yunyu.contract.json.JsonObject;
import io.yunyu.engine.primary.DominanceRule;
import io.yunyu.engine.primary.PrimaryRules;
import io.yunyu.engine.primary.PriorPosteriorRule;
import io.yunyu.engine.tabulate.TabulationSpec.CountMeasure;
import io.yunyu.engine.tabulate.TabulationSpec.Dimension;
import io.yunyu.engine.tabulate.TabulationSpec.MagnitudeMeasure;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.Set;
import java.util.stream.IntStream;

/** Reads {@code spec.json}. Paths in it are relative to its folder; a member that is not known is an error. */
final class TabulationSpecReader {
    static final Set<String> MEMBERS = Set.of(
            "csv",
            "unit",
            "weight",
            "recordKey",
            "holding",
            "waiver",
            "dimensions",
            "tables",
            "counts",
            "magnitudes",
            "rules",
            "protection");
    static final Set<String> RULES =
            Set.of("minUnits", "complement", "dominance", "pPercent", "priorPosterior", "zeroRule");

    private TabulationSpecReader() {}

    static TabulationSpec read(Path file) {
        try {
            JsonObject json = Json.parseObject(Files.readAllBytes(file));
            Path folder = Optional.ofNullable(file.toAbsolutePath().getParent()).orElse(Path.of(""));
            return read(json, folder);
        } catch (IOException e) {
            throw new TabulationException("The specification '" + file.getFileName() + "' cannot be read.", e);
        } catch (JsonException | IllegalArgumentException e) {
            throw new TabulationException("In the specification: " + e.getMessage(), e);
        }
    }

    private static TabulationSpec read(JsonObject json, Path folder) {
        json.onlyMembers(MEMBERS);
        List<Dimension> dimensions = json.list("dimensions", item -> dimension(JsonObject.of(item), folder));
        List<CountMeasure> counts =
                json.has("counts") ? json.list("counts", item -> count(JsonObject.of(item))) : List.of();
        List<MagnitudeMeasure> magnitudes =
                json.has("magnitudes") ? json.list("magnitudes", item -> magnitude(JsonObject.of(item))) : List.of();
        JsonObject rules = json.has("rules") ? json.object("rules") : JsonObject.of(Json.object());
        return new TabulationSpec(
                json.has("csv") ? format(json.object("csv")) : new DelimitedFormat(','),
                json.optionalString("unit"),
                json.optionalString("weight"),
                json.optionalString("recordKey"),
                json.optionalString("holding"),
                json.optionalString("waiver"),
                dimensions,
                tables(json, dimensions),
                counts,
                magnitudes,
                rules(rules),
                rules.boolOr("complement", false),
                new ProtectionReader(folder, counts, magnitudes)
                        .read(
                                json.has("protection")
                                        ? json.object("protection")
                                        : JsonObject.of(Json.object("method", "none"))));
    }

    private static DelimitedFormat format(JsonObject csv) {
        String delimiter = csv.onlyMembers(Set.of("delimiter")).string("delimiter");
        if (delimiter.length() != 1) {
            throw new TabulationException("csv.delimiter must be one character.");
        }
        return new DelimitedFormat(delimiter.charAt(0));
    }

    private static Dimension dimension(JsonObject json, Path folder) {
        json.onlyMembers(Set.of("name", "total", "hierarchy"));
        return new Dimension(
                json.string("name"),
                json.optionalString("total").orElse("Total"),
                json.has("hierarchy")
                        ? Optional.of(folder.resolve(json.object("hierarchy")
                                .onlyMembers(Set.of("file"))
                                .string("file")))
                        : Optional.empty());
    }

    private static CountMeasure count(JsonObject json) {
        json.onlyMembers(Set.of("name", "of"));
        return new CountMeasure(json.string("name"), json.optionalString("of"));
    }

    private static MagnitudeMeasure magnitude(JsonObject json) {
        json.onlyMembers(Set.of("name", "of", "decimals"));
        OptionalInt decimals = json.has("decimals") ? OptionalInt.of(json.intValue("decimals")) : OptionalInt.empty();
        if (decimals.isPresent() && (decimals.getAsInt() < -9 || decimals.getAsInt() > 9)) {
            throw new TabulationException("decimals must lie in -9..9.");
        }
        return new MagnitudeMeasure(
                json.string("name"), json.optionalString("of").orElse(json.string("name")), decimals);
    }

    private static List<List<Integer>> tables(JsonObject json, List<Dimension> dimensions) {
        if (!json.has("tables")) {
            return List.of(IntStream.range(0, dimensions.size()).boxed().toList());
        }
        return json.list("tables", item -> {
            List<Integer> positions = new ArrayList<>();
            for (Object name : item instanceof List<?> names ? names : List.of()) {
                int position = dimensions.stream().map(Dimension::name).toList().indexOf(name);
                if (position < 0 || positions.contains(position)) {
                    throw new TabulationException("tables must list names of dimensions, each once per table.");
                }
                positions.add(position);
            }
            return List.copyOf(positions);
        });
    }

    private static PrimaryRules rules(JsonObject json) {
        json.onlyMembers(RULES);
        Optional<DominanceRule> dominance = Optional.empty();
        if (json.has("dominance")) {
            JsonObject rule = json.object("dominance").onlyMembers(Set.of("n", "k"));
            dominance = Optional.of(
                    new DominanceRule(rule.intValue("n"), rule.decimal("k").doubleValue()));
        }
        if (json.has("pPercent") && json.has("priorPosterior")) {
            throw new TabulationException(
                    "rules has pPercent and priorPosterior, which are one rule; give one of them.");
        }
        String name = json.has("priorPosterior") ? "priorPosterior" : "pPercent";
        Optional<PriorPosteriorRule> pPercent = Optional.empty();
        if (json.has(name)) {
            JsonObject rule = json.object(name).onlyMembers(Set.of("p", "q", "coalition"));
            pPercent = Optional.of(new PriorPosteriorRule(
                    rule.decimal("p").doubleValue(),
                    rule.has("q") ? rule.decimal("q").doubleValue() : 100,
                    rule.has("coalition") ? rule.intValue("coalition") : 1));
        }
        return new PrimaryRules(
                json.has("minUnits") ? json.intValue("minUnits") : 1,
                dominance,
                pPercent,
                json.boolOr("zeroRule", false));
    }
}
