package io.yunyu.engine.aggregate;

/** A job that was to be differentially private failed before any noise was drawn: it costs no budget. */
public final class BeforeNoise extends RuntimeException {
    private static final long serialVersionUID = 1L;

    BeforeNoise(RuntimeException cause) {
        super("No noise was drawn.", cause);
    }
}
