package io.yunyu.contract.identifier;

/** Why a text is not an identifier of the kind asked for. The first reason found is given, in the order below. */
public enum InvalidReason {
    /** Wrong length, or a character that the standard's alphabet does not have. */
    FORMAT,
    /** A first-generation resident number of 15 digits: stands in old holdings only and is refused in new collections. */
    FIRST_GENERATION,
    /** The area part names no province, or is not one of the codes reserved for the kind of document. */
    AREA,
    /** County part 99, which no county has: made-up test data in a place where only real identifiers may be. */
    SYNTHETIC_REGION,
    /** The birth date is no calendar day, lies before 1850 or lies in the future. */
    BIRTHDATE,
    /** The check character does not follow from the others. */
    CHECKSUM
}
