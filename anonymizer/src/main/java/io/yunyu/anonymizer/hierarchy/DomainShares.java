package io.yunyu.anonymizer.hierarchy;

/** How much of the domain a label covers where that is known from the hierarchy's construction and not by counting values. */
interface DomainShares {
    /** Weight of the whole domain. */
    double total();

    /** Weight of a label, in (0, total]. */
    double weight(int level, String label);
}
