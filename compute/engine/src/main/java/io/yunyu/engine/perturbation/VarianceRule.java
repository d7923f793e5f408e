package io.yunyu.engine.perturbation;

/** How strictly the noise variance V of a row is met. */
public enum VarianceRule {
    /** V is an upper limit; it is reached unless the distribution of highest entropy has less variance. */
    AT_MOST,
    /** V is met exactly, or the table is refused. Rows with a short left side often need this to reach V. */
    EXACTLY
}
