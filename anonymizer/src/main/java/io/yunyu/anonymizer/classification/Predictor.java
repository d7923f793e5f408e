package io.yunyu.anonymizer.classification;

/** What a classifier has learned. */
interface Predictor {
    /** The probability of each response for a tuple, whether or not a record of it was learned from. */
    double[] probabilities(int tuple);

    /** Whether it is what the method defines, and not what was reached within its bounds. */
    default boolean isConverged() {
        return true;
    }
}
