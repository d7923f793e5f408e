package io.yunyu.contract.job;

/** What a column says about a person (ISO/IEC 20889). */
public enum AttributeRole {
    DIRECT_IDENTIFIER,
    QUASI_IDENTIFIER,
    SENSITIVE,
    INSENSITIVE
}
