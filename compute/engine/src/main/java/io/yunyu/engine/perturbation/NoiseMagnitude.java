package io.yunyu.engine.perturbation;

/** How large the noise of a magnitude cell is relative to the contribution it has to hide. */
public sealed interface NoiseMagnitude {
    /** The coefficient for small contributions. */
    double small();

    /** The size of one unit of noise for a contribution, with the contribution's sign. */
    double unit(double contribution, double epsilon);

    /**
     * One coefficient for all contributions.
     *
     * @param coefficient share of the contribution, above 0 and at most 1
     */
    record Simple(double coefficient) implements NoiseMagnitude {
        public Simple {
            requireShare(coefficient, "Noise coefficient");
        }

        @Override
        public double small() {
            return coefficient;
        }

        @Override
        public double unit(double contribution, double epsilon) {
            return contribution * coefficient * epsilon;
        }
    }

    /**
     * A coefficient that falls with the contribution: {@code small} up to the flex point, approaching {@code large} far
     * above it.
     *
     * @param flexPoint contribution up to which the coefficient is {@code small}, in units of the measure, above 0
     * @param small coefficient up to the flex point, at most 1
     * @param large coefficient for very large contributions, above 0 and below {@code small}
     * @param steepness q, at least 1: how fast the coefficient falls
     */
    record Flex(double flexPoint, double small, double large, double steepness) implements NoiseMagnitude {
        public Flex {
            requireShare(small, "Noise coefficient for small contributions");
            requireShare(large, "Noise coefficient for large contributions");
            if (!(large < small)) {
                throw new IllegalArgumentException("Noise coefficient for large contributions is " + large
                        + ", but must be below the one for small contributions, " + small + ".");
            }
            if (!(flexPoint > 0) || Double.isInfinite(flexPoint)) {
                throw new IllegalArgumentException("Flex point is " + flexPoint
                        + ", but must be above 0 and finite. Without one, use one coefficient for all contributions.");
            }
            if (!(steepness >= 1) || Double.isInfinite(steepness)) {
                throw new IllegalArgumentException("Steepness q is " + steepness + ", but must be at least 1.");
            }
        }

        /** The coefficient m(x) for a contribution of absolute size x of at least the flex point. */
        double coefficient(double size) {
            double excess = (small * size - large * flexPoint) / (large * flexPoint);
            return large * (1 + excess * Math.pow(2 * flexPoint / (flexPoint + size), steepness));
        }

        /** Below the flex point the factor of the component is left out, as the reference implementation does. */
        @Override
        public double unit(double contribution, double epsilon) {
            double size = Math.abs(contribution);
            return size < flexPoint ? contribution * small : contribution * coefficient(size) * epsilon;
        }
    }

    private static void requireShare(double value, String name) {
        if (!(value > 0 && value <= 1)) {
            throw new IllegalArgumentException(name + " is " + value + ", but must be above 0 and at most 1.");
        }
    }
}
