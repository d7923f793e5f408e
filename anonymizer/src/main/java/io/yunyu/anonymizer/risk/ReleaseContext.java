package io.yunyu.anonymizer.risk;

import io.yunyu.anonymizer.data.InputException;
import java.util.Arrays;
import java.util.OptionalDouble;

/**
 * Where a release is used and how likely an attack is there, after the quantitative scheme that a third party's public
 * implementation ascribes to annex D of GB/T 42460-2023. The standard's paid text was not read: confirm there before
 * you rely on it.
 *
 * @param control how well the recipient protects the data against its own staff
 * @param motive how much the recipient's staff has to gain, and can do
 * @param breachControl how well the recipient protects the data against outsiders
 * @param prevalence part of the population that has the trait in question, in [0, 1]; with {@code acquaintances} gives
 *     the probability that an insider happens to know someone in the data
 * @param acquaintances people whom one person knows; 0 to leave acquaintance out
 */
public record ReleaseContext(
        Environment environment,
        Grade control,
        Grade motive,
        Grade breachControl,
        OptionalDouble prevalence,
        int acquaintances) {
    /** Where a release is used. */
    public enum Environment {
        /** 完全公开. */
        PUBLIC(20),
        /** 受控公开. */
        CONTROLLED(5),
        /** 领地公开. */
        ENCLAVE(3);

        private final int smallestClass;

        Environment(int smallestClass) {
            this.smallestClass = smallestClass;
        }

        /** Smallest class of the scheme; smaller ones make the overall risk 1. */
        public int smallestClass() {
            return smallestClass;
        }
    }

    /** A judgement in three steps. */
    public enum Grade {
        LOW,
        MEDIUM,
        HIGH
    }

    /** By control, low first, and by motive, low first. */
    private static final double[][] DELIBERATE = {{0.4, 0.5, 0.6}, {0.2, 0.3, 0.4}, {0.05, 0.1, 0.2}};

    private static final double[] BREACH = {0.55, 0.27, 0.14};

    public ReleaseContext {
        if (acquaintances < 0
                || prevalence.isPresent() && !(prevalence.getAsDouble() >= 0 && prevalence.getAsDouble() <= 1)) {
            throw new InputException("releaseContext needs prevalence in [0, 1] and acquaintances not below 0, got "
                    + prevalence.orElse(0) + " and " + acquaintances + ".");
        }
    }

    /** Probability that somebody tries; 1 in public. */
    public double attemptProbability() {
        if (environment == Environment.PUBLIC) {
            return 1;
        }
        double acquaintance = prevalence.isPresent() ? 1 - Math.pow(1 - prevalence.getAsDouble(), acquaintances) : 0;
        double deliberate = DELIBERATE[control.ordinal()][motive.ordinal()];
        return Math.max(Math.max(deliberate, acquaintance), BREACH[breachControl.ordinal()]);
    }

    /**
     * Risk of a release of classes of these sizes.
     *
     * @param sizes people per released class; none is no risk
     */
    public Assessment assess(long[] sizes) {
        long small = Arrays.stream(sizes)
                .filter(size -> size < environment.smallestClass())
                .count();
        double highest =
                Arrays.stream(sizes).mapToDouble(size -> 1.0 / size).max().orElse(0);
        double average =
                Arrays.stream(sizes).mapToDouble(size -> 1.0 / size).average().orElse(0);
        double attempt = attemptProbability();
        double overall = attempt * (environment == Environment.PUBLIC ? highest : average);
        return new Assessment(
                attempt,
                highest,
                average,
                sizes.length == 0 ? 0 : (double) small / sizes.length,
                small > 0 ? 1 : overall);
    }

    /**
     * What the scheme makes of a release.
     *
     * @param attemptProbability probability that somebody tries
     * @param highestRisk greatest risk of a class
     * @param averageRiskOverClasses mean risk of the classes
     * @param classesBelowThreshold part of the classes smaller than the environment's
     * @param overallRisk 1 if there is such a class
     */
    public record Assessment(
            double attemptProbability,
            double highestRisk,
            double averageRiskOverClasses,
            double classesBelowThreshold,
            double overallRisk) {}
}
