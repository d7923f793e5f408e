package io.yunyu.anonymizer;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import io.yunyu.contract.json.Json;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The report's member on how far each quasi-identifier was generalized. Shows labels of released records only: a value
 * that was generalized away or suppressed does not appear.
 */
final class AttributeSection {
    /** Labels shown per attribute; the rest is summed up. */
    private static final int SHOWN_LABELS = 12;

    private AttributeSection() {}

    static List<Object> of(AnonymizedClasses anonymized) {
        EquivalenceClasses classes = anonymized.classes();
        List<Object> attributes = new ArrayList<>();
        for (int i = 0; i < classes.quasiIdentifiers().dimension(); i++) {
            attributes.add(attribute(anonymized, i));
        }
        return attributes;
    }

    private static Map<String, @Nullable Object> attribute(AnonymizedClasses anonymized, int attribute) {
        EquivalenceClasses classes = anonymized.classes();
        BoundHierarchy hierarchy = classes.quasiIdentifiers().attribute(attribute);
        int level = classes.level(attribute);
        List<Integer> labelsPerLevel = new ArrayList<>();
        for (int l = 0; l < hierarchy.levels(); l++) {
            labelsPerLevel.add(hierarchy.cardinality(l));
        }
        long[] records = new long[hierarchy.cardinality(level)];
        for (int c = 0; c < classes.size(); c++) {
            if (anonymized.isKept(c)) {
                records[classes.code(c, attribute)] += classes.count(c);
            }
        }
        Map<String, @Nullable Object> members = new LinkedHashMap<>();
        members.put("attribute", hierarchy.attribute());
        members.put("level", level(hierarchy, level, records));
        members.put("labelsPerLevel", labelsPerLevel);
        members.put(
                "releasedLabelCount",
                Arrays.stream(records).filter(count -> count > 0).count());
        members.put("releasedLabels", labels(hierarchy, level, records));
        members.put("recordsUnderOtherLabels", others(records));
        return members;
    }

    /** Null for ranges, which stand on no level. */
    private static @Nullable Integer level(BoundHierarchy hierarchy, int level, long[] records) {
        if (!hierarchy.isMixed(level)) {
            return level;
        }
        return hierarchy.hasMixedLevels() ? greatestLevel(hierarchy, records) : null;
    }

    /** Where records were recoded with levels of their own. */
    private static int greatestLevel(BoundHierarchy hierarchy, long[] records) {
        int greatest = 0;
        for (int code = 0; code < records.length; code++) {
            greatest = Math.max(greatest, records[code] > 0 ? hierarchy.levelOfMixed(code) : 0);
        }
        return greatest;
    }

    private static List<Object> labels(BoundHierarchy hierarchy, int level, long[] records) {
        List<Object> labels = new ArrayList<>();
        for (int code : mostFrequent(records)) {
            labels.add(Json.object("label", hierarchy.label(level, code), "records", records[code]));
        }
        return labels;
    }

    private static long others(long[] records) {
        long others = 0;
        for (long count : records) {
            others += count;
        }
        for (int code : mostFrequent(records)) {
            others -= records[code];
        }
        return others;
    }

    private static List<Integer> mostFrequent(long[] records) {
        List<Integer> codes = new ArrayList<>();
        for (int code = 0; code < records.length; code++) {
            if (records[code] > 0) {
                codes.add(code);
            }
        }
        codes.sort(Comparator.comparingLong((Integer code) -> records[code]).reversed());
        return codes.subList(0, Math.min(SHOWN_LABELS, codes.size()));
    }
}
