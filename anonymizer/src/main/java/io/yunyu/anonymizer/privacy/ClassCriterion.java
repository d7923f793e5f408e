package io.yunyu.anonymizer.privacy;

import io.yunyu.anonymizer.classes.EquivalenceClasses;

/** A privacy model bound to data, as far as each equivalence class satisfies or violates it by itself. */
interface ClassCriterion {
    boolean isSatisfied(EquivalenceClasses classes, int equivalenceClass);

    /**
     * What merging classes does to the verdict.
     *
     * <p>MONOTONE: a class that contains a satisfying class satisfies. CONVEX: the union of satisfying classes satisfies.
     * NONE: neither is promised.
     */
    enum Merging {
        MONOTONE,
        CONVEX,
        NONE
    }

    Merging merging();

    /** Whether a class without a studied record that violates the criterion rejects the whole transformation. */
    default boolean bindsUnstudiedClasses() {
        return false;
    }
}
