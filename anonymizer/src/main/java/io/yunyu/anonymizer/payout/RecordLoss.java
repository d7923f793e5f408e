package io.yunyu.anonymizer.payout;

import io.yunyu.anonymizer.classes.EquivalenceClasses;
import io.yunyu.anonymizer.classes.QuasiIdentifiers;
import io.yunyu.anonymizer.hierarchy.BoundHierarchy;

/**
 * Entropy-based information loss of a record: 1 + log(share of the domain its labels cover) / log(size of the domain), in
 * [0, 1]; 0 for an original record, 1 for one that says nothing.
 */
public final class RecordLoss {
    private final double logOfDomain;

    public RecordLoss(QuasiIdentifiers quasiIdentifiers) {
        double log = 0;
        for (BoundHierarchy hierarchy : quasiIdentifiers.attributes()) {
            log += Math.log10(hierarchy.domainSize());
        }
        this.logOfDomain = log;
    }

    /** Logarithm to base 10 of the number of tuples in the domain; 0 if there is one only, and then nothing to lose. */
    public double logOfDomain() {
        return logOfDomain;
    }

    /** Loss of each record of a class. */
    public double of(EquivalenceClasses classes, int equivalenceClass) {
        if (logOfDomain == 0) {
            return 0;
        }
        double share = 1;
        for (int i = 0; i < classes.quasiIdentifiers().dimension(); i++) {
            share *= classes.share(equivalenceClass, i);
        }
        return Math.max(0, Math.min(1, 1 + Math.log10(share) / logOfDomain));
    }
}
