package io.yunyu.api.identity;

/** Sign-in is closed for a while for one person or address. */
public final class TooManyAttempts extends RuntimeException {
    private static final long serialVersionUID = 1L;

    private final long retryAfterSeconds;

    TooManyAttempts(long retryAfterSeconds) {
        super("Too many failed sign-ins. Try again in " + retryAfterSeconds + " seconds.");
        this.retryAfterSeconds = retryAfterSeconds;
    }

    public long retryAfterSeconds() {
        return retryAfterSeconds;
    }
}
