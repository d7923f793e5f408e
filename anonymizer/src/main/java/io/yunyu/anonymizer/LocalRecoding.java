package io.yunyu.anonymizer;

import io.yunyu.anonymizer.data.InputException;
import java.util.OptionalDouble;

/**
 * Anonymizes the suppressed records once more by themselves, with levels of their own, and perhaps again and again. What
 * is near the whole table's distribution is still measured against all records.
 *
 * @param mode how often, and within which suppression limit
 * @param factor replaces the objective's generalization/suppression factor in [0, 1]; absent to keep it
 * @param records in the fast modes the part of all records, in (0, 1], that each round must recode
 * @param iterations greatest number of rounds, at least 1
 * @param adaptation in mode ITERATIVE added to the factor after a round that recoded nothing, not negative; the
 *     recoding ends where the factor would exceed 1
 */
public record LocalRecoding(Mode mode, OptionalDouble factor, double records, int iterations, double adaptation) {
    /** How the rounds go. */
    public enum Mode {
        /** One round within the specification's suppression limit. */
        OPTIMIZE,
        /** One round that recodes at least {@code records}. */
        FAST,
        /** Rounds within the specification's suppression limit until nothing more is recoded. */
        ITERATIVE,
        /** Rounds that each recode at least {@code records}, until nothing more is recoded. */
        ITERATIVE_FAST;

        boolean isFast() {
            return this == FAST || this == ITERATIVE_FAST;
        }

        boolean isIterative() {
            return this == ITERATIVE || this == ITERATIVE_FAST;
        }
    }

    /** Rounds of an iterative mode that names no number. */
    public static final int DEFAULT_ITERATIONS = 1_000;

    public LocalRecoding {
        require(factor.isEmpty() || factor.getAsDouble() >= 0 && factor.getAsDouble() <= 1, "the factor", "[0, 1]");
        require(!mode.isFast() || records > 0 && records <= 1, "records", "(0, 1]");
        require(iterations >= 1, "iterations", "[1, 2147483647]");
        require(adaptation >= 0 && adaptation <= 1, "adaptation", "[0, 1]");
        if (adaptation > 0 && (mode != Mode.ITERATIVE || factor.isEmpty())) {
            throw new InputException("localRecoding: adaptation goes with mode iterative and a"
                    + " generalizationSuppressionFactor. Add them, or leave adaptation out.");
        }
    }

    private static void require(boolean valid, String what, String range) {
        if (!valid) {
            throw new InputException("localRecoding: " + what + " must lie in " + range + ".");
        }
    }

    /** Suppression limit of a round, as a part of the records that are left. */
    double limit(double limitOfSpec, long allRecords, long left) {
        return mode.isFast() ? Math.max(0, 1 - records * allRecords / left) : limitOfSpec;
    }
}
