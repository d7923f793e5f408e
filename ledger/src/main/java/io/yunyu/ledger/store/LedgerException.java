package io.yunyu.ledger.store;

/** The ledger cannot be read or written, or its signer refuses. Nothing was handed out. */
public class LedgerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public LedgerException(String message) {
        super(message);
    }

    public LedgerException(String message, Throwable cause) {
        super(message, cause);
    }
}
