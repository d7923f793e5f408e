package io.yunyu.engine.perturbation;

import java.util.OptionalDouble;

/**
 * What is demanded of the noise distribution of one row i.
 *
 * @param stay lower bound for the probability of no noise, in [0, 1); empty leaves it free. It is lowered in steps of
 *     0.05 where the variance cannot be met with it, and ignored where the unperturbed value is itself forbidden.
 * @param variance how strictly the variance is met
 * @param monotone whether the probabilities must not fall from the most negative noise up to no noise
 */
public record RowRule(OptionalDouble stay, VarianceRule variance, boolean monotone) {
    /** No bound on staying, variance as upper limit, monotone. */
    public static final RowRule DEFAULT = new RowRule(OptionalDouble.empty(), VarianceRule.AT_MOST, true);

    public RowRule {
        if (stay.isPresent() && !(stay.getAsDouble() >= 0 && stay.getAsDouble() < 1)) {
            throw new IllegalArgumentException("Probability to stay is " + stay.getAsDouble()
                    + ", but must be at least 0 and below 1, or no noise would be left. Choose a value such as 0.5.");
        }
    }

    /** This rule with a lower bound for the probability of no noise. */
    public RowRule withStay(double lowerBound) {
        return new RowRule(OptionalDouble.of(lowerBound), variance, monotone);
    }

    /** This rule with another strictness of the variance. */
    public RowRule withVariance(VarianceRule rule) {
        return new RowRule(stay, rule, monotone);
    }

    /** This rule with or without the demand of monotony. */
    public RowRule withMonotone(boolean demanded) {
        return new RowRule(stay, variance, demanded);
    }
}
