package io.yunyu.cli.generate;

/** Kinds of planted defects. */
public enum DirtKind {
    /** The check character of an identifier is wrong. */
    CHECK_DIGIT,
    /** A mandatory value is empty. */
    MISSING,
    /** The row repeats the one before it. */
    DUPLICATE,
    /** A name is spelled with a foreign middle dot or a full-width space. */
    NAME_VARIANT,
    /** The record was last updated before 2020; the others later than 2020. */
    STALE,
    /** The value contradicts the citizen identifier of its row. */
    CONFLICT,
    /** The value is formally valid, but no row of the table it refers to has it. */
    ORPHAN,
    /** The value lies outside the range that the rules allow. */
    OUT_OF_RANGE
}
