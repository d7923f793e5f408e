package io.yunyu.anonymizer.privacy;

/**
 * A privacy model bound to data, as far as it speaks about the sizes of all released classes together.
 *
 * <p>An implementation guarantees that merging classes never makes it necessary to suppress more records: the search
 * leaves out what is finer than a transformation that exceeds the limit.
 */
interface ReleaseCriterion {
    boolean isSatisfied(ClassSizes released);
}
