package io.yunyu.anonymizer.risk;

/**
 * Named thresholds by where a release may be used. The threshold is kept as a class size, since 1/11 is not 0.09 (the
 * precedents of EMA Policy 0070 and CMS mean eleven people).
 *
 * <p>Counts records; where one person has several, the caller must group by person first.
 */
public enum ReleasePolicy {
    /** Open to everyone: no class below 20. */
    PUBLIC(20),
    /** Handed to a known recipient under an agreement: no class below 11. */
    CONTROLLED(11),
    /** Used inside a controlled environment: no class below 5. */
    ENCLAVE(5);

    private final int smallestClass;

    ReleasePolicy(int smallestClass) {
        this.smallestClass = smallestClass;
    }

    public int smallestClass() {
        return smallestClass;
    }

    /** Whether every released class is large enough; an empty release is. */
    public boolean isMet(ClassStatistics statistics) {
        return statistics.classes() == 0 || statistics.minSize() >= smallestClass;
    }
}
