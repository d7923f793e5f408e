package io.yunyu.anonymizer.arx;

import io.yunyu.anonymizer.AnonymizationSpec;
import io.yunyu.anonymizer.AttributeSpec;
import io.yunyu.anonymizer.data.AttributeRole;
import io.yunyu.anonymizer.data.Column;
import io.yunyu.anonymizer.data.MicrodataTable;
import java.math.BigDecimal;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import org.deidentifier.arx.DataHandle;
import org.deidentifier.arx.DataScale;
import org.deidentifier.arx.aggregates.StatisticsSummary;

/** ARX's summary statistics under the names of our report, as far as ours has them; those of text are counts and mode. */
final class ArxStatistics {
    private final AnonymizationSpec spec;
    private final MicrodataTable table;

    ArxStatistics(AnonymizationSpec spec, MicrodataTable table) {
        this.spec = spec;
        this.table = table;
    }

    /** Of all records of a handle, the suppressed ones included; attributes as our report lists them. */
    List<Object> of(DataHandle handle) {
        Map<String, StatisticsSummary<?>> summaries = handle.getStatistics().getSummaryStatistics(false);
        List<Object> statistics = new ArrayList<>();
        for (String name : names()) {
            statistics.add(members(name, Objects.requireNonNull(summaries.get(name)), handle.getNumRows()));
        }
        return statistics;
    }

    private List<String> names() {
        List<String> names = new ArrayList<>();
        List<String> listed = new ArrayList<>();
        for (AttributeSpec attribute : spec.attributes()) {
            listed.add(attribute.name());
            if (attribute.role() != AttributeRole.DIRECT_IDENTIFIER) {
                names.add(attribute.name());
            }
        }
        table.columns().stream()
                .map(Column::name)
                .filter(name -> !listed.contains(name))
                .forEach(names::add);
        return names;
    }

    private static Map<String, Object> members(String name, StatisticsSummary<?> summary, long records) {
        Map<String, Object> members = new LinkedHashMap<>();
        long present = summary.getNumberOfMeasuresAsString();
        members.put("attribute", name);
        members.put("records", records);
        members.put("missing", records - present);
        members.put("distinctValues", (long) summary.getNumberOfDistinctValuesAsInt());
        if (present == 0) {
            return members;
        }
        members.put("mode", summary.getModeAsString());
        // A generalized text has the scale of its hierarchy's order there.
        if (summary.getScale() == DataScale.INTERVAL || summary.getScale() == DataScale.RATIO) {
            members.put("median", summary.getMedianAsString());
            members.put("minimum", summary.getMinAsString());
            members.put("maximum", summary.getMaxAsString());
            put(members, "mean", summary.getArithmeticMeanAsDouble());
            put(members, "sampleVariance", summary.getSampleVarianceAsDouble());
            put(members, "populationVariance", summary.getPopulationVarianceAsDouble());
            put(members, "standardDeviation", summary.getStdDevAsDouble());
            put(members, "range", summary.getRangeAsDouble());
            // Of equal numbers, or fewer than four, ARX says 0; ours leaves it out.
            if (present >= 4 && summary.getSampleVarianceAsDouble() > 0) {
                put(members, "kurtosis", summary.getKurtosisAsDouble());
            }
        }
        if (summary.getScale() == DataScale.RATIO) {
            put(members, "geometricMean", summary.getGeometricMeanAsDouble());
        }
        return members;
    }

    private static void put(Map<String, Object> members, String name, double value) {
        if (Double.isFinite(value)) {
            members.put(name, new BigDecimal(Double.toString(value)));
        }
    }
}
