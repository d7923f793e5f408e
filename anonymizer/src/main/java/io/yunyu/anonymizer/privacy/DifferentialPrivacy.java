package io.yunyu.anonymizer.privacy;

import java.util.Optional;
import java.util.OptionalLong;

/**
 * (epsilon, delta)-differential privacy by random sampling, a generalization that does not look at the data or is itself
 * chosen under differential privacy, and suppression of small classes (Li, Qardaji and Su 2011; SafePub, Bild, Kuhn and Prasser 2018).
 *
 * <p>Every record is drawn with probability 1 - e^-epsilon, where the search's budget is taken off epsilon. Suppression is unlimited. A seed makes the sample
 * reproducible, and lets whoever knows it undo the protection: for tests and comparisons only.
 *
 * @param epsilon positive
 * @param delta in (0, 1)
 * @param degree how far every quasi-identifier is generalized; of no effect with a search
 * @param search chooses the levels; absent for those of {@code degree}
 * @param seed of {@link java.util.Random}; absent for a sample that nobody can repeat
 */
public record DifferentialPrivacy(
        double epsilon, double delta, Degree degree, Optional<LevelSearch> search, OptionalLong seed)
        implements PrivacyModel {
    /**
     * A search for levels by the exponential mechanism.
     *
     * @param budget part of epsilon that it spends, positive
     * @param steps transformations that it expands, at least 1
     */
    public record LevelSearch(double budget, int steps) {
        public static final double DEFAULT_BUDGET = 0.1;
        public static final int DEFAULT_STEPS = 50;

        public LevelSearch {
            PrivacyModel.require(
                    budget > 0 && Double.isFinite(budget),
                    "differential-privacy",
                    "searchBudget must be positive, got " + budget);
            PrivacyModel.require(
                    steps >= 1 && steps <= 10_000,
                    "differential-privacy",
                    "steps must lie in [1, 10000], got " + steps);
        }
    }

    public DifferentialPrivacy(double epsilon, double delta, Degree degree, OptionalLong seed) {
        this(epsilon, delta, degree, Optional.empty(), seed);
    }

    /** Generalization as a part of each hierarchy's height. */
    public enum Degree {
        NONE(0),
        LOW(0.2),
        LOW_MEDIUM(0.4),
        MEDIUM(0.5),
        MEDIUM_HIGH(0.6),
        HIGH(0.8),
        COMPLETE(1);

        private final double factor;

        Degree(double factor) {
            this.factor = factor;
        }

        /** The level of an attribute whose hierarchy has the given height, within its allowed levels. */
        public int level(int height, int min, int max) {
            return Math.max(min, Math.min(max, (int) Math.round(factor * height)));
        }
    }

    public DifferentialPrivacy {
        PrivacyModel.require(
                epsilon > 0 && epsilon <= 20, "differential-privacy", "epsilon must lie in (0, 20], got " + epsilon);
        PrivacyModel.require(delta > 0 && delta < 1, "differential-privacy", "delta must lie in (0, 1), got " + delta);
        PrivacyModel.require(
                search.isEmpty() || search.get().budget() < epsilon,
                "differential-privacy",
                "searchBudget must be less than epsilon");
    }

    @Override
    public String label() {
        return "differential-privacy(epsilon=" + epsilon + ", delta=" + delta + ", "
                + search.map(how -> "levels chosen by data, searchBudget=" + how.budget() + ", steps=" + how.steps())
                        .orElse(degree.toString())
                + ")";
    }

    @Override
    public boolean allowsLocalRecoding() {
        return false;
    }

    /** Probability that a record is drawn. */
    public double samplingProbability() {
        return -Math.expm1(-releaseEpsilon());
    }

    /** What of epsilon the release itself may spend. */
    private double releaseEpsilon() {
        return epsilon - search.map(LevelSearch::budget).orElse(0.0);
    }

    @Override
    public long minimumClassSize(StudiedData data) {
        return smallestClass();
    }

    /**
     * Smallest k for which suppressing classes of fewer than k sampled records gives the guarantee; beyond any number of
     * records where epsilon is so large that hardly a record is left out.
     */
    public long smallestClass() {
        long enough = 1;
        while (failure(enough) > delta) {
            enough *= 2;
        }
        long tooFew = enough / 2;
        while (enough - tooFew > 1) {
            long k = tooFew + (enough - tooFew) / 2;
            if (failure(k) > delta) {
                tooFew = k;
            } else {
                enough = k;
            }
        }
        return enough;
    }

    /**
     * The delta that a class size gives: the greatest probability, over the true sizes n that can show k records, that
     * more than the part gamma of n is drawn. Falls with k. The terms fall exponentially (Chernoff), so that few are needed.
     */
    private double failure(long k) {
        // Of records left out, since for a large epsilon what is left out is lost in rounding beside what is drawn:
        // gamma = 1 - e^-2epsilon.
        double leftOut = Math.exp(-releaseEpsilon());
        double rest = leftOut * leftOut;
        double divergence = (1 - rest) * (Math.log1p(-rest) - Math.log1p(-leftOut)) - rest * releaseEpsilon();
        double greatest = 0;
        for (long n = Math.max(1, (long) Math.ceil((k - 1) / (1 - rest) - 1));
                Math.exp(-n * divergence) > greatest;
                n++) {
            greatest = Math.max(greatest, atMost((long) Math.ceil(n * rest) - 1, n, leftOut));
        }
        return greatest;
    }

    /** Probability that a binomial variable of n trials does not exceed {@code most}. */
    private static double atMost(long most, long n, double p) {
        double log = most * Math.log(p) + (n - most) * Math.log1p(-p);
        for (long j = 0; j < most; j++) {
            log += Math.log((double) (n - j) / (j + 1));
        }
        double term = Math.exp(log);
        double sum = 0;
        for (long j = most; j >= 0; j--) {
            sum += term;
            term *= (double) j / (n - j + 1) * (1 - p) / p;
        }
        return sum;
    }

    /** The model among others, if it is asked for. */
    public static Optional<DifferentialPrivacy> among(Iterable<PrivacyModel> models) {
        for (PrivacyModel model : models) {
            if (model instanceof DifferentialPrivacy found) {
                return Optional.of(found);
            }
        }
        return Optional.empty();
    }
}
