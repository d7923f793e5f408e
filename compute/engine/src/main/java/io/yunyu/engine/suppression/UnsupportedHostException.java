package io.yunyu.engine.suppression;

/** This machine cannot run the solvers. */
public final class UnsupportedHostException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    UnsupportedHostException(String message) {
        super(message);
    }
}
