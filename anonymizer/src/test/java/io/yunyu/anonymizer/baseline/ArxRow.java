package io.yunyu.anonymizer.baseline;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.AttributeSpec;
import io.yunyu.anonymizer.LocalRecoding;
import io.yunyu.anonymizer.ResearchSubset;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.data.DelimitedFiles;
import io.yunyu.anonymizer.data.DelimitedFormat;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import io.yunyu.anonymizer.microaggregation.AggregateFunction;
import io.yunyu.anonymizer.microaggregation.Microaggregation;
import io.yunyu.anonymizer.privacy.KAnonymity;
import io.yunyu.anonymizer.privacy.PrivacyModel;
import io.yunyu.anonymizer.privacy.SuppressionLimit;
import io.yunyu.anonymizer.search.SearchAlgorithm;
import io.yunyu.anonymizer.search.SearchLimits;
import io.yunyu.contract.json.Json;
import io.yunyu.contract.json.JsonObject;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.stream.IntStream;

/** One measured configuration of ARX, and what it takes to run it here. */
record ArxRow(JsonObject json, Inputs files) {

    /** Input files, each read once. */
    record Inputs(Path shared, Map<Path, MicrodataTable> tables, Map<Path, GeneralizationHierarchy> hierarchies) {
        MicrodataTable table(Path path) {
            return tables.computeIfAbsent(path, p -> DelimitedFiles.readTable(p, DelimitedFormat.SEMICOLON));
        }

        GeneralizationHierarchy hierarchy(Path path) {
            return hierarchies.computeIfAbsent(path, p -> GeneralizationHierarchy.read(p, DelimitedFormat.SEMICOLON));
        }
    }

    static List<ArxRow> all(Path shared) throws IOException {
        Inputs files = new Inputs(shared, new HashMap<>(), new HashMap<>());
        JsonObject document = Json.parseObject(Files.readAllBytes(shared.resolve("vectors/arx-baseline.json")));
        return document.objects("configs").stream()
                .map(o -> new ArxRow(o, files))
                .toList();
    }

    String id() {
        return json.string("id");
    }

    String group() {
        return json.string("group");
    }

    String score() {
        return json.string("score");
    }

    /**
     * Whether the row takes seconds: losses with weak bounds over lattices that are anonymous almost everywhere, and a model
     * that is fitted for each transformation.
     */
    boolean isHeavy() {
        double limit = json.decimal("suppressionLimit").doubleValue();
        boolean weak = List.of("AECS", "Ambiguity").contains(json.string("metric"));
        boolean wide = limit == 1 && List.of("risk", "subset", "metric").contains(group());
        return isSnb() || weak && (json.has("heavy") || wide);
    }

    /**
     * Whether ARX may have missed the optimum, so that ours may be better: heuristics, assumed monotonicity, and Pitman's
     * likelihood, for which ARX's undamped Newton iteration fails on some suppressed tables.
     */
    boolean isBeatable() {
        boolean pitman = json.strings("models").stream().anyMatch(m -> m.contains("PITMAN") || m.contains("DANKAR"));
        return json.has("practicalMonotonicity") || json.has("algorithm") || pitman || isSnb();
    }

    /** ARX's solver for the slide negative binomial model finds no solution here, so that it accepts no sample unique. */
    boolean isSnb() {
        return json.strings("models").stream().anyMatch(model -> model.contains("SNB"));
    }

    /** Its group, its models and its measure, by name. */
    Set<String> kinds() {
        Set<String> kinds = new HashSet<>(List.of(group(), name(json.string("metric"))));
        json.strings("models").forEach(model -> kinds.add(name(model)));
        return kinds;
    }

    private static String name(String text) {
        return text.split("\\(", 2)[0];
    }

    /** Whether the levels are drawn at random: then ARX's are as good as any, and its score is the one it drew by. */
    boolean isDrawn() {
        return json.strings("models").stream().anyMatch(model -> model.contains("data-dependent"));
    }

    /** What ARX's answer is then: that of 2-anonymity. */
    AnonymizationSpec specOfTwoAnonymity() {
        AnonymizationSpec spec = spec();
        return AnonymizationSpec.of(
                spec.attributes(),
                List.of(new KAnonymity(2)),
                spec.suppressionLimit(),
                spec.objective(),
                Optional.empty());
    }

    /** Without suppression ARX prints rows outside the research subset generalized. We withhold them. */
    boolean arxShowsRowsOutsideSubset() {
        return json.decimal("suppressionLimit").signum() == 0
                && json.longValue("viewRows") < json.longValue("outputRows");
    }

    /** Why differences are right, or empty. */
    String knownReason(List<String> differences) {
        if (json.strings("models").stream().anyMatch(model -> model.contains("GRASSBERGER"))) {
            return "ARX's Grassberger verdicts depend on the order of its hash buckets (GrassbergerOrderTest computes both)";
        }
        if (isDrawn() && differences.equals(List.of(Comparison.DRAWN))) {
            return "the levels are drawn at random; at ARX's levels all is the same";
        }
        if (isSnb() && differences.equals(List.of(Comparison.ONLY_TWO_ANONYMITY))) {
            return "ARX's solver finds no solution of the SNB equations and accepts no sample unique: its answer is that"
                    + " of 2-anonymity, which is reproduced";
        }
        boolean mode = json.optionalString("microaggregation")
                .filter(m -> m.contains("MODE"))
                .isPresent();
        return mode && differences.equals(List.of("output digest"))
                ? "among equally frequent values ARX's mode depends on the order of its hash buckets"
                : "";
    }

    static final String OUTSIDE_SUBSET =
            "rows outside the research subset are withheld also where nothing is suppressed";

    List<String> quasiIdentifierCells(List<String> cells) {
        MicrodataTable table = table();
        return json.strings("quasiIdentifiers").stream()
                .map(name -> cells.get(table.indexOf(name)))
                .toList();
    }

    String configuration() {
        return json.strings("models") + " " + json.string("metric") + " limit " + json.decimal("suppressionLimit");
    }

    @Override
    public String toString() {
        return id() + " " + configuration();
    }

    List<Integer> transformation() {
        return levels(json, "transformation");
    }

    /** All transformations with the optimal score, where they were enumerated. */
    List<List<Integer>> tieSet() {
        if (!json.has("independentCheck")) {
            return List.of();
        }
        return json.object("independentCheck").list("optima", item -> {
            List<Integer> levels = new ArrayList<>();
            if (item instanceof List<?> list) {
                list.forEach(level -> levels.add(((Long) level).intValue()));
            }
            return levels;
        });
    }

    private static List<Integer> levels(JsonObject from, String name) {
        return from.list(name, item -> item instanceof Long level ? level.intValue() : -1);
    }

    MicrodataTable table() {
        return files.table(folder().resolve(json.string("dataset")));
    }

    private Path folder() {
        return files.shared().resolve("data").resolve(json.string("dataset").equals("adult.csv") ? "adult" : "toy");
    }

    private GeneralizationHierarchy hierarchy(String attribute) {
        String dataset = json.string("dataset").replace(".csv", "");
        return files.hierarchy(folder().resolve(dataset + "_hierarchy_" + attribute + ".csv"));
    }

    /** Lines of an attribute's hierarchy: the value, then its labels. */
    List<List<String>> hierarchyRows(String attribute) {
        return hierarchy(attribute).rows();
    }

    /** @throws Unsupported naming what is missing */
    AnonymizationSpec spec() {
        List<PrivacyModel> models =
                json.strings("models").stream().map(ArxModels::parse).toList();
        List<AttributeSpec> attributes = new ArrayList<>();
        for (String name : json.strings("quasiIdentifiers")) {
            attributes.add(AttributeSpec.quasiIdentifier(name, hierarchy(name)).withWeight(weight(name)));
        }
        json.optionalString("microaggregation").ifPresent(text -> microaggregate(text, attributes));
        json.optionalString("sensitive")
                .ifPresent(name -> attributes.add(AttributeSpec.sensitive(
                        name,
                        type(),
                        models.stream().anyMatch(m -> m.label().startsWith("hierarchical"))
                                ? Optional.of(hierarchy(name))
                                : Optional.empty())));
        boolean needsSubset = models.stream().anyMatch(PrivacyModel::needsSubset);
        AnonymizationSpec spec = AnonymizationSpec.of(
                attributes,
                models,
                new SuppressionLimit(json.decimal("suppressionLimit").doubleValue()),
                ArxMeasures.parse(json.string("metric")),
                needsSubset
                        ? Optional.of(new ResearchSubset.Listed(files.table(folder().resolve("adult_subset.csv"))))
                        : Optional.empty());
        if (json.has("localRecoding")) {
            return spec.withLocalRecoding(localRecoding(json.string("localRecoding")));
        }
        return json.optionalString("algorithm")
                .map(algorithm ->
                        spec.withSearch(algorithm(algorithm), new SearchLimits(SearchLimits.NONE.time(), 300)))
                .orElse(spec);
    }

    /** Whether the suppressed records are recoded: then the measured numbers are those of all rounds. */
    boolean isRecoded() {
        return json.has("localRecoding");
    }

    private static LocalRecoding localRecoding(String text) {
        return text.startsWith("optimizeIterativeFast")
                ? new LocalRecoding(
                        LocalRecoding.Mode.ITERATIVE_FAST,
                        OptionalDouble.empty(),
                        number(text, "records"),
                        LocalRecoding.DEFAULT_ITERATIONS,
                        0)
                : new LocalRecoding(
                        LocalRecoding.Mode.ITERATIVE,
                        OptionalDouble.of(number(text, "gs")),
                        0,
                        (int) number(text, "maxIter"),
                        number(text, "adaption"));
    }

    private static double number(String text, String name) {
        String rest = text.substring(text.indexOf(name + "=") + name.length() + 1);
        return Double.parseDouble(
                rest.substring(0, Math.max(rest.indexOf(')'), 0)).split(",")[0]);
    }

    /** Always the age, as an integer. */
    private void microaggregate(String text, List<AttributeSpec> attributes) {
        boolean clustered = !text.contains("not clustered");
        String function = text.substring("age:".length()).trim().split(" ")[0];
        Microaggregation how = new Microaggregation(AggregateFunction.valueOf(function), true, clustered);
        if (clustered) {
            attributes.replaceAll(a -> a.name().equals("age") ? a.microaggregated(DataType.INTEGER, how) : a);
        } else {
            attributes.add(
                    AttributeSpec.quasiIdentifier("age", hierarchy("age")).microaggregated(DataType.INTEGER, how));
        }
    }

    private static SearchAlgorithm algorithm(String arxName) {
        return switch (arxName.substring(0, arxName.indexOf(' '))) {
            case "BEST_EFFORT_BOTTOM_UP" -> SearchAlgorithm.BEST_FIRST_BOTTOM_UP;
            case "BEST_EFFORT_TOP_DOWN" -> SearchAlgorithm.BEST_FIRST_TOP_DOWN;
            case "BEST_EFFORT_GENETIC" -> SearchAlgorithm.GENETIC;
            default -> SearchAlgorithm.OPTIMAL;
        };
    }

    /** The same with every quasi-identifier fixed to the level that ARX chose. */
    AnonymizationSpec specAtArxTransformation() {
        return atArxTransformation(spec());
    }

    /** All rows, generalized to the levels that ARX chose. */
    AnonymizationSpec everythingAtArxTransformation() {
        AnonymizationSpec spec = atArxTransformation(spec());
        return AnonymizationSpec.of(
                spec.attributes(),
                List.of(new KAnonymity(1)),
                spec.suppressionLimit(),
                spec.objective(),
                Optional.empty());
    }

    private AnonymizationSpec atArxTransformation(AnonymizationSpec spec) {
        List<Integer> levels = transformation();
        List<AttributeSpec> fixed = IntStream.range(0, spec.attributes().size())
                .mapToObj(i -> i < levels.size()
                        ? spec.attributes().get(i).atLevel(levels.get(i))
                        : spec.attributes().get(i))
                .toList();
        return AnonymizationSpec.of(
                fixed, spec.privacyModels(), spec.suppressionLimit(), spec.objective(), spec.subset());
    }

    private double weight(String attribute) {
        if (!json.has("attributeWeights")) {
            return AttributeSpec.DEFAULT_WEIGHT;
        }
        return switch (attribute) {
            case "age" -> 1.0;
            case "education" -> 0.25;
            default -> 0.5;
        };
    }

    private DataType type() {
        return json.optionalString("sensitiveDataType")
                        .filter("INTEGER"::equals)
                        .isPresent()
                ? DataType.INTEGER
                : DataType.STRING;
    }
}
