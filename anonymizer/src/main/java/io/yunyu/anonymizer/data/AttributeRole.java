package io.yunyu.anonymizer.data;

/** What an attribute reveals about the person behind a record, and hence what the release does to it. */
public enum AttributeRole {
    /** Names one person; released as {@code *}. */
    DIRECT_IDENTIFIER,
    /** Known to an attacker from elsewhere; generalized or suppressed. */
    QUASI_IDENTIFIER,
    /** What must not be learnt about a person; released as it is, under the models that protect it. */
    SENSITIVE,
    /** Released as it is. */
    INSENSITIVE
}
