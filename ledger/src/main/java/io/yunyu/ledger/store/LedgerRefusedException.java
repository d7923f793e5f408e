package io.yunyu.ledger.store;

/**
 * The ledger contradicts a checkpoint that was signed before: its database was rolled back, replaced or changed. The
 * installation must not go on with it; the message says what was found.
 */
public final class LedgerRefusedException extends LedgerException {
    private static final long serialVersionUID = 1L;

    public LedgerRefusedException(String message) {
        super(message);
    }
}
