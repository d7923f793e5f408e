package io.yunyu.engine.privacy;

import java.util.ArrayList;
import java.util.List;

/**
 * The optimal selection under (epsilon, delta): Desfontaines, Voss and Gipson 2022, theorem 1. Both are divided by the
 * number of groups that a unit may be in; together the decisions are (epsilon, delta)-differentially private, and
 * delta-approximately (epsilon&sup2; / 2 l0)-zCDP, since each of the at most l0 decisions that a unit touches costs
 * (epsilon / l0)&sup2; / 2.
 */
public final class TruncatedGeometric implements PartitionSelection {
    static final int MOST_GROUPS = 3;
    static final double LEAST_EPSILON = 1e-4;

    /** Of 0, 1, 2, ... units, until it is 1. */
    private final List<Double> probabilities = new ArrayList<>(List.of(0.0));

    /**
     * @param epsilon above 0; at least 0.0001 per group
     * @param delta above 0, below 1
     * @param l0 most groups that a unit is in, at least 1
     */
    public TruncatedGeometric(double epsilon, double delta, int l0) {
        Parameters.requirePositive("epsilon", epsilon);
        Parameters.requireProbability("delta", delta);
        if (l0 < 1 || epsilon / l0 < LEAST_EPSILON) {
            throw new IllegalArgumentException(
                    "A selection needs at least one group per unit and an epsilon of at least " + LEAST_EPSILON
                            + " for each.");
        }
        double e = epsilon / l0;
        double d = delta / l0;
        double p = 0;
        while (p < 1) {
            p = Math.min(Math.min(Math.exp(e) * p + d, 1 - Math.exp(-e) * (1 - p - d)), 1);
            probabilities.add(p);
        }
    }

    @Override
    public boolean keep(long units, ExactDraws draws) {
        return units > 0 && draws.bernoulli(Ratio.of(keepProbability(units)));
    }

    @Override
    public double keepProbability(long units) {
        return units <= 0 ? 0 : units >= probabilities.size() ? 1 : probabilities.get((int) units);
    }
}
