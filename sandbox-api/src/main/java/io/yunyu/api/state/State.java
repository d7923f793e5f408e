package io.yunyu.api.state;

/** Every state of every machine; {@link Transitions} says which belong to which. */
public enum State {
    SUBMITTED,
    RUNNING,
    DONE,
    FAILED,
    REFUSED,
    CANCELLED,
    IN_REVIEW,
    APPROVED,
    DENIED,
    RELEASED,
    DRAFT,
    ACTIVE,
    REVOKED,
    EXPIRED
}
