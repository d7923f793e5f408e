package io.yunyu.engine.channel;

/** A key was refused, or a file asked for a key that this job may not have. Names datasets and columns, never keys. */
public final class KeyAccessDenied extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public KeyAccessDenied(String message) {
        super(message);
    }
}
