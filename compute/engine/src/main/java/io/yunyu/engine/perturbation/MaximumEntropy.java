package io.yunyu.engine.perturbation;

import java.util.Optional;

/**
 * The noise distribution of highest entropy on a finite support with mean 0.
 *
 * <p>Works on the dual. For multipliers a (mean), b (variance) and c (staying) the maximiser is
 * p(v) ∝ exp(a v + b v² + c [v=0]); under monotony up to v = 0 the exponents are first replaced by their isotonic
 * regression, which pools tied neighbours. The dual function is convex with a continuous gradient, so a damped Newton
 * method finds the multipliers. Inequalities are settled by trying which of them bind: a binding one must pull in its own
 * direction (b at most 0 for a variance limit, c at least 0 for a staying bound).
 */
final class MaximumEntropy {
    private static final int MAX_RELAXATIONS = 20;
    private static final double RELAXATION = 0.05;
    private static final double TOLERANCE = 1e-9;

    private final double[] support;
    private final double variance;
    private final RowRule rule;
    /** Position up to which probabilities must not fall, or 0 where nothing is demanded. */
    private final int monotoneUntil;

    private final boolean canStay;

    MaximumEntropy(double[] support, double variance, RowRule rule) {
        this.support = support;
        this.variance = variance;
        this.rule = rule;
        int zero = 0;
        while (zero < support.length && support[zero] < 0) {
            zero++;
        }
        canStay = zero < support.length && support[zero] == 0;
        monotoneUntil = rule.monotone() ? Math.max(0, canStay ? zero : zero - 1) : 0;
    }

    /** The probabilities in the order of the support; empty if no distribution meets mean and variance. */
    Optional<double[]> probabilities() {
        if (!canStay || rule.stay().isEmpty()) {
            return solve(0);
        }
        Optional<double[]> best = Optional.empty();
        for (int k = 0; k <= MAX_RELAXATIONS; k++) {
            double bound = Math.max(0, rule.stay().getAsDouble() - k * RELAXATION);
            Optional<double[]> candidate = solve(bound);
            if (candidate.isPresent()) {
                best = candidate;
                if (Math.abs(secondMoment(candidate.get()) - variance) < 1e-7 * Math.max(1, variance)) {
                    return best;
                }
            }
        }
        return best;
    }

    private Optional<double[]> solve(double stayBound) {
        boolean limitOnly = rule.variance() == VarianceRule.AT_MOST;
        for (int binding = 0; binding < 4; binding++) {
            boolean varianceBinds = (binding & 1) != 0;
            boolean stayBinds = (binding & 2) != 0;
            if (!varianceBinds && !limitOnly || stayBinds && stayBound == 0) {
                continue;
            }
            DualNewton.Solution solution = new DualNewton(support, monotoneUntil, Math.sqrt(variance))
                    .minimise(varianceBinds ? variance : Double.NaN, stayBinds ? stayBound : Double.NaN);
            if (solution.converged()
                    && (!varianceBinds || !limitOnly || solution.variancePull() <= TOLERANCE)
                    && (!stayBinds || solution.stayPull() >= -TOLERANCE)
                    && isFeasible(solution.probabilities(), stayBound)) {
                return Optional.of(solution.probabilities());
            }
        }
        return Optional.empty();
    }

    private boolean isFeasible(double[] p, double stayBound) {
        double stay = 0;
        for (int k = 0; k < p.length; k++) {
            stay += support[k] == 0 ? p[k] : 0;
        }
        return secondMoment(p) <= variance + TOLERANCE * Math.max(1, variance)
                && (stayBound == 0 || stay >= stayBound - TOLERANCE);
    }

    private double secondMoment(double[] p) {
        double sum = 0;
        for (int k = 0; k < p.length; k++) {
            sum += p[k] * support[k] * support[k];
        }
        return sum;
    }
}
