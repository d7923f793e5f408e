package io.yunyu.vault.store;

/** The vault cannot start on this home directory. The message says why and what to do. */
public final class VaultStartException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final int exitCode;

    public VaultStartException(int exitCode, String message) {
        super(message);
        this.exitCode = exitCode;
    }

    /** 4: keys that cannot be used as they are; 6: the place is taken by another vault. */
    public int exitCode() {
        return exitCode;
    }
}
