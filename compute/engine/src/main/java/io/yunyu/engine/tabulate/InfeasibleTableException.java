package io.yunyu.engine.tabulate;

/** No noise meets the parameters of a perturbation table. */
final class InfeasibleTableException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InfeasibleTableException(String message) {
        super(message);
    }
}
