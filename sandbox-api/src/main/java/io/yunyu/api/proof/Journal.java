package io.yunyu.api.proof;

/** The way into the ledger. */
public interface Journal {
    /**
     * Appends an event for the act. Must be called inside the transaction of the act's effect.
     *
     * @return index of the event's leaf
     */
    long append(Act act);
}
