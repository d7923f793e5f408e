package io.yunyu.anonymizer.data;

/** Input or specification that cannot be processed. The message names file, line and column, never a data value. */
public final class InputException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public InputException(String message) {
        super(message);
    }

    public InputException(String message, Throwable cause) {
        super(message, cause);
    }
}
