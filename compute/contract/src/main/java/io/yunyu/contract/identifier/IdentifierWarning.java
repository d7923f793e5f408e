package io.yunyu.contract.identifier;

/** What is odd about an identifier that is nevertheless valid. */
public enum IdentifierWarning {
    /** Given with lower-case letters; the normalised form has upper-case ones. */
    LOWER_CASE,
    /** The organisation code inside fails GB 11714; codes issued before the standard do so legitimately. */
    ORGANISATION_CHECK,
    /** The first character stands for no registering department that we know of. */
    REGISTERING_DEPARTMENT,
    /** The kind of document has no check character: only length and alphabet were looked at. */
    FORMAT_ONLY
}
