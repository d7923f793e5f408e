package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classification.Classifier;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.DelimitedFiles;
import io.yunyu.anonymizer.data.DelimitedFormat;
import io.yunyu.anonymizer.data.InputException;
import io.yunyu.anonymizer.microaggregation.AggregateFunction;
import io.yunyu.anonymizer.microaggregation.Microaggregation;
import io.yunyu.anonymizer.payout.CostBenefit;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.SuppressionLimit;
import io.yunyu.anonymizer.quality.LossMeasure;
import io.yunyu.anonymizer.search.SearchAlgorithm;
import io.yunyu.anonymizer.search.SearchLimits;
import io.yunyu.contract.json.JsonObject;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.Set;

/** Reads a specification from JSON. Paths in it are relative to its folder; a member that is not known is an error. */
final class SpecReader {
    static final Set<String> MEMBERS = Set.of(
            "csv",
            "attributes",
            "privacyModels",
            "suppressionLimit",
            "objective",
            "search",
            "riskThreshold",
            "population",
            "privacyUnit",
            "releaseContext",
            "sampling",
            "costBenefit",
            "localRecoding");
    static final Set<String> ATTRIBUTE_MEMBERS = Set.of(
            "name",
            "role",
            "hierarchy",
            "minLevel",
            "maxLevel",
            "weight",
            "dataType",
            "microaggregation",
            "masking",
            "pseudonym",
            "topBottomCoding",
            "response",
            "classifiers");

    private final JsonObject json;
    private final SpecFolder folder;
    private final DelimitedFormat format;

    SpecReader(JsonObject json, SpecFolder folder) {
        this.json = json.onlyMembers(MEMBERS);
        this.folder = folder;
        this.format = json.has("csv") ? format(json.object("csv")) : DelimitedFormat.SEMICOLON;
    }

    AnonymizationSpec read() {
        CostBenefit costBenefit =
                json.has("costBenefit") ? costBenefit(json.object("costBenefit")) : CostBenefit.DEFAULT;
        List<AttributeSpec> attributes = json.list("attributes", item -> attribute(JsonObject.of(item)));
        List<PrivacyModel> models = new ArrayList<>();
        Set<Object> subsets = new LinkedHashSet<>();
        for (JsonObject model : json.objects("privacyModels")) {
            models.add(PrivacyModelReader.read(model, costBenefit));
            if (model.has("subset")) {
                subsets.add(Objects.requireNonNull(model.asMap().get("subset")));
            }
        }
        return new AnonymizationSpec(
                format,
                attributes,
                models,
                new SuppressionLimit(decimal(json, "suppressionLimit", 0)),
                json.has("objective")
                        ? MeasureReader.read(json.object("objective"), costBenefit, responses())
                        : LossMeasure.DEFAULT,
                json.has("search") ? algorithm(json.object("search")) : SearchAlgorithm.AUTOMATIC,
                json.has("search") ? limits(json.object("search")) : SearchLimits.NONE,
                subset(subsets),
                RiskSettingsReader.read(json),
                json.has("sampling") ? Optional.of(RecordSampling.read(json.object("sampling"))) : Optional.empty(),
                json.has("localRecoding")
                        ? Optional.of(localRecoding(json.object("localRecoding")))
                        : Optional.empty());
    }

    private List<String> responses() {
        return json.objects("attributes").stream()
                .filter(attribute -> attribute.boolOr("response", false))
                .map(attribute -> attribute.string("name"))
                .toList();
    }

    private static LocalRecoding localRecoding(JsonObject json) {
        json.onlyMembers(Set.of("mode", "generalizationSuppressionFactor", "records", "iterations", "adaptation"));
        return new LocalRecoding(
                json.enumValue("mode", LocalRecoding.Mode.class),
                json.has("generalizationSuppressionFactor")
                        ? OptionalDouble.of(decimal(json, "generalizationSuppressionFactor", 0))
                        : OptionalDouble.empty(),
                decimal(json, "records", 0.01),
                json.has("iterations") ? json.intValue("iterations") : LocalRecoding.DEFAULT_ITERATIONS,
                decimal(json, "adaptation", 0));
    }

    /** @param named as the models name it: a file, or values of an attribute */
    private Optional<ResearchSubset> subset(Set<Object> named) {
        if (named.size() > 1) {
            throw new InputException(
                    "The privacy models name " + named.size() + " different subsets; all of them must share one.");
        }
        return named.stream().findFirst().map(this::subsetOf);
    }

    private ResearchSubset subsetOf(Object named) {
        if (named instanceof String file) {
            return new ResearchSubset.Listed(DelimitedFiles.readTable(folder.resolve(file), format));
        } else if (named instanceof Map<?, ?>) {
            return ResearchSubset.Selected.read(JsonObject.of(named));
        }
        throw new InputException("subset must be the name of a file, or an object with attribute and values.");
    }

    private AttributeSpec attribute(JsonObject attribute) {
        attribute.onlyMembers(ATTRIBUTE_MEMBERS);
        DataType type = attribute.has("dataType")
                ? DataTypeReader.read(attribute.asMap().get("dataType"))
                : DataType.STRING;
        return new AttributeSpec(
                attribute.string("name"),
                attribute.enumValue("role", AttributeRole.class),
                type,
                attribute.has("hierarchy")
                        ? Optional.of(new HierarchyReader(folder, format).read(attribute.object("hierarchy")))
                        : Optional.empty(),
                attribute.has("minLevel") ? attribute.intValue("minLevel") : 0,
                attribute.has("maxLevel") ? OptionalInt.of(attribute.intValue("maxLevel")) : OptionalInt.empty(),
                decimal(attribute, "weight", AttributeSpec.DEFAULT_WEIGHT),
                attribute.has("microaggregation")
                        ? Optional.of(microaggregation(attribute.object("microaggregation")))
                        : Optional.empty(),
                MaskingReader.read(attribute, folder),
                classifiers(attribute));
    }

    /** Naive Bayes if a response names none; no other attribute may name any. */
    private static Set<Classifier> classifiers(JsonObject attribute) {
        boolean response = attribute.boolOr("response", false);
        if (!attribute.has("classifiers")) {
            return response ? Set.of(Classifier.NAIVE_BAYES) : Set.of();
        }
        String name = attribute.string("name");
        if (!response || attribute.enumValue("role", AttributeRole.class) == AttributeRole.QUASI_IDENTIFIER) {
            throw new InputException("Attribute '" + name + "' cannot have classifiers: they predict a response that is"
                    + " no quasi-identifier. Set response to true, or leave classifiers out.");
        }
        Set<Classifier> classifiers = new HashSet<>();
        for (String keyword : attribute.strings("classifiers")) {
            classifiers.add(Classifier.of(keyword)
                    .orElseThrow(() -> new InputException("Attribute '" + name + "': classifier '" + keyword
                            + "' is not known; known are " + String.join(", ", Classifier.keywords()) + ".")));
        }
        if (classifiers.isEmpty()) {
            throw new InputException("Attribute '" + name + "': classifiers names none; known are "
                    + String.join(", ", Classifier.keywords()) + ".");
        }
        return classifiers;
    }

    private static Microaggregation microaggregation(JsonObject json) {
        json.onlyMembers(Set.of("function", "ignoreMissing", "clustering", "distribution", "seed"));
        return new Microaggregation(
                json.enumValue("function", AggregateFunction.class),
                json.boolOr("ignoreMissing", true),
                json.boolOr("clustering", false),
                json.has("distribution") ? Optional.of(distribution(json)) : Optional.empty());
    }

    private static Microaggregation.Distribution distribution(JsonObject json) {
        Map<String, Double> weights = new HashMap<>();
        JsonObject named = json.object("distribution");
        for (String value : named.asMap().keySet()) {
            weights.put(value, named.decimal(value).doubleValue());
        }
        return new Microaggregation.Distribution(weights, json.has("seed") ? json.longValue("seed") : 0);
    }

    private static SearchAlgorithm algorithm(JsonObject search) {
        String name = search.optionalString("algorithm").orElse("automatic");
        if (name.equals("mondrian")) {
            return mondrian(search.optionalString("mode").orElse("strict"));
        }
        if (search.has("mode")) {
            throw new InputException("search.mode belongs to search.algorithm mondrian; leave it out.");
        }
        for (SearchAlgorithm algorithm : SearchAlgorithm.values()) {
            if (!algorithm.isMondrian()
                    && algorithm
                            .name()
                            .toLowerCase(Locale.ROOT)
                            .replace('_', '-')
                            .equals(name)) {
                return algorithm;
            }
        }
        throw new InputException("search.algorithm '" + name + "' is not known; known are automatic, optimal,"
                + " best-first-bottom-up, best-first-top-down, local-search, genetic, mondrian.");
    }

    private static SearchAlgorithm mondrian(String mode) {
        return switch (mode) {
            case "strict" -> SearchAlgorithm.MONDRIAN_STRICT;
            case "relaxed" -> SearchAlgorithm.MONDRIAN_RELAXED;
            default -> throw new InputException("search.mode '" + mode + "' is not known; known are strict, relaxed.");
        };
    }

    private static SearchLimits limits(JsonObject search) {
        search.onlyMembers(Set.of("algorithm", "mode", "timeLimitSeconds", "stepLimit", "practicalMonotonicity"));
        return new SearchLimits(
                search.has("timeLimitSeconds")
                        ? Duration.ofMillis((long) (positive(search, "timeLimitSeconds") * 1000))
                        : SearchLimits.NONE.time(),
                search.has("stepLimit") ? (long) positive(search, "stepLimit") : SearchLimits.NONE.checks(),
                search.boolOr("practicalMonotonicity", false));
    }

    private static double positive(JsonObject object, String member) {
        double value = object.decimal(member).doubleValue();
        if (!(value > 0 && value <= 1e9)) {
            throw new InputException("search." + member + " must lie in (0, 1e9], got " + value + ".");
        }
        return value;
    }

    private static CostBenefit costBenefit(JsonObject amounts) {
        amounts.onlyMembers(Set.of("publisherBenefit", "publisherLoss", "adversaryGain", "adversaryCost"));
        CostBenefit absent = CostBenefit.DEFAULT;
        return new CostBenefit(
                decimal(amounts, "publisherBenefit", absent.publisherBenefit()),
                decimal(amounts, "publisherLoss", absent.publisherLoss()),
                decimal(amounts, "adversaryGain", absent.adversaryGain()),
                decimal(amounts, "adversaryCost", absent.adversaryCost()));
    }

    private static DelimitedFormat format(JsonObject csv) {
        csv.onlyMembers(Set.of("delimiter"));
        String delimiter = csv.string("delimiter");
        if (delimiter.length() != 1) {
            throw new InputException("csv.delimiter must be one character.");
        }
        return new DelimitedFormat(delimiter.charAt(0));
    }

    static double decimal(JsonObject object, String member, double absent) {
        return object.has(member) ? object.decimal(member).doubleValue() : absent;
    }
}
