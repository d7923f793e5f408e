package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.quality.QualityReport;
import io.yunyu.anonymizer.risk.ClassStatistics;
import io.yunyu.anonymizer.search.SearchOutcome.Solution;
import io.yunyu.contract.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * What the provider and the reviewer read about an anonymization: the answer, its risks and its quality. Holds counts,
 * levels and attribute names; no value of the data.
 */
public final class AnonymizationReport {
    private final AnonymizationResult result;

    private AnonymizationReport(AnonymizationResult result) {
        this.result = result;
    }

    public static AnonymizationReport of(AnonymizationResult result) {
        return new AnonymizationReport(result);
    }

    /** The report as JSON; the members that the reference documentation lists, and no others. */
    public String toJson() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("engine", "native");
        report.put("solved", result.outcome().solution().isPresent());
        report.put("optimal", result.outcome().optimal());
        report.put("rows", result.rowCount());
        report.put("seed", result.spec().seed());
        report.put("maskedAttributes", masked());
        report.put(
                "privacyModels",
                result.spec().privacyModels().stream().map(m -> m.label()).toList());
        report.put("objective", result.spec().objective().label());
        report.put("suppressionLimit", number(result.spec().suppressionLimit().fraction()));
        report.put(
                "search",
                Json.object(
                        "latticeSize", result.outcome().latticeSize(),
                        "transformationsChecked", result.outcome().checked(),
                        "recodingRounds", result.recodingRounds(),
                        "seconds", number(result.searchSeconds())));
        report.put("differencesFromArx", ArxDifferences.of(result.spec(), result.studied()));
        result.outcome().solution().ifPresentOrElse(solution -> put(report, solution), () -> putDiagnosis(report));
        return Json.write(report);
    }

    private void put(Map<String, Object> report, Solution solution) {
        AnonymizedClasses classes = solution.classes();
        AnonymizedClasses byUnit = classes.inUnits();
        ClassStatistics statistics = ClassStatistics.of(byUnit);
        Map<String, Object> transformation = new LinkedHashMap<>();
        List<String> names = result.quasiIdentifiers();
        for (int i = 0; i < names.size(); i++) {
            transformation.put(names.get(i), solution.transformation().levels().get(i));
        }
        report.put("transformation", transformation);
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
        report.put("quality", quality(QualityReport.of(classes, result.statistics())));
    }

    private static Map<String, Object> quality(QualityReport quality) {
        List<Object> attributes = new ArrayList<>();
        for (QualityReport.AttributeQuality attribute : quality.attributes()) {
            attributes.add(Json.object(
                    "attribute", attribute.attribute(),
                    "granularity", number(attribute.granularity()),
                    "generalizationIntensity", number(attribute.generalizationIntensity()),
                    "nonUniformEntropy", number(attribute.nonUniformEntropy()),
                    "presentCells", number(attribute.presentCells())));
        }
        return Json.object(
                "granularity", number(quality.granularity()),
                "generalizationIntensity", number(quality.generalizationIntensity()),
                "averageClassSize", number(quality.averageClassSize()),
                "discernibility", number(quality.discernibility()),
                "attributes", attributes);
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

    private void putDiagnosis(Map<String, Object> report) {
        if (!result.outcome().optimal()) {
            report.put(
                    "advice", "The search stopped at its limits before it found a solution. Raise timeLimitSeconds.");
            return;
        }
        Diagnosis diagnosis = Diagnosis.of(result, result.coarsestLevels());
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
