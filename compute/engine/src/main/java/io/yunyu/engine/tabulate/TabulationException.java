package io.yunyu.engine.tabulate;

/** Input or specification that cannot be tabulated. The message names columns, lines and categories, never a record's value. */
final class TabulationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    TabulationException(String message) {
        super(message);
    }

    TabulationException(String message, Throwable cause) {
        super(message, cause);
    }
}
