package io.yunyu.contract.json;

/** A document is not what its reader expects. The message names positions and members, never content. */
public final class JsonException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public JsonException(String message) {
        super(message);
    }
}
