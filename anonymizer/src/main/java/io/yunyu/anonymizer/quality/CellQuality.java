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
        double generalized = anonymized.suppressedRecords();
        int height = hierarchy.levels() - 1;
        for (int code = 0; code < kept.length; code++) {
            covered += kept[code] * hierarchy.share(level, code);
            present += hierarchy.isAny(level, code) ? 0 : kept[code];
            generalized += height == 0 ? 0 : kept[code] * ((double) levelOf(code) / height);
        }
        double intensity = generalized / n;
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
        for (int leaf = 0; leaf < hierarchy.cardinality(0); leaf++) {
            double count = statistics.marginal(attribute, 0, leaf);
            released += count == 0 ? 0 : lost(leaf, count, n);
        }
        return QualityReport.normalized(released / all, 0, 1);
    }

    /** Records of a label are taken to be alike, whichever of its values they had. */
    private double lost(int leaf, double count, double n) {
        double lost = 0;
        double left = count;
        int from = hierarchy.isMixed(level) ? 0 : level;
        int to = hierarchy.isMixed(level) ? hierarchy.levels() - 1 : level;
        for (int l = from; l <= to; l++) {
            int code = hierarchy.generalize(leaf, l);
            int shown = hierarchy.isMixed(level) ? hierarchy.mixedCode(l, code) : code;
            double label = statistics.marginal(attribute, l, code);
            if (levelOf(shown) == l) {
                double here = kept[shown] * count / label;
                lost += here * Math.log(label / count);
                left -= here;
            }
        }
        return lost + Math.max(0, left) * Math.log(n / count);
    }

    private int levelOf(int code) {
        return hierarchy.isMixed(level) ? hierarchy.levelOfMixed(code) : level;
    }
}
