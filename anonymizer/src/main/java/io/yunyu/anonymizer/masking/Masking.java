package io.yunyu.anonymizer.masking;

import java.io.Serializable;

/**
 * Changes the values of an attribute one by one, without looking at other attributes or records. What is missing (empty,
 * or {@code NULL}) stays missing.
 *
 * <p>Serializable, so that it can be done where the records are; a pseudonym's key then goes there too.
 *
 * <p>No masking makes a release anonymous: equal values stay equal, so that records of one person remain linked.
 */
public sealed interface Masking extends Serializable
        permits Redaction, Replacement, DateTruncation, Rounding, TopBottomCoding, Pseudonyms {
    /** How the specification calls a missing value, beside the empty one. */
    String MISSING = "NULL";

    /**
     * The value released in place of {@code value}, which is not missing.
     *
     * @throws IllegalArgumentException if the value does not fit, such as text where a number is rounded
     */
    String masked(String value);

    /** The method with its parameters, for the report; no key. */
    String label();

    /** Whether the result still says what it is about, so that privacy models can be asked of it. */
    boolean keepsMeaning();

    /** Whether a value that names a person may be masked so. */
    boolean hidesIdentity();

    /** As {@link #masked}, leaving missing values alone. */
    default String of(String value) {
        return value.isEmpty() || value.equals(MISSING) ? value : masked(value);
    }
}
