package io.yunyu.anonymizer.risk;

import java.util.Arrays;

/**
 * Named thresholds by where a release may be used. The threshold is kept as a class size, since 1/11 is not 0.09 (the
 * precedents of EMA Policy 0070 and CMS mean eleven people).
 *
 * <p>Sizes may count records or people. Where one person has several records only people count; see {@code
 * EquivalenceClasses.inUnits}.
 */
public enum ReleasePolicy {
    /** Open to everyone: no class below 20. */
    PUBLIC(20, 20),
    /** Handed to a known recipient under an agreement: no class below 11. */
    CONTROLLED(11, 3),
    /** Used inside a controlled environment: no class below 5. */
    ENCLAVE(5, 3);

    private final int smallestClass;
    private final int floor;

    ReleasePolicy(int smallestClass, int floor) {
        this.smallestClass = smallestClass;
        this.floor = floor;
    }

    public int smallestClass() {
        return smallestClass;
    }

    /** Smallest class under which an average below 1/{@link #smallestClass()} still is not enough. */
    public int floor() {
        return floor;
    }

    /** Whether every released class is large enough; an empty release is. */
    public boolean isMet(ClassStatistics statistics) {
        return statistics.classes() == 0 || statistics.minSize() >= smallestClass;
    }

    /** How classes of these sizes, of records or of people, compare with this policy. */
    public Verdict verdict(long[] sizes) {
        long smallest = Arrays.stream(sizes).min().orElse(Long.MAX_VALUE);
        long members = Arrays.stream(sizes).sum();
        long below = Arrays.stream(sizes).filter(size -> size < smallestClass).sum();
        // Classes by members is an average over members; it is compared as whole numbers, like the sizes.
        boolean lowAverage = sizes.length * (long) smallestClass <= members;
        return new Verdict(
                smallest >= smallestClass,
                smallest >= floor && lowAverage,
                members == 0 ? 0 : (double) below / members,
                members == 0 ? 0 : (double) sizes.length / members,
                Arrays.stream(sizes).mapToDouble(size -> 1.0 / size).average().orElse(0));
    }

    /**
     * A release beside a policy.
     *
     * @param met no class is smaller than the policy's
     * @param strictAverageMet the average risk over members is at most one by the policy's class size, and no class is
     *     smaller than the floor; weaker than {@code met}
     * @param shareInSmallerClasses part of the members in classes smaller than the policy's
     * @param averageRiskOverMembers El Emam's average, classes by members
     * @param averageRiskOverClasses mean of the classes' risks, as some tools report it; not smaller than the former
     */
    public record Verdict(
            boolean met,
            boolean strictAverageMet,
            double shareInSmallerClasses,
            double averageRiskOverMembers,
            double averageRiskOverClasses) {}
}
