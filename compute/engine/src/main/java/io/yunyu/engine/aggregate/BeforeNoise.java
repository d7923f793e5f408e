package io.yunyu.engine.aggregate;

import java.util.function.Supplier;

/** A job that was to be differentially private failed before any noise was drawn: it costs no budget. */
public final class BeforeNoise extends RuntimeException {
    private static final long serialVersionUID = 1L;

    /** Runs what comes before noise; a failure there is marked, and costs no budget. */
    public static <T> T during(Supplier<T> work) {
        try {
            return work.get();
        } catch (BeforeNoise e) {
            throw e;
        } catch (Exception e) {
            // Scala throws checked exceptions that no signature tells of.
            throw new BeforeNoise(e);
        }
    }

    private BeforeNoise(Exception cause) {
        super("No noise was drawn.", cause);
    }
}
