package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.AnonymizedClasses;
import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import io.yunyu.anonymizer.quality.QualityReport.AttributeQuality;
import java.util.Arrays;
import java.util.stream.IntStream;

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

    /** @param squaredError which cells alone do not tell */
    AttributeQuality quality(double squaredError) {
        double n = statistics.studied();
        double covered = anonymized.suppressedRecords();
        double present = 0;
        double generalized = anonymized.suppressedRecords();
        int height = hierarchy.levels() - 1;
        boolean hasLevels = !hierarchy.isMixed(level) || hierarchy.hasMixedLevels();
        for (int code = 0; code < kept.length; code++) {
            covered += kept[code] * hierarchy.share(level, code);
            present += hierarchy.isAny(level, code) ? 0 : kept[code];
            generalized += height == 0 || !hasLevels ? 0 : kept[code] * ((double) levelOf(code) / height);
        }
        double intensity = generalized / n;
        return new AttributeQuality(
                hierarchy.attribute(),
                QualityReport.normalized(covered / n, 1.0 / hierarchy.domainSize(), 1),
                hasLevels ? QualityReport.normalized(intensity, 0, 1) : Double.NaN,
                hasLevels ? entropy() : Double.NaN,
                present / n,
                squaredError);
    }

    /**
     * Bits lost against bits lost if all were suppressed. Goes level by level through those that cells show: on each, the
     * records that are not released on a finer one lose what they were told apart by, among themselves; the suppressed
     * records last, to {@code *}.
     */
    private double entropy() {
        double n = statistics.studied();
        double[] left = new double[hierarchy.cardinality(0)];
        double all = 0;
        for (int leaf = 0; leaf < left.length; leaf++) {
            left[leaf] = statistics.marginal(attribute, 0, leaf);
            all += left[leaf] == 0 ? 0 : left[leaf] * Math.log(n / left[leaf]);
        }
        double lost = 0;
        int at = 0;
        for (int next : shownLevels()) {
            int[] step = hierarchy.step(at, next);
            double[] merged = new double[hierarchy.cardinality(next)];
            for (int code = 0; code < left.length; code++) {
                merged[step[code]] += left[code];
            }
            for (int code = 0; code < left.length; code++) {
                lost += left[code] == 0 ? 0 : left[code] * Math.log(merged[step[code]] / left[code]);
            }
            for (int code = 0; code < merged.length; code++) {
                merged[code] = Math.max(0, merged[code] - keptOn(next, code));
            }
            left = merged;
            at = next;
        }
        double suppressed = Arrays.stream(left).sum();
        for (double under : left) {
            lost += under == 0 ? 0 : under * Math.log(suppressed / under);
        }
        return all == 0 ? 1 : QualityReport.normalized(lost / all, 0, 1);
    }

    /** Levels that released cells show, ascending. */
    private int[] shownLevels() {
        if (!hierarchy.isMixed(level)) {
            return new int[] {level};
        }
        return IntStream.range(0, hierarchy.levels())
                .filter(l -> IntStream.range(0, hierarchy.cardinality(l)).anyMatch(code -> keptOn(l, code) > 0))
                .toArray();
    }

    /** Records released with a label, which counts for the first level on which it reads so. */
    private long keptOn(int l, int code) {
        int shown = hierarchy.isMixed(level) ? hierarchy.mixedCode(l, code) : code;
        return levelOf(shown) == l ? kept[shown] : 0;
    }

    private int levelOf(int code) {
        return hierarchy.isMixed(level) ? hierarchy.levelOfMixed(code) : level;
    }
}
