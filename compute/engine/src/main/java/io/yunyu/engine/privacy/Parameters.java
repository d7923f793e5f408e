package io.yunyu.engine.privacy;

/** Checks of what a caller chose. */
final class Parameters {
    private Parameters() {}

    static void requirePositive(String name, double value) {
        if (!(value > 0) || Double.isInfinite(value)) {
            throw new IllegalArgumentException(
                    "Parameter " + name + " is " + value + ", but must be a number above 0. Choose another.");
        }
    }

    static void requireProbability(String name, double value) {
        if (!(value > 0 && value < 1)) {
            throw new IllegalArgumentException(
                    "Parameter " + name + " is " + value + ", but must lie between 0 and 1. Choose another.");
        }
    }
}
