package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.GroupedMicrodata;
import io.yunyu.anonymizer.classes.Histograms;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.DataType;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import io.yunyu.anonymizer.hierarchy.GeneralizationHierarchy;
import io.yunyu.anonymizer.quality.SummaryStatistics;
import io.yunyu.anonymizer.quality.SummaryStatistics.Moments;
import io.yunyu.anonymizer.quality.SummaryStatistics.Quantiles;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.IntPredicate;

/**
 * The report's member of summary statistics. Those of the release are made of what the released records show; those of the
 * input hold values of single records that the release does not show, and are for the records' owner.
 */
final class StatisticsSection {
    private final AnonymizationResult result;
    private final AnonymizedClasses anonymized;
    private final boolean allRecords;
    private final boolean withRows;

    /**
     * @param allRecords whether suppressed records are released too; their quasi-identifiers are missing
     * @param withRows whether attributes take part of which no groups are kept; the rows must be held
     */
    StatisticsSection(AnonymizationResult result, boolean allRecords, boolean withRows) {
        this.result = result;
        this.anonymized = result.outcome().solution().orElseThrow().classes();
        this.allRecords = allRecords;
        this.withRows = withRows;
    }

    /** Statistics of the released cells; direct identifiers are left out. */
    List<Object> ofRelease() {
        List<Object> statistics = new ArrayList<>();
        for (Attribute attribute : attributes()) {
            statistics.add(members(attribute, released(attribute)));
        }
        return statistics;
    }

    /** Statistics of the records under study before generalization and suppression; direct identifiers are left out. */
    List<Object> ofInput() {
        List<Object> statistics = new ArrayList<>();
        for (Attribute attribute : attributes()) {
            statistics.add(members(attribute, original(attribute)));
        }
        return statistics;
    }

    private record Attribute(String name, AttributeRole role, DataType type) {}

    /** Those listed in their order, then the others of the input, which are insensitive. */
    private List<Attribute> attributes() {
        List<Attribute> attributes = new ArrayList<>();
        List<String> listed = new ArrayList<>();
        for (AttributeSpec attribute : result.spec().attributes()) {
            listed.add(attribute.name());
            boolean isGrouped =
                    attribute.role() == AttributeRole.QUASI_IDENTIFIER || attribute.role() == AttributeRole.SENSITIVE;
            if (isGrouped || withRows && attribute.role() == AttributeRole.INSENSITIVE) {
                attributes.add(new Attribute(attribute.name(), attribute.role(), attribute.dataType()));
            }
        }
        if (withRows) {
            result.header().stream()
                    .filter(name -> !listed.contains(name))
                    .forEach(name -> attributes.add(new Attribute(name, AttributeRole.INSENSITIVE, DataType.STRING)));
        }
        return attributes;
    }

    private Map<String, Long> released(Attribute attribute) {
        if (attribute.role == AttributeRole.SENSITIVE) {
            return ofHistogram(attribute);
        } else if (attribute.role == AttributeRole.INSENSITIVE) {
            int[] classOfTuple = result.classOfTuple();
            return ofRows(
                    attribute,
                    row -> allRecords
                            || anonymized.isKept(classOfTuple[result.data().tupleOfRow(row)]));
        }
        Map<String, Long> counts = new HashMap<>();
        List<String> labels = result.labels(attribute.name);
        for (int c = 0; c < labels.size(); c++) {
            if (anonymized.isKept(c)) {
                counts.merge(labels.get(c), anonymized.classes().count(c), Long::sum);
            }
        }
        if (allRecords) {
            counts.merge(GeneralizationHierarchy.ANY, anonymized.suppressedRecords(), Long::sum);
        }
        return counts;
    }

    private Map<String, Long> ofHistogram(Attribute attribute) {
        int sensitive = 0;
        while (!result.studied().sensitive().get(sensitive).name().equals(attribute.name)) {
            sensitive++;
        }
        List<String> dictionary = result.studied().sensitive().get(sensitive).dictionary();
        Histograms histograms = anonymized.classes().histograms(sensitive);
        Map<String, Long> counts = new HashMap<>();
        for (int c = 0; c < anonymized.classes().size(); c++) {
            for (int entry = histograms.start(c);
                    (allRecords || anonymized.isKept(c)) && entry < histograms.end(c);
                    entry++) {
                counts.merge(dictionary.get(histograms.value(entry)), histograms.count(entry), Long::sum);
            }
        }
        return counts;
    }

    /** @param counted of the rows under study */
    private Map<String, Long> ofRows(Attribute attribute, IntPredicate counted) {
        Column column = result.column(attribute.name);
        long[] codes = new long[column.dictionary().size()];
        for (int row = 0; row < result.data().rowCount(); row++) {
            codes[column.code(row)] += result.data().isStudied(row) && counted.test(row) ? 1 : 0;
        }
        return counts(column.dictionary(), codes);
    }

    private Map<String, Long> original(Attribute attribute) {
        GroupedMicrodata data = result.data();
        if (attribute.role == AttributeRole.INSENSITIVE) {
            return ofRows(attribute, row -> true);
        }
        int position = result.quasiIdentifiers().indexOf(attribute.name);
        if (position >= 0) {
            BoundHierarchy values = data.quasiIdentifiers().attribute(position);
            long[] counts = data.valueCounts(position);
            List<String> dictionary = new ArrayList<>();
            for (int code = 0; code < counts.length; code++) {
                dictionary.add(values.label(0, code));
            }
            return counts(dictionary, counts);
        }
        int histogram = 0;
        while (!data.histogramColumns().get(histogram).name().equals(attribute.name)) {
            histogram++;
        }
        return counts(data.histogramColumns().get(histogram).dictionary(), data.histogramTotals(histogram));
    }

    private static Map<String, Long> counts(List<String> dictionary, long[] counts) {
        Map<String, Long> byValue = new HashMap<>();
        for (int code = 0; code < counts.length; code++) {
            byValue.put(dictionary.get(code), counts[code]);
        }
        return byValue;
    }

    private static Map<String, Object> members(Attribute attribute, Map<String, Long> counts) {
        SummaryStatistics statistics = SummaryStatistics.of(attribute.type, counts);
        Map<String, Object> members = new LinkedHashMap<>();
        members.put("attribute", attribute.name);
        members.put("scale", statistics.scale());
        members.put("records", statistics.records());
        members.put("missing", statistics.missing());
        members.put("distinctValues", statistics.distinctValues());
        statistics.mode().ifPresent(mode -> {
            members.put("mode", mode.value());
            members.put("modeRecords", mode.records());
        });
        statistics.quantiles().ifPresent(quantiles -> put(members, quantiles));
        statistics.moments().ifPresent(moments -> put(members, moments));
        return members;
    }

    private static void put(Map<String, Object> members, Quantiles quantiles) {
        members.put("minimum", quantiles.minimum());
        members.put("lowerQuartile", quantiles.lowerQuartile());
        members.put("median", quantiles.median());
        members.put("upperQuartile", quantiles.upperQuartile());
        members.put("maximum", quantiles.maximum());
    }

    private static void put(Map<String, Object> members, Moments moments) {
        number(moments.mean()).ifPresent(value -> members.put("mean", value));
        number(moments.sampleVariance()).ifPresent(value -> members.put("sampleVariance", value));
        number(moments.populationVariance()).ifPresent(value -> members.put("populationVariance", value));
        number(moments.standardDeviation()).ifPresent(value -> members.put("standardDeviation", value));
        number(moments.range()).ifPresent(value -> members.put("range", value));
        number(moments.skewness()).ifPresent(value -> members.put("skewness", value));
        number(moments.kurtosis()).ifPresent(value -> members.put("kurtosis", value));
        number(moments.geometricMean()).ifPresent(value -> members.put("geometricMean", value));
    }

    private static Optional<Object> number(double value) {
        return Double.isFinite(value) ? Optional.of(new BigDecimal(Double.toString(value))) : Optional.empty();
    }
}
