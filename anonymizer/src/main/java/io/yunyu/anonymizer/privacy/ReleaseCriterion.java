package io.yunyu.anonymizer.privacy;

/** A privacy model bound to data, as far as it speaks about the sizes of all released classes together. */
public interface ReleaseCriterion {
    boolean isSatisfied(ClassSizes released);

    /**
     * Whether merging classes never makes it necessary to suppress more records, so that the search may leave out what is
     * finer than a transformation that exceeds the limit.
     */
    default boolean mergingEases() {
        return true;
    }
}
