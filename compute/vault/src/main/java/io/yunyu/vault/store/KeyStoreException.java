package io.yunyu.vault.store;

/** A key file cannot be read, written or opened. The message names the entry, and never what is in it. */
public final class KeyStoreException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    KeyStoreException(String message) {
        super(message);
    }
}
