package io.yunyu.anonymizer.arx;

import io.yunyu.anonymizer.AnonymizationEngine;
import io.yunyu.anonymizer.AnonymizationResult;
import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.data.MicrodataTable;
import io.yunyu.anonymizer.privacy.DifferentialPrivacy;
import io.yunyu.contract.json.Json;
import java.io.IOException;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.deidentifier.arx.ARXLattice.ARXNode;
import org.deidentifier.arx.ARXPopulationModel;
import org.deidentifier.arx.ARXResult;
import org.deidentifier.arx.DataHandle;
import org.deidentifier.arx.aggregates.StatisticsEquivalenceClasses;
import org.deidentifier.arx.aggregates.StatisticsQuality;
import org.deidentifier.arx.aggregates.quality.QualityMeasureColumnOriented;
import org.deidentifier.arx.risk.RiskModelSampleSummary;
import org.deidentifier.arx.risk.RiskModelSampleSummary.RiskSummary;

/** ARX's result under the names of our report; every figure is ARX's own. */
final class ArxAnswer implements AnonymizationEngine.Answer {
    private final MicrodataTable table;
    private final AnonymizationSpec spec;
    private final ARXResult result;

    ArxAnswer(MicrodataTable table, AnonymizationSpec spec, ARXResult result) {
        this.table = table;
        this.spec = spec;
        this.result = result;
    }

    @Override
    public Map<String, Object> report() {
        Map<String, Object> report = new LinkedHashMap<>();
        report.put("engine", "arx");
        report.put("solved", result.isResultAvailable());
        report.put("optimal", result.getOptimumFound());
        report.put("rows", (long) table.rowCount());
        report.put("seed", 0L);
        report.put(
                "privacyModels",
                spec.privacyModels().stream().map(m -> m.label()).toList());
        report.put("objective", spec.objective().label());
        // Differential privacy suppresses as many records as it must, there as here.
        boolean unlimited = DifferentialPrivacy.among(spec.privacyModels()).isPresent();
        report.put(
                "suppressionLimit",
                number(unlimited ? 1 : spec.suppressionLimit().fraction()));
        report.put(
                "search",
                Json.object(
                        "latticeSize", result.getProcessStatistics().getTransformationsAvailable(),
                        "transformationsChecked", result.getProcessStatistics().getTransformationsChecked(),
                        "seconds", number(result.getTime() / 1000.0)));
        if (result.isResultAvailable()) {
            putSolution(report);
        } else {
            report.put("advice", "ARX found no transformation within the suppression limit.");
        }
        return report;
    }

    private void putSolution(Map<String, Object> report) {
        ARXNode node = result.getGlobalOptimum();
        Map<String, Object> transformation = new LinkedHashMap<>();
        for (int i = 0; i < node.getTransformation().length; i++) {
            transformation.put(node.getQuasiIdentifyingAttributes()[i], node.getTransformation()[i]);
        }
        report.put("transformation", transformation);
        report.put("score", node.getHighestScore().toString());
        DataHandle all = result.getOutput(false);
        // Statistics are of the research subset where there is one.
        DataHandle studied = all.getView();
        StatisticsEquivalenceClasses classes = studied.getStatistics().getEquivalenceClassStatistics();
        report.put("suppressedRecords", classes.getNumberOfSuppressedRecords());
        report.put("outlierFlaggedRows", flagged(all));
        report.put(
                "equivalenceClasses",
                Json.object(
                        "count", classes.getNumberOfEquivalenceClasses(),
                        "minSize", classes.getMinimalEquivalenceClassSize(),
                        "maxSize", classes.getMaximalEquivalenceClassSize(),
                        "averageSize", number(classes.getAverageEquivalenceClassSize())));
        report.put("risk", risk(studied));
        report.put("quality", quality(studied, node));
        if (spec.subset().isEmpty()
                && DifferentialPrivacy.among(spec.privacyModels()).isEmpty()) {
            // Of a part of the records ours are of the kept ones alone.
            report.put("summaryStatistics", Json.object("released", new ArxStatistics(spec, table).of(studied)));
        }
    }

    @Override
    public Map<String, Object> ownersMembers() {
        if (!result.isResultAvailable()) {
            return Map.of();
        }
        ArxStatistics statistics = new ArxStatistics(spec, table);
        DataHandle input = result.getInput();
        return Json.object(
                "forOwnerOnly",
                true,
                "summaryStatistics",
                Json.object(
                        "released", statistics.of(result.getOutput(false).getView()),
                        "input", statistics.of(input.getView())));
    }

    private static long flagged(DataHandle output) {
        long flagged = 0;
        for (int row = 0; row < output.getNumRows(); row++) {
            flagged += output.isOutlier(row) ? 1 : 0;
        }
        return flagged;
    }

    private Map<String, Object> risk(DataHandle studied) {
        double threshold = spec.riskSettings().threshold();
        // Sample risks do not depend on the population model.
        RiskModelSampleSummary summary = studied.getRiskEstimator(ARXPopulationModel.create(1_000_000_000L))
                .getSampleBasedRiskSummary(threshold);
        return Json.object(
                "threshold", number(threshold),
                "prosecutor", attacker(summary.getProsecutorRisk()),
                "journalist", attacker(summary.getJournalistRisk()),
                "marketer",
                        Json.object(
                                "successRate", number(summary.getMarketerRisk().getSuccessRate())));
    }

    private static Map<String, Object> attacker(RiskSummary risk) {
        return Json.object(
                "highest", number(risk.getHighestRisk()),
                "successRate", number(risk.getSuccessRate()),
                "recordsAtRisk", number(risk.getRecordsAtRisk()));
    }

    private static Map<String, Object> quality(DataHandle studied, ARXNode node) {
        StatisticsQuality quality = studied.getStatistics().getQualityStatistics();
        List<Object> attributes = new ArrayList<>();
        for (String attribute : node.getQuasiIdentifyingAttributes()) {
            attributes.add(Json.object(
                    "attribute", attribute,
                    "granularity", value(quality.getGranularity(), attribute),
                    "generalizationIntensity", value(quality.getGeneralizationIntensity(), attribute),
                    "nonUniformEntropy", value(quality.getNonUniformEntropy(), attribute),
                    "presentCells", number(1 - quality.getMissings().getValue(attribute))));
        }
        return Json.object(
                "granularity", number(quality.getGranularity().getArithmeticMean(true)),
                "generalizationIntensity",
                        number(quality.getGeneralizationIntensity().getArithmeticMean(true)),
                "averageClassSize", number(quality.getAverageClassSize().getValue()),
                "discernibility", number(quality.getDiscernibility().getValue()),
                "ambiguity", number(quality.getAmbiguity().getValue()),
                "attributes", attributes);
    }

    private static Object value(QualityMeasureColumnOriented measure, String attribute) {
        return measure.isAvailable(attribute) ? number(measure.getValue(attribute)) : BigDecimal.ZERO;
    }

    @Override
    public void forEachReleasedRow(AnonymizationResult.RowSink sink) throws IOException {
        Iterator<String[]> rows = result.getOutput(false).iterator();
        rows.next();
        while (rows.hasNext()) {
            sink.accept(Arrays.asList(rows.next()));
        }
    }

    private static Object number(double value) {
        return Double.isFinite(value) ? new BigDecimal(Double.toString(value)) : Double.toString(value);
    }
}
