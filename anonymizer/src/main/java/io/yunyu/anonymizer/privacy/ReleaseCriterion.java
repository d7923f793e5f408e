package io.yunyu.anonymizer.privacy;

/** A privacy model bound to data, as far as it speaks about the sizes of all released classes together. */
interface ReleaseCriterion {
    boolean isSatisfied(ClassSizes released);
}
