package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.privacy.ClassSizes;
import io.yunyu.anonymizer.privacy.PopulationUniqueness;
import io.yunyu.anonymizer.privacy.StudiedData.SensitiveAttribute;
import io.yunyu.anonymizer.risk.AttributeRisks;
import io.yunyu.anonymizer.risk.QuasiIdentifierRanking;
import io.yunyu.anonymizer.risk.ReleaseContext;
import io.yunyu.anonymizer.risk.ReleasePolicy;
import io.yunyu.anonymizer.risk.ReleasedTuples;
import io.yunyu.anonymizer.risk.RiskDistribution;
import io.yunyu.anonymizer.risk.RiskReport;
import io.yunyu.anonymizer.risk.SensitiveDisclosure;
import io.yunyu.anonymizer.risk.WildcardRisk;
import io.yunyu.contract.json.Json;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** The report's members on risk. Counts, levels and names only. */
final class RiskSection {
    private final AnonymizationResult result;
    private final AnonymizedClasses classes;
    private final AnonymizedClasses byUnit;
    private final RiskSettings settings;
    private final ReleasedTuples released;

    /** @param byUnit the same classes, counting privacy units */
    RiskSection(AnonymizationResult result, AnonymizedClasses classes, AnonymizedClasses byUnit) {
        this.result = result;
        this.classes = classes;
        this.byUnit = byUnit;
        this.settings = result.spec().riskSettings();
        this.released = ReleasedTuples.released(classes);
    }

    void putInto(Map<String, Object> report) {
        long[] sizes = sizes();
        report.put("risk", risk(RiskReport.of(byUnit, settings.threshold())));
        report.put("riskDistribution", distribution(sizes));
        report.put("policies", policies(sizes, classes.classes().countsUnits() ? "people" : "records"));
        if (result.data().holdsTuples()) {
            ReleasedTuples original = ReleasedTuples.all(result.data().tuples());
            report.put(
                    "attributeRisks",
                    Json.object(
                            "original", attributeRisks(AttributeRisks.of(original)),
                            "released", attributeRisks(AttributeRisks.of(released))));
            report.put("quasiIdentifierRanking", ranking(QuasiIdentifierRanking.of(original, released)));
        }
        report.put("sensitiveDisclosure", sensitive());
        settings.context().ifPresent(context -> report.put("releaseContext", context(context, sizes)));
        settings.population()
                .ifPresent(
                        population -> report.put("populationUniqueness", uniqueness(ClassSizes.of(sizes), population)));
    }

    /** Members of each released class: people where privacy units are counted, else records. */
    private long[] sizes() {
        long[] sizes = new long[byUnit.classes().size()];
        int kept = 0;
        for (int c = 0; c < sizes.length; c++) {
            if (byUnit.isKept(c)) {
                sizes[kept++] = byUnit.classes().count(c);
            }
        }
        return Arrays.copyOf(sizes, kept);
    }

    private Map<String, Object> risk(RiskReport risk) {
        Map<String, Object> members = new LinkedHashMap<>(Json.object(
                "threshold", number(risk.threshold()),
                "prosecutor", attacker(risk.prosecutor()),
                "journalist", attacker(risk.journalist()),
                "marketer", Json.object("successRate", number(risk.marketerSuccessRate()))));
        if (classes.classes().countsUnits()) {
            // People cannot be added up over tuples that match.
            return members;
        }
        WildcardRisk.of(released, classes.suppressedRecords(), settings.threshold())
                .ifPresent(wildcard -> members.put(
                        "wildcard",
                        Json.object(
                                "highest", number(wildcard.highest()),
                                "successRate", number(wildcard.successRate()),
                                "recordsAtRisk", number(wildcard.recordsAtRisk()),
                                "patterns", wildcard.patterns())));
        return members;
    }

    private static Map<String, Object> attacker(RiskReport.AttackerRisk risk) {
        return Json.object(
                "highest", number(risk.highest()),
                "successRate", number(risk.successRate()),
                "recordsAtRisk", number(risk.recordsAtRisk()));
    }

    private static List<Object> distribution(long[] sizes) {
        List<Object> bands = new ArrayList<>();
        for (RiskDistribution.Band band : RiskDistribution.of(sizes)) {
            bands.add(Json.object(
                    "from", band.from(),
                    "to", band.to() == Long.MAX_VALUE ? null : band.to(),
                    "classes", band.classes(),
                    "members", band.members()));
        }
        return bands;
    }

    private Map<String, Object> policies(long[] sizes, String counted) {
        Map<String, Object> policies = new LinkedHashMap<>();
        policies.put("counted", counted);
        for (ReleasePolicy policy : ReleasePolicy.values()) {
            ReleasePolicy.Verdict verdict = policy.verdict(sizes);
            policies.put(
                    policy.name(),
                    Json.object(
                            "smallestClass", policy.smallestClass(),
                            "floor", policy.floor(),
                            "met", verdict.met(),
                            "strictAverageMet", verdict.strictAverageMet(),
                            "shareInSmallerClasses", number(verdict.shareInSmallerClasses()),
                            "averageRiskOverMembers", number(verdict.averageRiskOverMembers()),
                            "averageRiskOverClasses", number(verdict.averageRiskOverClasses())));
        }
        return policies;
    }

    private static Map<String, Object> attributeRisks(AttributeRisks risks) {
        List<Object> sets = new ArrayList<>();
        for (AttributeRisks.SetRisk set : risks.sets()) {
            sets.add(Json.object(
                    "attributes", set.attributes(),
                    "distinction", number(set.distinction()),
                    "separation", number(set.separation()),
                    "uniqueRecords", set.uniqueRecords()));
        }
        return Json.object(
                "records", risks.records(),
                "complete", risks.isComplete(),
                "maxSetSize", risks.maxSetSize(),
                "evaluatedSets", risks.evaluated(),
                "sets", sets);
    }

    private static List<Object> ranking(List<QuasiIdentifierRanking.Ranked> ranking) {
        List<Object> ranked = new ArrayList<>();
        for (QuasiIdentifierRanking.Ranked one : ranking) {
            ranked.add(Json.object(
                    "attribute",
                    one.attribute(),
                    "original",
                    alone(one.original()),
                    "released",
                    alone(one.released()),
                    "averageRiskWithout",
                    one.averageRiskWithout().isPresent()
                            ? number(one.averageRiskWithout().getAsDouble())
                            : null));
        }
        return ranked;
    }

    private static Map<String, Object> alone(AttributeRisks.SetRisk risk) {
        return Json.object("distinction", number(risk.distinction()), "separation", number(risk.separation()));
    }

    private List<Object> sensitive() {
        List<Object> members = new ArrayList<>();
        List<SensitiveAttribute> attributes = result.studied().sensitive();
        for (int i = 0; i < attributes.size(); i++) {
            SensitiveDisclosure disclosure = SensitiveDisclosure.of(
                    attributes.get(i).name(),
                    classes,
                    classes.classes().histograms(i),
                    attributes.get(i).frequencies());
            members.add(Json.object(
                    "attribute", disclosure.attribute(),
                    "leastDistinct", disclosure.leastDistinct(),
                    "leastEntropyDiversity", number(disclosure.leastEntropyDiversity()),
                    "greatestDistance", number(disclosure.greatestDistance()),
                    "recordsInHomogeneousClasses", disclosure.recordsInHomogeneousClasses(),
                    "recommended", disclosure.isRecommended()));
        }
        return members;
    }

    private static Map<String, Object> context(ReleaseContext context, long[] sizes) {
        ReleaseContext.Assessment assessment = context.assess(sizes);
        return Json.object(
                "environment", context.environment(),
                "smallestClass", context.environment().smallestClass(),
                "attemptProbability", number(assessment.attemptProbability()),
                "highestRisk", number(assessment.highestRisk()),
                "averageRiskOverClasses", number(assessment.averageRiskOverClasses()),
                "classesBelowThreshold", number(assessment.classesBelowThreshold()),
                "overallRisk", number(assessment.overallRisk()));
    }

    private static Map<String, Object> uniqueness(ClassSizes sizes, long population) {
        Map<String, Object> estimates = new LinkedHashMap<>();
        for (PopulationUniqueness.Estimator estimator : PopulationUniqueness.Estimator.values()) {
            double part = PopulationUniqueness.estimate(estimator, sizes, population);
            if (Double.isFinite(part)) {
                estimates.put(estimator.name().toLowerCase(Locale.ROOT), number(part));
            }
        }
        return Json.object(
                "population",
                population,
                "samplingFraction",
                number((double) sizes.records() / population),
                "sampleUniques",
                sizes.classesOfSize(1),
                "uniquePart",
                estimates);
    }

    private static Object number(double value) {
        return Double.isFinite(value) ? new BigDecimal(Double.toString(value)) : Double.toString(value);
    }
}
