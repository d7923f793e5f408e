package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.quality.QualityReport;
import io.yunyu.anonymizer.quality.SquaredErrors;
import io.yunyu.anonymizer.risk.ClassStatistics;
import io.yunyu.anonymizer.search.SearchOutcome.Solution;
import io.yunyu.contract.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What the provider and the reviewer read about an anonymization: the answer, its risks and its quality. Holds counts,
 * levels and attribute names, and labels that the release shows. Only the report {@link #ofOwner for the owner} holds more:
 * statistics of the original records, some of which are values of single persons, and the seed by which records were drawn.
 */
public final class AnonymizationReport {
    private final AnonymizationResult result;
    private final Audience audience;

    /** Who reads a report, and what was released with it. */
    private enum Audience {
        /** Whoever receives the kept records. */
        OF_KEPT_RECORDS,
        /** Whoever receives all records, the suppressed ones with {@code *}. */
        OF_ALL_RECORDS,
        /** Only the owner of the original records. */
        OWNER
    }

    private AnonymizationReport(AnonymizationResult result, Audience audience) {
        this.result = result;
        this.audience = audience;
    }

    /** For a release without the suppressed records; says nothing of what these hold. */
    public static AnonymizationReport of(AnonymizationResult result) {
        return new AnonymizationReport(result, Audience.OF_KEPT_RECORDS);
    }

    /**
     * For a release of all records under study, the quasi-identifiers of suppressed ones reading {@code *}.
     *
     * @param result one that holds the rows
     */
    public static AnonymizationReport ofAllRecords(AnonymizationResult result) {
        return new AnonymizationReport(result, Audience.OF_ALL_RECORDS);
    }

    /**
     * As {@link #ofAllRecords}, with statistics of the original records. Must not go where these must not go.
     *
     * @param result one that holds the rows
     */
    public static AnonymizationReport ofOwner(AnonymizationResult result) {
        return new AnonymizationReport(result, Audience.OWNER);
    }

    /** The report as JSON; the members that the reference documentation lists, and no others. */
    public String toJson() {
        Map<String, @Nullable Object> report = new LinkedHashMap<>();
        report.put("engine", "native");
        report.put("solved", result.outcome().solution().isPresent());
        report.put("optimal", result.outcome().optimal());
        report.put("rows", result.rowCount());
        if (audience == Audience.OWNER || !result.spec().drawsRecords()) {
            // Whoever knows a seed knows who was drawn.
            report.put("seed", result.spec().seed());
        }
        report.put("maskedAttributes", masked());
        report.put(
                "privacyModels",
                result.spec().privacyModels().stream().map(m -> m.label()).toList());
        report.put("objective", result.spec().objective().label());
        report.put("suppressionLimit", number(result.spec().suppressionLimit().fraction()));
        report.put("search", search());
        report.put("differencesFromArx", ArxDifferences.of(result.spec(), result.studied()));
        result.outcome().solution().ifPresentOrElse(solution -> put(report, solution), () -> putDiagnosis(report));
        return Json.write(report);
    }

    private Map<String, Object> search() {
        Object seconds = number(result.searchSeconds());
        return result.mondrian()
                .map(found -> Json.object(
                        "algorithm",
                        "mondrian",
                        "mode",
                        result.spec().searchAlgorithm().isRelaxed() ? "relaxed" : "strict",
                        "cuts",
                        found.partition().cuts(),
                        "cutsTried",
                        found.partition().cutsTried(),
                        "depth",
                        found.partition().depth(),
                        "seconds",
                        seconds))
                .orElseGet(() -> Json.object(
                        "latticeSize", result.outcome().latticeSize(),
                        "transformationsChecked", result.outcome().checked(),
                        "recodingRounds", result.recodingRounds(),
                        "seconds", seconds));
    }

    private void put(Map<String, @Nullable Object> report, Solution solution) {
        AnonymizedClasses classes = solution.classes();
        AnonymizedClasses byUnit = classes.inUnits();
        ClassStatistics statistics = ClassStatistics.of(byUnit);
        report.put("transformation", transformation(solution));
        report.put("score", solution.loss().toString());
        report.put("suppressedRecords", statistics.suppressedRecords());
        report.put("outlierFlaggedRows", result.flaggedRows());
        report.put(
                "equivalenceClasses",
                Json.object(
                        "count", statistics.classes(),
                        "minSize", statistics.minSize(),
                        "maxSize", statistics.maxSize(),
                        "averageSize", number(statistics.averageSize())));
        report.put("attributes", AttributeSection.of(classes));
        new RiskSection(result, classes, byUnit).putInto(report);
        report.put("quality", quality(QualityReport.of(classes, result.statistics(), squaredErrors())));
        putStatistics(report);
        report.put("undefined", undefined(classes.classes()));
    }

    /** For the owner: with released values known, that of one suppressed record could be computed from them. */
    private Optional<SquaredErrors> squaredErrors() {
        return audience == Audience.OWNER ? result.squaredErrors() : Optional.empty();
    }

    private void putStatistics(Map<String, @Nullable Object> report) {
        boolean withRows = audience != Audience.OF_KEPT_RECORDS;
        // Where only some records are under study, what the suppressed ones of them hold would say who they are.
        boolean allRecords = withRows && !result.data().hasSubset();
        StatisticsSection statistics = new StatisticsSection(result, allRecords, withRows);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("released", statistics.ofRelease());
        if (audience == Audience.OWNER) {
            members.put("input", statistics.ofInput());
            report.put("forOwnerOnly", true);
        }
        report.put("summaryStatistics", members);
        if (withRows) {
            report.put(
                    "classificationPerformance",
                    new ClassificationSection(result, allRecords, audience == Audience.OWNER).entries());
        }
    }

    /** Null where records of one attribute have labels of several levels, or ranges. */
    private @Nullable Map<String, Object> transformation(Solution solution) {
        if (result.mondrian().isPresent()) {
            return null;
        }
        Map<String, Object> transformation = new LinkedHashMap<>();
        List<String> names = result.quasiIdentifiers();
        for (int i = 0; i < names.size(); i++) {
            transformation.put(names.get(i), solution.transformation().levels().get(i));
        }
        return transformation;
    }

    /** Members that are null, and why. */
    private List<Object> undefined(EquivalenceClasses classes) {
        List<Object> undefined = new ArrayList<>();
        if (result.mondrian().isEmpty()) {
            return undefined;
        }
        undefined.add(Json.object(
                "member",
                "transformation",
                "reason",
                "Mondrian chooses labels region by region; no attribute has one level for all records."));
        List<String> ranges = new ArrayList<>();
        for (int i = 0; i < classes.quasiIdentifiers().dimension(); i++) {
            if (!classes.quasiIdentifiers().attribute(i).hasMixedLevels()) {
                ranges.add(classes.quasiIdentifiers().attribute(i).attribute());
            }
        }
        if (!ranges.isEmpty()) {
            undefined.add(Json.object(
                    "member",
                    "level, generalizationIntensity, nonUniformEntropy",
                    "reason",
                    "Ranges stand on no level of a hierarchy, on which these are defined: " + String.join(", ", ranges)
                            + "."));
        }
        return undefined;
    }

    private static Map<String, @Nullable Object> quality(QualityReport quality) {
        List<Object> attributes = new ArrayList<>();
        for (QualityReport.AttributeQuality attribute : quality.attributes()) {
            Map<String, @Nullable Object> members = new LinkedHashMap<>();
            members.put("attribute", attribute.attribute());
            members.put("granularity", number(attribute.granularity()));
            members.put("generalizationIntensity", orNull(attribute.generalizationIntensity()));
            members.put("nonUniformEntropy", orNull(attribute.nonUniformEntropy()));
            members.put("presentCells", number(attribute.presentCells()));
            putIfNumber(members, "squaredError", attribute.squaredError());
            attributes.add(members);
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("granularity", number(quality.granularity()));
        members.put("generalizationIntensity", orNull(quality.generalizationIntensity()));
        members.put("averageClassSize", number(quality.averageClassSize()));
        members.put("discernibility", number(quality.discernibility()));
        members.put("ambiguity", number(quality.ambiguity()));
        putIfNumber(members, "recordSquaredError", quality.recordSquaredError());
        putIfNumber(members, "sseSst", quality.sseSst());
        members.put("attributes", attributes);
        return members;
    }

    private static void putIfNumber(Map<String, @Nullable Object> members, String name, double value) {
        if (!Double.isNaN(value)) {
            members.put(name, number(value));
        }
    }

    private static @Nullable Object orNull(double value) {
        return Double.isNaN(value) ? null : number(value);
    }

    private List<Object> masked() {
        List<Object> masked = new ArrayList<>();
        for (AttributeSpec attribute : result.spec().attributes()) {
            attribute
                    .masking()
                    .ifPresent(how -> masked.add(Json.object("attribute", attribute.name(), "method", how.label())));
        }
        return masked;
    }

    private void putDiagnosis(Map<String, @Nullable Object> report) {
        if (!result.outcome().optimal() && result.mondrian().isEmpty()) {
            report.put(
                    "advice", "The search stopped at its limits before it found a solution. Raise timeLimitSeconds.");
            return;
        }
        Diagnosis diagnosis = Diagnosis.of(result);
        List<Object> failing = new ArrayList<>();
        for (Diagnosis.Failure failure : diagnosis.failures()) {
            failing.add(Json.object("model", failure.model(), "recordsToSuppress", failure.recordsToSuppress()));
        }
        report.put("failingModels", failing);
        report.put("advice", diagnosis.advice());
    }

    private static Object number(double value) {
        return Double.isFinite(value) ? new BigDecimal(Double.toString(value)) : Double.toString(value);
    }
}
