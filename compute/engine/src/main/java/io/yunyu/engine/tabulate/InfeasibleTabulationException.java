package io.yunyu.engine.tabulate;

/** The table cannot be protected as the specification demands. */
final class InfeasibleTabulationException extends RuntimeException {
    private static final long serialVersionUID = 1L;

    InfeasibleTabulationException(String message) {
        super(message);
    }
}
