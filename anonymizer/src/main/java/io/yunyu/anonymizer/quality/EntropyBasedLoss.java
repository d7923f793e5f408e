package io.yunyu.anonymizer.quality;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;
import io.yunyu.anonymizer.payout.RecordLoss;

/** Entropy-based information loss of classes, and of all records if none were suppressed. */
final class EntropyBasedLoss {
    private final DomainStatistics statistics;
    private final RecordLoss recordLoss;

    EntropyBasedLoss(DomainStatistics statistics) {
        this.statistics = statistics;
        this.recordLoss = new RecordLoss(statistics.quasiIdentifiers());
    }

    double of(EquivalenceClasses classes, int equivalenceClass) {
        return recordLoss.of(classes, equivalenceClass);
    }

    /** Sum over all studied records if none were suppressed; depends on levels only. */
    double unsuppressed(int[] levels) {
        if (recordLoss.logOfDomain() == 0) {
            return 0;
        }
        double sum = statistics.studied();
        for (int i = 0; i < levels.length; i++) {
            BoundHierarchy hierarchy = statistics.quasiIdentifiers().attribute(i);
            for (int code = 0; code < hierarchy.cardinality(levels[i]); code++) {
                sum += statistics.marginal(i, levels[i], code)
                        * Math.log10(hierarchy.share(levels[i], code))
                        / recordLoss.logOfDomain();
            }
        }
        return Math.max(0, sum);
    }
}
