package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import io.yunyu.anonymizer.quality.QualityReport.AttributeQuality;

/** Quality of the cells of one quasi-identifier. */
final class CellQuality {
    private final AnonymizedClasses anonymized;
    private final DomainStatistics statistics;
    private final int attribute;
    private final BoundHierarchy hierarchy;
    private final int level;
    private final long[] kept;

    CellQuality(AnonymizedClasses anonymized, DomainStatistics statistics, int attribute) {
        this.anonymized = anonymized;
        this.statistics = statistics;
        this.attribute = attribute;
        EquivalenceClasses classes = anonymized.classes();
        this.hierarchy = classes.quasiIdentifiers().attribute(attribute);
        this.level = classes.level(attribute);
        this.kept = new long[hierarchy.cardinality(level)];
        for (int c = 0; c < classes.size(); c++) {
            if (anonymized.isKept(c)) {
                kept[classes.code(c, attribute)] += classes.count(c);
            }
        }
    }

    AttributeQuality quality() {
        double n = statistics.studied();
        double covered = anonymized.suppressedRecords();
        double present = 0;
        for (int code = 0; code < kept.length; code++) {
            covered += kept[code] * hierarchy.share(level, code);
            present += hierarchy.isAny(level, code) ? 0 : kept[code];
        }
        int height = hierarchy.levels() - 1;
        double relativeLevel = height == 0 ? 0 : (double) level / height;
        double intensity = (anonymized.suppressedRecords() + (n - anonymized.suppressedRecords()) * relativeLevel) / n;
        return new AttributeQuality(
                hierarchy.attribute(),
                QualityReport.normalized(covered / n, 1.0 / hierarchy.domainSize(), 1),
                QualityReport.normalized(intensity, 0, 1),
                entropy(),
                present / n);
    }

    /** Bits lost by labels, and by suppression of all that a value was, against bits lost if all were suppressed. */
    private double entropy() {
        double n = statistics.studied();
        double all = 0;
        for (int leaf = 0; leaf < hierarchy.cardinality(0); leaf++) {
            double count = statistics.marginal(attribute, 0, leaf);
            all += count == 0 ? 0 : count * Math.log(n / count);
        }
        if (all == 0) {
            return 1;
        }
        double released = 0;
        int[] step = hierarchy.step(0, level);
        for (int leaf = 0; leaf < step.length; leaf++) {
            double count = statistics.marginal(attribute, 0, leaf);
            long label = statistics.marginal(attribute, level, step[leaf]);
            double keptPart = label == 0 ? 0 : (double) kept[step[leaf]] / label;
            // Records of a label are taken to be suppressed alike, whichever of its values they had.
            released += count == 0
                    ? 0
                    : count * (keptPart * Math.log(label / count) + (1 - keptPart) * Math.log(n / count));
        }
        return QualityReport.normalized(released / all, 0, 1);
    }
}
