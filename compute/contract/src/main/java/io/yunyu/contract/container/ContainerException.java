package io.yunyu.contract.container;

/** A container is cut off, changed or not in canonical form. */
public final class ContainerException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    public ContainerException(String message) {
        super(message);
    }
}
