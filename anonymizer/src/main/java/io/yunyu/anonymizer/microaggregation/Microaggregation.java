package io.yunyu.anonymizer.microaggregation;

import io.yunyu.anonymizer.data.InputException;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SplittableRandom;

/**
 * Releases one value per class in place of an attribute's values.
 *
 * @param function how the value is found
 * @param ignoreMissing whether missing values ({@code NULL}) are left out; else one makes the result missing
 * @param clustering whether the attribute's hierarchy also forms the classes; else the attribute does not form them
 * @param fallback what to draw by among the most frequent values; for that function only
 */
public record Microaggregation(
        AggregateFunction function, boolean ignoreMissing, boolean clustering, Optional<Distribution> fallback) {
    public Microaggregation {
        if (fallback.isPresent() != (function == AggregateFunction.MODE_WITH_DISTRIBUTION_FALLBACK)) {
            throw new InputException(
                    "microaggregation.distribution goes with function MODE_WITH_DISTRIBUTION_FALLBACK, which"
                            + " needs it.");
        }
    }

    public Microaggregation(AggregateFunction function, boolean ignoreMissing, boolean clustering) {
        this(function, ignoreMissing, clustering, Optional.empty());
    }

    /**
     * A distribution of values.
     *
     * @param weights relative to each other; a value that is not named is drawn only if no other is at hand
     * @param seed with which, and the place of a class's first record, draws are repeated
     */
    public record Distribution(Map<String, Double> weights, long seed) {
        public Distribution {
            weights = Map.copyOf(weights);
            if (!weights.values().stream().allMatch(weight -> weight >= 0 && Double.isFinite(weight))) {
                throw new InputException("microaggregation.distribution must have finite weights of at least 0.");
            }
        }

        /** One of some values. @param place a number for the class that nothing changes */
        String draw(List<String> among, long place) {
            double all = among.stream().mapToDouble(this::weight).sum();
            // Mixed first: generators of neighbouring seeds are alike.
            double drawn = all * new SplittableRandom(new SplittableRandom(seed).nextLong() ^ place).nextDouble();
            for (String value : among) {
                drawn -= weight(value);
                if (drawn < 0) {
                    return value;
                }
            }
            return among.get(0);
        }

        private double weight(String value) {
            return weights.getOrDefault(value, 0.0);
        }

        @Override
        public String toString() {
            return "Distribution of " + weights.size() + " values";
        }
    }
}
