package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;

/** Entropy-based information loss of a class: 1 + log(share of the domain) / log(size of the domain), in [0, 1]. */
final class EntropyBasedLoss {
    private final DomainStatistics statistics;
    private final double logOfDomain;

    EntropyBasedLoss(DomainStatistics statistics) {
        this.statistics = statistics;
        double log = 0;
        for (BoundHierarchy hierarchy : statistics.quasiIdentifiers().attributes()) {
            log += Math.log10(hierarchy.domainSize());
        }
        this.logOfDomain = log;
    }

    double of(EquivalenceClasses classes, int equivalenceClass) {
        if (logOfDomain == 0) {
            return 0;
        }
        double share = 1;
        for (int i = 0; i < statistics.dimension(); i++) {
            share *= classes.share(equivalenceClass, i);
        }
        return clip(1 + Math.log10(share) / logOfDomain);
    }

    /** Sum over all studied records if none were suppressed; depends on levels only. */
    double unsuppressed(int[] levels) {
        if (logOfDomain == 0) {
            return 0;
        }
        double sum = statistics.studied();
        for (int i = 0; i < levels.length; i++) {
            BoundHierarchy hierarchy = statistics.quasiIdentifiers().attribute(i);
            for (int code = 0; code < hierarchy.cardinality(levels[i]); code++) {
                sum += statistics.marginal(i, levels[i], code)
                        * Math.log10(hierarchy.share(levels[i], code))
                        / logOfDomain;
            }
        }
        return Math.max(0, sum);
    }

    private static double clip(double value) {
        return Math.max(0, Math.min(1, value));
    }
}
